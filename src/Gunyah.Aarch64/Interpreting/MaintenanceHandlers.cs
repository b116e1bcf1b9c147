using System.Runtime.InteropServices;
using Gunyah.Aarch64.Exceptions;
using Gunyah.Aarch64.Memory;
using Gunyah.Aarch64.State;
using Gunyah.Abi.Memory;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Caches, TLBs and translations by instruction. <c>Rn</c> is the slot of the operand.</summary>
internal static unsafe class MaintenanceHandlers
{
    private const ulong UserMaintains = 1ul << 26;
    private const ulong UserZeroes = 1ul << 14;
    private const int AsidShift = 48;
    private const ulong AddressField = (1ul << 44) - 1;

    /// <summary>DC ZVA.</summary>
    public static Instruction* Zero(CoreState* state, Instruction* i)
    {
        if (state->El == 0 && (CoreState.Sys(state, Register.Sctlr) & UserZeroes) == 0)
            return SystemHandlers.Trap(state, i, Syndrome.SystemTrap(i->Word));
        ulong address = state->X[i->Rn];
        ulong first = address & ~(ulong)(IdentificationRegisters.ZeroedBlock - 1);
        byte* host = Tlb.Write(state, first, 1);
        if (host == null)
        {
            if (DebugHandlers.StopsAccess(state, i, first, IdentificationRegisters.ZeroedBlock, isWrite: true))
                return null;
            Found found = Core.Of(state).Mmu.Find(first, MemoryAccess.Write, asUser: false);
            if (found.Outcome != Outcome.Memory)
            {
                SlowAccess.Abort(state, i, address, SlowAccess.StatusOf(found), isWrite: true);
                return null;
            }

            host = (byte*)found.Host;
        }

        NativeMemory.Clear(host, IdentificationRegisters.ZeroedBlock);
        return i + 1;
    }

    /// <summary>Data cache maintenance by address: memory is always coherent, so only the translation counts.</summary>
    public static Instruction* MaintainData(CoreState* state, Instruction* i)
    {
        if (state->El == 0 && (CoreState.Sys(state, Register.Sctlr) & UserMaintains) == 0)
            return SystemHandlers.Trap(state, i, Syndrome.SystemTrap(i->Word));
        return Probe(state, i, out _);
    }

    /// <summary>Data cache maintenance by set and way: there is nothing to maintain.</summary>
    public static Instruction* MaintainSets(CoreState* state, Instruction* i) =>
        state->El == 0 ? SystemHandlers.Undefined(state, i) : i + 1;

    /// <summary>IC IVAU.</summary>
    public static Instruction* InvalidateCode(CoreState* state, Instruction* i)
    {
        if (state->El == 0 && (CoreState.Sys(state, Register.Sctlr) & UserMaintains) == 0)
            return SystemHandlers.Trap(state, i, Syndrome.SystemTrap(i->Word));
        Instruction* next = Probe(state, i, out ulong intermediate);
        if (next != null)
            Core.Of(state).Cluster.Generations.Invalidate(intermediate);
        return next;
    }

    /// <summary>IC IALLU and IC IALLUIS.</summary>
    public static Instruction* InvalidateAllCode(CoreState* state, Instruction* i)
    {
        if (state->El == 0)
            return SystemHandlers.Undefined(state, i);
        Core.Of(state).Cluster.Generations.InvalidateAll();
        return i + 1;
    }

    /// <summary>TLBI by address; <c>Extra</c> is 1 for all cores.</summary>
    public static Instruction* InvalidateAddress(CoreState* state, Instruction* i)
    {
        if (state->El == 0)
            return SystemHandlers.Undefined(state, i);
        // Bits 43 to 0 of the operand are the address from bit 12 up, so bit 43 is the sign.
        ulong address = (ulong)((long)((state->X[i->Rn] & AddressField) << 20) >> 8);
        Core core = Core.Of(state);
        core.Mmu.InvalidateAddress(address);
        if (i->Extra != 0)
            core.Cluster.Post(core, new(InvalidationKind.Address, address));
        return AfterInvalidation(state, i);
    }

    /// <summary>TLBI by ASID; <c>Extra</c> is 1 for all cores.</summary>
    public static Instruction* InvalidateAsid(CoreState* state, Instruction* i)
    {
        if (state->El == 0)
            return SystemHandlers.Undefined(state, i);
        Core core = Core.Of(state);
        ulong asid = state->X[i->Rn] >> AsidShift;
        core.Mmu.InvalidateAsid(asid);
        if (i->Extra != 0)
            core.Cluster.Post(core, new(InvalidationKind.Asid, asid));
        return AfterInvalidation(state, i);
    }

    /// <summary>TLBI of everything; <c>Extra</c> is 1 for all cores.</summary>
    public static Instruction* InvalidateAll(CoreState* state, Instruction* i)
    {
        if (state->El == 0)
            return SystemHandlers.Undefined(state, i);
        Core core = Core.Of(state);
        core.Mmu.InvalidateAll();
        if (i->Extra != 0)
            core.Cluster.Post(core, new(InvalidationKind.All, 0));
        return AfterInvalidation(state, i);
    }

    /// <summary>AT S1E0R, S1E0W, S1E1R and S1E1W: <c>Ra</c> is 1 for EL0, <c>Extra</c> 1 for a write.</summary>
    public static Instruction* Translate(CoreState* state, Instruction* i)
    {
        if (state->El == 0)
            return SystemHandlers.Undefined(state, i);
        Walk walk = Core.Of(state).Mmu.Translate(state->X[i->Rn]);
        View view = i->Ra != 0 ? View.User : View.KernelWithUser;
        MemoryAccess access = i->Extra != 0 ? MemoryAccess.Write : MemoryAccess.Read;
        if (walk.Fault == StageOneFault.None && !Mmu.Allows(walk, access, view))
            walk = walk with { Fault = StageOneFault.Permission };
        CoreState.Sys(state, Register.Par) = walk.Fault == StageOneFault.None
            ? walk.Address & 0x0000_FFFF_FFFF_F000 | (ulong)walk.Attributes << 56 | 1 << 11
            : 1ul | (ulong)Syndrome.Status(walk.Fault, walk.Level) << 1 | 1 << 11;
        return i + 1;
    }

    /// <summary>What is fetched next may have been forgotten just now.</summary>
    private static Instruction* AfterInvalidation(CoreState* state, Instruction* i) =>
        BlockHandlers.Leave(state, i->Address(state) + 4, StopReason.Continue);

    /// <summary>An address that maintenance names must be readable.</summary>
    private static Instruction* Probe(CoreState* state, Instruction* i, out ulong intermediate)
    {
        ulong address = state->X[i->Rn];
        Core core = Core.Of(state);
        Walk walk = core.Mmu.Translate(address);
        View view = state->El == 0 ? View.User : View.KernelWithUser;
        if (walk.Fault == StageOneFault.None && !Mmu.Allows(walk, MemoryAccess.Read, view))
            walk = walk with { Fault = StageOneFault.Permission };
        intermediate = walk.Address;
        if (walk.Fault == StageOneFault.None)
            return i + 1;
        SlowAccess.Abort(state, i, address, Syndrome.Status(walk.Fault, walk.Level), isWrite: true, isMaintenance: true);
        return null;
    }
}
