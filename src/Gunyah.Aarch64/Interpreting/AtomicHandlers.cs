using System.Runtime.CompilerServices;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>
/// Atomic operations on memory. All are done with full barriers, so acquire and release need nothing else.
/// </summary>
internal static unsafe class AtomicHandlers
{
    private const int PairSize = 16;

    /// <summary>LDADD and its like: <c>Rd</c> takes what was there, <c>Rm</c> is the operand.</summary>
    public static Instruction* Update<TDatum, TUpdate>(CoreState* state, Instruction* i)
        where TDatum : struct, IExchanged
        where TUpdate : struct, IUpdate
    {
        byte* host = SlowAccess.Aligned(state, i, state->X[i->Rn], TDatum.Size, isWrite: true);
        if (host == null)
            return null;
        ulong operand = state->X[i->Rm];
        ulong before = TDatum.From(host);
        while (true)
        {
            ulong seen = TDatum.CompareExchange(host, TUpdate.Of<TDatum>(before, operand), before);
            if (seen == before)
                break;
            before = seen;
        }

        state->X[i->Rd] = before;
        return i + 1;
    }

    /// <summary>SWP.</summary>
    public static Instruction* Swap<TDatum>(CoreState* state, Instruction* i)
        where TDatum : struct, IExchanged
    {
        byte* host = SlowAccess.Aligned(state, i, state->X[i->Rn], TDatum.Size, isWrite: true);
        if (host == null)
            return null;
        state->X[i->Rd] = TDatum.Exchange(host, state->X[i->Rm]);
        return i + 1;
    }

    /// <summary>CAS: <c>Rm</c> is what is expected and <c>Ra</c> takes what was there, <c>Rd</c> is what is stored.</summary>
    public static Instruction* CompareAndSwap<TDatum>(CoreState* state, Instruction* i)
        where TDatum : struct, IExchanged
    {
        byte* host = SlowAccess.Aligned(state, i, state->X[i->Rn], TDatum.Size, isWrite: true);
        if (host == null)
            return null;
        state->X[i->Ra] = TDatum.CompareExchange(host, state->X[i->Rd], state->X[i->Rm]);
        return i + 1;
    }

    /// <summary>
    /// CASP of two words: <c>Rm</c> and the register behind it are what is expected and take what was there, the latter as
    /// <c>Ra</c>; <c>Rd</c> and the one behind it are stored.
    /// </summary>
    public static Instruction* CompareAndSwapWords(CoreState* state, Instruction* i)
    {
        byte* host = SlowAccess.Aligned(state, i, state->X[i->Rn], sizeof(ulong), isWrite: true);
        if (host == null)
            return null;
        ulong expected = state->X[i->Rm + 1] << 32 | (uint)state->X[i->Rm];
        ulong value = state->X[i->Rd + 1] << 32 | (uint)state->X[i->Rd];
        ulong before = Interlocked.CompareExchange(ref *(ulong*)host, value, expected);
        state->X[i->Rm] = (uint)before;
        state->X[i->Ra] = before >> 32;
        return i + 1;
    }

    /// <summary>CASP of two doublewords.</summary>
    public static Instruction* CompareAndSwapDoublewords(CoreState* state, Instruction* i)
    {
        byte* host = SlowAccess.Aligned(state, i, state->X[i->Rn], PairSize, isWrite: true);
        if (host == null)
            return null;
        (ulong Low, ulong High) expected = (state->X[i->Rm], state->X[i->Rm + 1]);
        Core.Of(state).Cluster.CompareExchangePair((ulong*)host, ref expected, state->X[i->Rd], state->X[i->Rd + 1]);
        state->X[i->Rm] = expected.Low;
        state->X[i->Ra] = expected.High;
        return i + 1;
    }
}

/// <summary>What an atomic operation makes of what is in memory.</summary>
internal interface IUpdate
{
    /// <summary>The new value.</summary>
    /// <param name="before">What is there; nothing above the datum.</param>
    /// <param name="operand">A whole register.</param>
    static abstract ulong Of<TDatum>(ulong before, ulong operand)
        where TDatum : struct, IExchanged;
}

internal struct LdAdd : IUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of<TDatum>(ulong before, ulong operand)
        where TDatum : struct, IExchanged => before + operand;
}

internal struct LdClr : IUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of<TDatum>(ulong before, ulong operand)
        where TDatum : struct, IExchanged => before & ~operand;
}

internal struct LdEor : IUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of<TDatum>(ulong before, ulong operand)
        where TDatum : struct, IExchanged => before ^ operand;
}

internal struct LdSet : IUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of<TDatum>(ulong before, ulong operand)
        where TDatum : struct, IExchanged => before | operand;
}

internal struct LdSmax : IUpdate
{
    public static ulong Of<TDatum>(ulong before, ulong operand)
        where TDatum : struct, IExchanged => TDatum.Signed(before) >= TDatum.Signed(operand) ? before : operand;
}

internal struct LdSmin : IUpdate
{
    public static ulong Of<TDatum>(ulong before, ulong operand)
        where TDatum : struct, IExchanged => TDatum.Signed(before) <= TDatum.Signed(operand) ? before : operand;
}

internal struct LdUmax : IUpdate
{
    public static ulong Of<TDatum>(ulong before, ulong operand)
        where TDatum : struct, IExchanged => before >= TDatum.Cut(operand) ? before : operand;
}

internal struct LdUmin : IUpdate
{
    public static ulong Of<TDatum>(ulong before, ulong operand)
        where TDatum : struct, IExchanged => before <= TDatum.Cut(operand) ? before : operand;
}
