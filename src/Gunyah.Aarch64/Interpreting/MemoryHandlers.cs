using System.Runtime.CompilerServices;
using Gunyah.Aarch64.Exceptions;
using Gunyah.Aarch64.Memory;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>
/// Loads and stores of one general register: a hit in the TLB inline, everything else by <see cref="SlowAccess"/>. Registers
/// change once the access has succeeded: first the one that is loaded, then the base.
/// </summary>
internal static unsafe class MemoryHandlers
{
    private const ulong KernelChecksStack = 1ul << 3;
    private const ulong UserChecksStack = 1ul << 4;

    public static Instruction* Load<TLoaded, TAddressing>(CoreState* state, Instruction* i)
        where TLoaded : struct, ILoaded
        where TAddressing : struct, IAddressing
    {
        ulong address = TAddressing.Of(state, i);
        byte* host = Tlb.Read(state, address, TLoaded.Size);
        if (host == null)
            return LoadSlowly<TLoaded, TAddressing>(state, i, address, AccessKind.General);
        state->X[i->Rd] = TLoaded.From(host);
        TAddressing.WriteBack(state, i, address);
        return i + 1;
    }

    public static Instruction* Store<TStored, TAddressing>(CoreState* state, Instruction* i)
        where TStored : struct, IStored
        where TAddressing : struct, IAddressing
    {
        ulong address = TAddressing.Of(state, i);
        byte* host = Tlb.Write(state, address, TStored.Size);
        if (host == null)
            return StoreSlowly<TStored, TAddressing>(state, i, address, AccessKind.General);
        TStored.To(host, state->X[i->Rd]);
        TAddressing.WriteBack(state, i, address);
        return i + 1;
    }

    /// <summary>LDTR and its like.</summary>
    public static Instruction* LoadAsUser<TLoaded>(CoreState* state, Instruction* i)
        where TLoaded : struct, ILoaded
    {
        ulong address = BaseOffset.Of(state, i);
        byte* host = Tlb.ReadAsUser(state, address, TLoaded.Size);
        if (host == null)
            return LoadSlowly<TLoaded, BaseOffset>(state, i, address, AccessKind.Unprivileged);
        state->X[i->Rd] = TLoaded.From(host);
        return i + 1;
    }

    /// <summary>STTR and its like.</summary>
    public static Instruction* StoreAsUser<TStored>(CoreState* state, Instruction* i)
        where TStored : struct, IStored
    {
        ulong address = BaseOffset.Of(state, i);
        byte* host = Tlb.WriteAsUser(state, address, TStored.Size);
        if (host == null)
            return StoreSlowly<TStored, BaseOffset>(state, i, address, AccessKind.Unprivileged);
        TStored.To(host, state->X[i->Rd]);
        return i + 1;
    }

    /// <summary>Before an access whose base is SP: it must be a multiple of 16 where SCTLR_EL1.SA or SA0 says so.</summary>
    public static Instruction* CheckStack(CoreState* state, Instruction* i)
    {
        if ((state->X[Slot.Sp] & 15) == 0)
            return i + 1;
        ulong checks = state->El == 0 ? UserChecksStack : KernelChecksStack;
        return (CoreState.Sys(state, Register.Sctlr) & checks) == 0
            ? i + 1
            : SystemHandlers.Trap(state, i, Syndrome.SpAlignment);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Instruction* LoadSlowly<TLoaded, TAddressing>(
        CoreState* state, Instruction* i, ulong address, AccessKind kind)
        where TLoaded : struct, ILoaded
        where TAddressing : struct, IAddressing
    {
        ulong value = 0;
        if (!SlowAccess.Read(state, i, address, &value, TLoaded.Size, kind))
            return null;
        state->X[i->Rd] = TLoaded.From((byte*)&value);
        TAddressing.WriteBack(state, i, address);
        return i + 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Instruction* StoreSlowly<TStored, TAddressing>(
        CoreState* state, Instruction* i, ulong address, AccessKind kind)
        where TStored : struct, IStored
        where TAddressing : struct, IAddressing
    {
        ulong value = state->X[i->Rd];
        if (!SlowAccess.Write(state, i, address, &value, TStored.Size, kind))
            return null;
        TAddressing.WriteBack(state, i, address);
        return i + 1;
    }
}
