using System.Runtime.InteropServices;
using Gunyah.Aarch64.Interpreting;

namespace Gunyah.Aarch64.Compiling;

/// <summary>A region as code of the host, and the memory that the code names by address.</summary>
internal sealed unsafe class CompiledRegion : ICompiledCode
{
    private const int ChunkSize = 2048;

    private readonly List<nint> _chunks = [];
    private int _used = ChunkSize;
    private Delegate? _code;

    /// <summary>Makes the memory; the code comes later.</summary>
    public CompiledRegion(RegionPlan plan)
    {
        Page = plan.Page;
        Generation = plan.Generation;
        Entries = [.. plan.Entries.Select(static entry => entry.Start)];
    }

    /// <inheritdoc/>
    public CodePage Page { get; }

    /// <inheritdoc/>
    public uint Generation { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> Entries { get; }

    /// <inheritdoc/>
    public Handler Code { get; private set; }

    /// <summary>Sets the code: what keeps it, and where it begins.</summary>
    public void Complete(Delegate code, Handler pointer)
    {
        _code = code;
        Code = pointer;
    }

    /// <summary>Memory that lives as long as the code.</summary>
    public T* Allocate<T>(int count = 1)
        where T : unmanaged
    {
        int size = sizeof(T) * count + 7 & ~7;
        if (_used + size > ChunkSize)
        {
            _chunks.Add((nint)NativeMemory.AlignedAlloc((nuint)Math.Max(size, ChunkSize), 64));
            _used = 0;
        }

        nint at = _chunks[^1] + _used;
        _used += size;
        return (T*)at;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    /// <summary>One that was finished after its core had gone.</summary>
    ~CompiledRegion() => Release();

    private void Release()
    {
        foreach (nint chunk in _chunks)
            NativeMemory.AlignedFree((void*)chunk);
        _chunks.Clear();
        _code = null;
    }
}
