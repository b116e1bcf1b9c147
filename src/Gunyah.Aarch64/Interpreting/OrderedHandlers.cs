using Gunyah.Aarch64.Exceptions;
using Gunyah.Aarch64.Memory;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>
/// LDAR and STLR. A load that acquires must not pass a store that releases before it, so such a store ends with a full barrier.
/// </summary>
internal static unsafe class OrderedHandlers
{
    public static Instruction* LoadAcquire<TDatum>(CoreState* state, Instruction* i)
        where TDatum : struct, IExchanged
    {
        ulong address = state->X[i->Rn];
        if ((address & (ulong)(TDatum.Size - 1)) != 0)
            return Misaligned(state, i, address, isWrite: false);
        byte* host = Tlb.Read(state, address, TDatum.Size);
        ulong value = 0;
        if (host != null)
            value = TDatum.From(host);
        else if (!SlowAccess.Read(state, i, address, &value, TDatum.Size))
            return null;
        Volatile.ReadBarrier();
        state->X[i->Rd] = TDatum.Cut(value);
        return i + 1;
    }

    public static Instruction* StoreRelease<TDatum>(CoreState* state, Instruction* i)
        where TDatum : struct, IExchanged
    {
        ulong address = state->X[i->Rn];
        if ((address & (ulong)(TDatum.Size - 1)) != 0)
            return Misaligned(state, i, address, isWrite: true);
        byte* host = Tlb.Write(state, address, TDatum.Size);
        if (host != null)
        {
            TDatum.Exchange(host, state->X[i->Rd]);
            return i + 1;
        }

        ulong value = state->X[i->Rd];
        Thread.MemoryBarrier();
        if (!SlowAccess.Write(state, i, address, &value, TDatum.Size))
            return null;
        Thread.MemoryBarrier();
        return i + 1;
    }

    private static Instruction* Misaligned(CoreState* state, Instruction* i, ulong address, bool isWrite)
    {
        SlowAccess.Abort(state, i, address, Syndrome.Alignment, isWrite);
        return null;
    }
}
