using Gunyah.Aarch64.Exceptions;
using Gunyah.Aarch64.Memory;
using Gunyah.Aarch64.State;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>
/// Accesses that the TLB does not answer: walks, page crossings, faults, devices. One that answers false has taken the
/// exception, or
/// stopped the core for a device; the instruction has had no effect then and runs again with the device's answer.
/// </summary>
internal static unsafe class SlowAccess
{
    /// <summary>The widest access to a device.</summary>
    private const int DeviceWidth = 8;

    /// <summary>Reads.</summary>
    /// <param name="state">The core.</param>
    /// <param name="i">The instruction.</param>
    /// <param name="address">The virtual address.</param>
    /// <param name="to">Takes the bytes.</param>
    /// <param name="size">How many, at most a page.</param>
    /// <param name="kind">What kind of instruction it is.</param>
    /// <param name="element">
    /// What the address must be a multiple of where SCTLR_EL1.A says so: the size of an element; 0 where it is one.
    /// </param>
    public static bool Read(
        CoreState* state, Instruction* i, ulong address, void* to, int size, AccessKind kind = AccessKind.General,
        int element = 0)
    {
        if (!IsAligned(state, i, address, element == 0 ? size : element, isWrite: false)
            || DebugHandlers.StopsAccess(state, i, address, size, isWrite: false))
        {
            return false;
        }

        int first = (int)Math.Min((ulong)size, Tlb.PageSize - (address & (Tlb.PageSize - 1)));
        if (!Find(state, i, address, first, MemoryAccess.Read, kind, size, null, out nint low))
            return false;
        if (low == 0)
        {
            *(ulong*)to = TakeReply(state);
            return true;
        }

        if (first == size)
        {
            Buffer.MemoryCopy((void*)low, to, size, size);
            return true;
        }

        if (!Find(state, i, address + (ulong)first, size - first, MemoryAccess.Read, kind, size, null, out nint high))
            return false;
        Buffer.MemoryCopy((void*)low, to, first, first);
        Buffer.MemoryCopy((void*)high, (byte*)to + first, size - first, size - first);
        return true;
    }

    /// <summary>Writes.</summary>
    /// <param name="state">The core.</param>
    /// <param name="i">The instruction.</param>
    /// <param name="address">The virtual address.</param>
    /// <param name="from">Has the bytes.</param>
    /// <param name="size">How many, at most a page.</param>
    /// <param name="kind">What kind of instruction it is.</param>
    /// <param name="element">
    /// What the address must be a multiple of where SCTLR_EL1.A says so: the size of an element; 0 where it is one.
    /// </param>
    public static bool Write(
        CoreState* state, Instruction* i, ulong address, void* from, int size, AccessKind kind = AccessKind.General,
        int element = 0)
    {
        if (!IsAligned(state, i, address, element == 0 ? size : element, isWrite: true)
            || DebugHandlers.StopsAccess(state, i, address, size, isWrite: true))
        {
            return false;
        }

        int first = (int)Math.Min((ulong)size, Tlb.PageSize - (address & (Tlb.PageSize - 1)));
        if (!Find(state, i, address, first, MemoryAccess.Write, kind, size, from, out nint low))
            return false;
        if (low == 0)
        {
            TakeReply(state);
            return true;
        }

        // Both pages are there before anything is written.
        nint high = 0;
        if (first != size
            && !Find(state, i, address + (ulong)first, size - first, MemoryAccess.Write, kind, size, from, out high))
        {
            return false;
        }

        Buffer.MemoryCopy(from, (void*)low, first, first);
        if (first != size)
            Buffer.MemoryCopy((byte*)from + first, (void*)high, size - first, size - first);
        return true;
    }

    /// <summary>
    /// Finds the host address of an access that must be one: an atomic one, or one that spans no pages.
    /// </summary>
    /// <param name="state">The core.</param>
    /// <param name="i">The instruction.</param>
    /// <param name="address">The virtual address; one that is not aligned to the size faults.</param>
    /// <param name="size">How many bytes.</param>
    /// <param name="isWrite">True if it may write.</param>
    /// <returns>Null where the exception is taken.</returns>
    public static byte* Aligned(CoreState* state, Instruction* i, ulong address, int size, bool isWrite)
    {
        if ((address & (ulong)(size - 1)) != 0)
        {
            Abort(state, i, address, Syndrome.Alignment, isWrite);
            return null;
        }

        byte* host = isWrite ? Tlb.Write(state, address, size) : Tlb.Read(state, address, size);
        if (host != null)
            return host;
        if (DebugHandlers.StopsAccess(state, i, address, size, isWrite))
            return null;
        Found found = Core.Of(state).Mmu.Find(address, isWrite ? MemoryAccess.Write : MemoryAccess.Read, asUser: false);
        if (found.Outcome == Outcome.Memory)
            return (byte*)found.Host;
        Abort(state, i, address, StatusOf(found), isWrite);
        return null;
    }

    /// <summary>Takes a data abort at an instruction.</summary>
    public static void Abort(
        CoreState* state, Instruction* i, ulong address, uint status, bool isWrite, bool isMaintenance = false)
    {
        BlockHandlers.GiveBackRest(state, i);
        Core.Of(state).TakeSynchronous(
            i->Address(state), Syndrome.DataAbort(status, state->El == 0, isWrite, isMaintenance), address);
    }

    /// <summary>The status code of an access that found no memory.</summary>
    public static uint StatusOf(in Found found) =>
        found.Outcome == Outcome.Fault ? Syndrome.Status(found.Walk.Fault, found.Walk.Level) : Syndrome.External;

    /// <summary>False where SCTLR_EL1.A makes an access fault that is not aligned; the exception is taken then.</summary>
    private static bool IsAligned(CoreState* state, Instruction* i, ulong address, int element, bool isWrite)
    {
        if ((address & (ulong)(element - 1)) == 0 || (CoreState.Sys(state, Register.Sctlr) & Mmu.ChecksAlignment) == 0)
            return true;
        Abort(state, i, address, Syndrome.Alignment, isWrite);
        return false;
    }

    private static bool Find(
        CoreState* state, Instruction* i, ulong address, int part, MemoryAccess access, AccessKind kind, int size, void* value,
        out nint host)
    {
        Core core = Core.Of(state);
        Found found = core.Mmu.Find(address, access, kind == AccessKind.Unprivileged);
        host = found.Host;
        if (found.Outcome == Outcome.Memory)
            return true;
        bool isWrite = access == MemoryAccess.Write;
        // The hypervisor learns nothing of an access that its syndrome cannot describe: pairs, vectors, or what is not aligned.
        bool isDescribed = kind != AccessKind.Undescribed
            && part == size && size <= DeviceWidth && (address & (ulong)(size - 1)) == 0;
        if (found.Outcome != Outcome.Device || !isDescribed)
        {
            Abort(state, i, address, StatusOf(found), isWrite);
            return false;
        }

        if (core.Reply is { } reply)
        {
            if (reply.Answer == DeviceAnswer.Done)
                return true;
            core.Reply = null;
            Abort(state, i, address, Syndrome.External, isWrite);
            return false;
        }

        core.Access = new(found.Intermediate, size, isWrite, isWrite ? Low(value, size) : 0);
        // It runs again, so it is not counted yet.
        BlockHandlers.GiveBackRest(state, i);
        state->Left++;
        BlockHandlers.Leave(state, i->Address(state), StopReason.Device);
        return false;
    }

    private static ulong TakeReply(CoreState* state)
    {
        Core core = Core.Of(state);
        ulong value = core.Reply!.Value.Value;
        core.Reply = null;
        return value;
    }

    private static ulong Low(void* value, int size) => size switch
    {
        1 => *(byte*)value,
        2 => *(ushort*)value,
        4 => *(uint*)value,
        _ => *(ulong*)value,
    };
}

/// <summary>The kinds of instructions that access memory.</summary>
internal enum AccessKind
{
    /// <summary>A load or store of one general register.</summary>
    General,

    /// <summary>The same as EL0 would do it: LDTR and its like.</summary>
    Unprivileged,

    /// <summary>
    /// One that a syndrome does not describe, so that no device can serve it: pairs, vectors (Arm ARM DDI 0487, D19.2.40, ISV).
    /// </summary>
    Undescribed,
}
