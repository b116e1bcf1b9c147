using Gunyah.Aarch64.Interpreting;
using Gunyah.Aarch64.State;
using Gunyah.Aarch64.Tests.Harness;

namespace Gunyah.Aarch64.Tests.Oracles;

/// <summary>Our core behind the same face as a peer.</summary>
internal sealed unsafe class OurCore : IDisposable
{
    private readonly BareCore _core;

    /// <param name="compiler">Who compiles its code; null for nobody.</param>
    public OurCore(ICodeCompiler? compiler = null)
    {
        _core = new(compiler);
        CoreState.Sys(_core.State, Register.Cpacr) = 3ul << 20;
        _core.State->TrapsFloatingPoint = false;
    }

    /// <summary>RAM from <see cref="BareCore.RamBase"/> on.</summary>
    public Span<byte> Memory => _core.Pages.At(BareCore.RamBase);

    /// <summary>Runs so many instructions from the program counter on.</summary>
    /// <param name="registers">The registers before, and after.</param>
    /// <param name="count">How many.</param>
    /// <param name="isNew">True if the code there may not be what it was.</param>
    /// <returns>False where one of them took an exception.</returns>
    public bool Run(ref RegisterFile registers, int count, bool isNew = true)
    {
        CoreState* state = _core.State;
        if (isNew)
        {
            _core.Core.Cluster.Generations.Invalidate(registers.Pc);
            _core.Core.SynchronizeCode();
        }

        for (int i = 0; i < 31; i++)
            state->X[i] = registers.X[i];
        state->X[Slot.Sp] = registers.X[31];
        for (int i = 0; i < 64; i++)
            state->Vector[i] = registers.V[i];
        state->Pc = registers.Pc;
        state->Nzcv = registers.Nzcv;
        state->Fpcr = registers.Fpcr;
        state->Fpsr = registers.Fpsr;
        ulong end = registers.Pc + (ulong)(count * 4);
        _core.Run(count);
        for (int i = 0; i < 31; i++)
            registers.X[i] = state->X[i];
        registers.X[31] = state->X[Slot.Sp];
        for (int i = 0; i < 64; i++)
            registers.V[i] = state->Vector[i];
        registers.Pc = state->Pc;
        registers.Nzcv = state->Nzcv;
        registers.Fpcr = state->Fpcr;
        registers.Fpsr = state->Fpsr;
        return state->Pc == end;
    }

    /// <inheritdoc/>
    public void Dispose() => _core.Dispose();
}
