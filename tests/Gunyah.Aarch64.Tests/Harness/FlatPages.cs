using System.Runtime.InteropServices;
using Gunyah.Abi;
using Gunyah.Abi.Memory;

namespace Gunyah.Aarch64.Tests.Harness;

/// <summary>Guest RAM in one piece at one address, with nothing else around it.</summary>
internal sealed unsafe class FlatPages : IGuestPages, IDisposable
{
    /// <summary>Bytes on either side of the memory that nobody may touch.</summary>
    private const int FenceSize = 0x1_0000;

    private const byte Fence = 0xA5;

    private readonly List<nint> _kept = [];
    private nint _host;
    private readonly ulong _base;
    private readonly ulong _size;
    private ulong _generation = 1;

    public FlatPages(ulong start, ulong size)
    {
        (_base, _size) = (start, size);
        _host = Allocate();
    }

    /// <summary>Called at each safe point, before it answers.</summary>
    public Action? OnPoll { get; set; }

    /// <summary>True while nothing beside the memory was written.</summary>
    public bool IsFenceIntact =>
        !new ReadOnlySpan<byte>((void*)(_host - FenceSize), FenceSize).ContainsAnyExcept(Fence)
        && !new ReadOnlySpan<byte>((void*)(_host + (nint)_size), FenceSize).ContainsAnyExcept(Fence);

    /// <inheritdoc/>
    public ref readonly ulong Generation => ref _generation;

    /// <summary>The memory from an address on.</summary>
    public Span<byte> At(ulong address) => new((void*)(_host + (nint)(address - _base)), (int)(_base + _size - address));

    /// <inheritdoc/>
    public ulong Enter() => _generation;

    /// <inheritdoc/>
    public ulong Poll()
    {
        OnPoll?.Invoke();
        return _generation;
    }

    /// <summary>Takes the memory away and gives other memory in its place, of zeros.</summary>
    public void Replace()
    {
        _host = Allocate();
        _generation++;
    }

    /// <inheritdoc/>
    public void Leave()
    {
    }

    /// <inheritdoc/>
    public GunyahError Find(ulong address, MemoryAccess access, bool isUser, out HostPage page)
    {
        page = default;
        if (address - _base >= _size)
            return GunyahError.AddressInvalid;
        page = new(_host + (nint)((address - _base) & ~0xFFFul), MapAttributes.NormalMemory(MemoryAccess.All));
        return GunyahError.Ok;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (nint each in _kept)
            NativeMemory.AlignedFree((void*)each);
    }

    private nint Allocate()
    {
        nint whole = (nint)NativeMemory.AlignedAlloc((nuint)_size + 2 * FenceSize, 4096);
        NativeMemory.Fill((void*)whole, (nuint)_size + 2 * FenceSize, Fence);
        NativeMemory.Clear((void*)(whole + FenceSize), (nuint)_size);
        _kept.Add(whole);
        return whole + FenceSize;
    }
}
