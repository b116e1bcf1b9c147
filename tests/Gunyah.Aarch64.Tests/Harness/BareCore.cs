using System.Buffers.Binary;
using Gunyah.Aarch64.Interpreting;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Tests.Harness;

/// <summary>A core with flat RAM and nothing around it: for what instructions do.</summary>
internal sealed unsafe class BareCore : IDisposable
{
    /// <summary>Where RAM begins, and code is put.</summary>
    public const ulong RamBase = 0x4000_0000;

    /// <summary>How much there is.</summary>
    public const ulong RamSize = 1 << 20;

    private readonly Core _core;

    /// <param name="compiler">Who compiles its code; null for nobody.</param>
    public BareCore(ICodeCompiler? compiler = null)
    {
        _core = new(new() { Compiler = compiler });
        _core.Mmu.StageTwo.Pages = Pages;
        State->Pc = RamBase;
    }

    public FlatPages Pages { get; } = new(RamBase, RamSize);

    public CoreState* State => _core.State;

    public Core Core => _core;

    /// <summary>A general register.</summary>
    public ref ulong X(int number) => ref State->X[number];

    /// <summary>Puts code at the program counter.</summary>
    public void Load(params ReadOnlySpan<uint> words)
    {
        for (int i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(Pages.At(State->Pc + (ulong)(i * 4)), words[i]);
    }

    /// <summary>Runs so many instructions.</summary>
    public StopReason Run(long instructions) => _core.Run(instructions);

    /// <inheritdoc/>
    public void Dispose()
    {
        _core.Dispose();
        Pages.Dispose();
    }
}
