using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>
/// Exclusive loads and stores. The monitor remembers what was read and where; a store succeeds if memory still holds that. The
/// store's status goes to <c>Rm</c>: 0 if it has succeeded.
/// </summary>
internal static unsafe class ExclusiveHandlers
{
    private const int PairSize = 16;

    public static Instruction* Load<TDatum>(CoreState* state, Instruction* i)
        where TDatum : struct, IExchanged
    {
        byte* host = SlowAccess.Aligned(state, i, state->X[i->Rn], TDatum.Size, isWrite: false);
        if (host == null)
            return null;
        ulong value = TDatum.From(host);
        Volatile.ReadBarrier();
        Arm(state, host, TDatum.Size, value, 0);
        state->X[i->Rd] = value;
        return i + 1;
    }

    public static Instruction* Store<TDatum>(CoreState* state, Instruction* i)
        where TDatum : struct, IExchanged
    {
        byte* host = SlowAccess.Aligned(state, i, state->X[i->Rn], TDatum.Size, isWrite: true);
        if (host == null)
            return null;
        bool succeeds = IsArmed(state, host, TDatum.Size)
            && TDatum.CompareExchange(host, state->X[i->Rd], state->ExclusiveLow) == state->ExclusiveLow;
        return Finish(state, i, succeeds);
    }

    /// <summary>
    /// LDXP of two words: <c>Rd</c> and <c>Ra</c>. Of a register that is loaded twice the second value counts, as QEMU has it.
    /// </summary>
    public static Instruction* LoadWords(CoreState* state, Instruction* i)
    {
        byte* host = SlowAccess.Aligned(state, i, state->X[i->Rn], sizeof(ulong), isWrite: false);
        if (host == null)
            return null;
        ulong value = Volatile.Read(ref *(ulong*)host);
        Arm(state, host, sizeof(ulong), value, 0);
        state->X[i->Rd] = (uint)value;
        state->X[i->Ra] = value >> 32;
        return i + 1;
    }

    /// <summary>STXP of two words.</summary>
    public static Instruction* StoreWords(CoreState* state, Instruction* i)
    {
        byte* host = SlowAccess.Aligned(state, i, state->X[i->Rn], sizeof(ulong), isWrite: true);
        if (host == null)
            return null;
        ulong value = state->X[i->Ra] << 32 | (uint)state->X[i->Rd];
        ulong expected = state->ExclusiveLow;
        bool succeeds = IsArmed(state, host, sizeof(ulong))
            && Interlocked.CompareExchange(ref *(ulong*)host, value, expected) == expected;
        return Finish(state, i, succeeds);
    }

    /// <summary>LDXP of two doublewords. That both are of one moment is what STXP finds out.</summary>
    public static Instruction* LoadDoublewords(CoreState* state, Instruction* i)
    {
        var host = (ulong*)SlowAccess.Aligned(state, i, state->X[i->Rn], PairSize, isWrite: false);
        if (host == null)
            return null;
        ulong low = Volatile.Read(ref host[0]);
        ulong high = Volatile.Read(ref host[1]);
        Arm(state, (byte*)host, PairSize, low, high);
        state->X[i->Rd] = low;
        state->X[i->Ra] = high;
        return i + 1;
    }

    /// <summary>STXP of two doublewords.</summary>
    public static Instruction* StoreDoublewords(CoreState* state, Instruction* i)
    {
        byte* host = SlowAccess.Aligned(state, i, state->X[i->Rn], PairSize, isWrite: true);
        if (host == null)
            return null;
        (ulong Low, ulong High) expected = (state->ExclusiveLow, state->ExclusiveHigh);
        bool succeeds = IsArmed(state, host, PairSize)
            && Core.Of(state).Cluster.CompareExchangePair((ulong*)host, ref expected, state->X[i->Rd], state->X[i->Ra]);
        return Finish(state, i, succeeds);
    }

    private static void Arm(CoreState* state, byte* host, int size, ulong low, ulong high)
    {
        state->IsExclusive = true;
        state->ExclusiveSize = size;
        state->ExclusiveHost = (nint)host;
        state->ExclusiveLow = low;
        state->ExclusiveHigh = high;
    }

    private static bool IsArmed(CoreState* state, byte* host, int size) =>
        state->IsExclusive && state->ExclusiveHost == (nint)host && state->ExclusiveSize == size;

    private static Instruction* Finish(CoreState* state, Instruction* i, bool succeeds)
    {
        state->IsExclusive = false;
        state->X[i->Rm] = succeeds ? 0u : 1u;
        return i + 1;
    }
}
