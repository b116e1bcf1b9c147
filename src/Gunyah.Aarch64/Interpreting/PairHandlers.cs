using System.Runtime.CompilerServices;
using Gunyah.Aarch64.Memory;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>
/// Loads and stores of two general registers, <c>Rd</c> and <c>Ra</c>. Neither has changed, nor has memory, where one of the two
/// accesses faults. Of a register that is loaded twice the first value counts, as QEMU has it.
/// </summary>
internal static unsafe class PairHandlers
{
    public static Instruction* Load<TLoaded, TAddressing>(CoreState* state, Instruction* i)
        where TLoaded : struct, ILoaded
        where TAddressing : struct, IAddressing
    {
        ulong address = TAddressing.Of(state, i);
        byte* host = Tlb.Read(state, address, TLoaded.Size * 2);
        if (host == null)
            return LoadSlowly<TLoaded, TAddressing>(state, i, address);
        ulong first = TLoaded.From(host);
        state->X[i->Ra] = TLoaded.From(host + TLoaded.Size);
        state->X[i->Rd] = first;
        TAddressing.WriteBack(state, i, address);
        return i + 1;
    }

    public static Instruction* Store<TStored, TAddressing>(CoreState* state, Instruction* i)
        where TStored : struct, IStored
        where TAddressing : struct, IAddressing
    {
        ulong address = TAddressing.Of(state, i);
        byte* host = Tlb.Write(state, address, TStored.Size * 2);
        if (host == null)
            return StoreSlowly<TStored, TAddressing>(state, i, address);
        TStored.To(host, state->X[i->Rd]);
        TStored.To(host + TStored.Size, state->X[i->Ra]);
        TAddressing.WriteBack(state, i, address);
        return i + 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Instruction* LoadSlowly<TLoaded, TAddressing>(CoreState* state, Instruction* i, ulong address)
        where TLoaded : struct, ILoaded
        where TAddressing : struct, IAddressing
    {
        ulong* values = stackalloc ulong[2];
        if (!SlowAccess.Read(state, i, address, values, TLoaded.Size * 2, AccessKind.Undescribed, TLoaded.Size))
            return null;
        state->X[i->Ra] = TLoaded.From((byte*)values + TLoaded.Size);
        state->X[i->Rd] = TLoaded.From((byte*)values);
        TAddressing.WriteBack(state, i, address);
        return i + 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Instruction* StoreSlowly<TStored, TAddressing>(CoreState* state, Instruction* i, ulong address)
        where TStored : struct, IStored
        where TAddressing : struct, IAddressing
    {
        ulong* values = stackalloc ulong[2];
        TStored.To((byte*)values, state->X[i->Rd]);
        TStored.To((byte*)values + TStored.Size, state->X[i->Ra]);
        if (!SlowAccess.Write(state, i, address, values, TStored.Size * 2, AccessKind.Undescribed, TStored.Size))
            return null;
        TAddressing.WriteBack(state, i, address);
        return i + 1;
    }
}
