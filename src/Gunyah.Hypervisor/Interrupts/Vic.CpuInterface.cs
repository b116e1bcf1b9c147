using System.Numerics;
using Gunyah.Abi.Events;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Hypervisor.Interrupts;

/// <summary>
/// What a vCPU does at its CPU interface: the effects of the ICC registers, as of the virtual interface that a guest of the GIC
/// architecture has (docs/decisions/0205).
/// </summary>
internal sealed partial class Vic
{
    private const ulong CommonBinaryPointBit = 1;
    private const ulong EndOnlyDropsBit = 2;

    /// <summary>ICC_CTLR_EL1 as it is in hardware: all four affinities, 16 bits of INTID, five bits of priority.</summary>
    private const ulong FixedControl = (1 << 15) | ((VcpuInterface.PriorityBits - 1) << 8);
    private const ulong IdlePriority = 0xFF;

    private delegate void InterfaceChange(VcpuInterface local, ulong value);

    /// <summary>ICC_IGRPEN0_EL1 and ICC_IGRPEN1_EL1.</summary>
    public void EnableGroups(VcpuInterface local, bool group0, bool group1) =>
        Change(local, static (local, bits) => (local.Group0, local.Group1) = ((bits & 1) != 0, (bits & 2) != 0),
            (group0 ? 1UL : 0) | (group1 ? 2UL : 0));

    /// <summary>ICC_IGRPEN0_EL1 or ICC_IGRPEN1_EL1.</summary>
    public void EnableGroup(VcpuInterface local, bool group1, ulong value)
    {
        if (group1)
            Change(local, static (local, value) => local.Group1 = (value & 1) != 0, value);
        else
            Change(local, static (local, value) => local.Group0 = (value & 1) != 0, value);
    }

    public ulong GroupEnable(VcpuInterface local, bool group1)
    {
        lock (_gate)
            return (group1 ? local.Group1 : local.Group0) ? 1UL : 0;
    }

    /// <summary>ICC_PMR_EL1.</summary>
    public void SetPriorityMask(VcpuInterface local, byte mask) =>
        Change(local, static (local, mask) => local.PriorityMask = (byte)(mask & PriorityBits), mask);

    public ulong PriorityMask(VcpuInterface local)
    {
        lock (_gate)
            return local.PriorityMask;
    }

    /// <summary>ICC_BPR0_EL1 and ICC_BPR1_EL1.</summary>
    public void SetBinaryPoint(VcpuInterface local, bool group1, ulong value)
    {
        if (group1)
            Change(local, static (local, value) => local.SetBinaryPoint1(value), value);
        else
            Change(local, static (local, value) => local.SetBinaryPoint0(value), value);
    }

    public ulong BinaryPoint(VcpuInterface local, bool group1)
    {
        lock (_gate)
            return group1 ? local.BinaryPoint1 : local.BinaryPoint0;
    }

    /// <summary>ICC_CTLR_EL1.</summary>
    public void SetControl(VcpuInterface local, ulong value) =>
        Change(
            local,
            static (local, value) =>
            {
                local.CommonBinaryPoint = (value & CommonBinaryPointBit) != 0;
                local.EndOnlyDrops = (value & EndOnlyDropsBit) != 0;
            },
            value);

    public ulong Control(VcpuInterface local)
    {
        lock (_gate)
        {
            return FixedControl | (local.CommonBinaryPoint ? CommonBinaryPointBit : 0)
                | (local.EndOnlyDrops ? EndOnlyDropsBit : 0);
        }
    }

    /// <summary>ICC_AP0R0_EL1 and ICC_AP1R0_EL1.</summary>
    public void SetActivePriorities(VcpuInterface local, bool group1, ulong value)
    {
        if (group1)
            Change(local, static (local, value) => local.ActivePriorities1 = (uint)value, value);
        else
            Change(local, static (local, value) => local.ActivePriorities0 = (uint)value, value);
    }

    public ulong ActivePriorities(VcpuInterface local, bool group1)
    {
        lock (_gate)
            return group1 ? local.ActivePriorities1 : local.ActivePriorities0;
    }

    /// <summary>ICC_RPR_EL1.</summary>
    public ulong RunningPriority(VcpuInterface local)
    {
        lock (_gate)
            return local.RunningPriority == VcpuInterface.Idle ? IdlePriority : (ulong)local.RunningPriority;
    }

    /// <summary>ICC_HPPIR0_EL1 and ICC_HPPIR1_EL1: the mask and what is being handled play no part.</summary>
    public uint HighestPending(VcpuInterface local, bool group1)
    {
        lock (_gate)
        {
            int found = FindHighestPending(local);
            return found >= 0 && Find(local, (uint)found).Group1 == group1 ? (uint)found : InterruptIds.Spurious;
        }
    }

    /// <summary>The line into the vCPU. Costs nothing while nothing has changed.</summary>
    public InterruptLine Line(VcpuInterface local)
    {
        if (local.TryGetLine(out InterruptLine line))
            return line;
        lock (_gate)
        {
            int found = FindMostUrgent(local);
            line = found < 0 ? InterruptLine.None : Find(local, (uint)found).Group1 ? InterruptLine.Irq : InterruptLine.Fiq;
            local.KeepLine(line);
            return line;
        }
    }

    /// <summary>ICC_IAR0_EL1 and ICC_IAR1_EL1; without a group, whatever is most urgent.</summary>
    public uint Acknowledge(VcpuInterface local, bool? group1 = null)
    {
        uint intid;
        int woken;
        lock (_gate)
        {
            int found = FindMostUrgent(local);
            if (found < 0)
                return InterruptIds.Spurious;
            intid = (uint)found;
            ref VirqState state = ref Find(local, intid);
            if (group1 is { } group && group != state.Group1)
                return InterruptIds.Spurious;
            state.Edge = false;
            state.Active = true;
            state.Forwarded = state.Source is { IsHardware: true };
            local.Take(ref state);
            woken = Settle(local, intid);
            local.AgeLine();
        }

        Wake(woken);

        if (Context.Events.Wants(EventKind.InterruptAcknowledged))
            Context.Emit(local.Vcpu, EventKind.InterruptAcknowledged, new((ulong)Id, intid));
        return intid;
    }

    /// <summary>
    /// ICC_EOIR0_EL1 and ICC_EOIR1_EL1; without a group, that of the interrupt. Any interrupt but one that this vCPU
    /// acknowledged and whose priority is still to drop is ignored.
    /// </summary>
    public void EndOfInterrupt(VcpuInterface local, uint intid, bool? group1 = null)
    {
        if (!IsNumber(intid))
            return;
        int woken = 0;
        lock (_gate)
        {
            ref VirqState state = ref Find(local, intid);
            if (!state.Taken.IsBy(local) || state.Taken.IsDropped || (group1 ?? state.Taken.Group1) != state.Taken.Group1)
                return;
            local.Drop(ref state);
            local.AgeLine();
            if (!local.EndOnlyDrops)
                woken = Deactivate(local, intid);
        }

        Wake(woken);
    }

    /// <summary>
    /// ICC_DIR_EL1: where ends only drop, what this vCPU acknowledged, or what a guest made active, is so no longer. One whose
    /// priority is still to drop ends altogether.
    /// </summary>
    public void DeactivateInterrupt(VcpuInterface local, uint intid)
    {
        if (!IsNumber(intid))
            return;
        int woken;
        lock (_gate)
        {
            ref VirqState state = ref Find(local, intid);
            if (!local.EndOnlyDrops || !state.Active || !(state.Taken.IsBy(local) || state.Taken.Place == 0))
                return;
            woken = Deactivate(local, intid);
            local.AgeLine();
        }

        Wake(woken);
    }

    /// <summary>
    /// ICC_SGI0R_EL1, ICC_ASGI1R_EL1 and ICC_SGI1R_EL1: a software interrupt to the vCPUs of a list, or to all others, where it
    /// is in the register's group.
    /// </summary>
    public void SendSoftwareInterrupts(VcpuInterface local, ulong request, bool group1)
    {
        var sgi = new SoftwareInterruptRequest(request);
        int woken = 0;
        lock (_gate)
        {
            for (int targets = sgi.ToOthers ? Others(local) : TargetsOf(sgi); targets != 0; targets &= targets - 1)
            {
                if (_vcpus[BitOperations.TrailingZeroCount(targets)] is not { } target
                    || target.Private[sgi.Intid].Group1 != group1)
                    continue;
                target.Private[sgi.Intid].Edge = true;
                woken |= Settle(target, sgi.Intid);
            }
        }

        Wake(woken);
    }

    private static int Others(VcpuInterface local) => ((1 << VcpuLimits.MaxVcpus) - 1) & ~(1 << local.Index);

    /// <summary>The indexes that a target list names, one bit each.</summary>
    private int TargetsOf(in SoftwareInterruptRequest sgi)
    {
        int indexes = 0;
        for (uint list = sgi.TargetList; list != 0; list &= list - 1)
        {
            int index = Affinities.IndexOf(sgi.AffinityOf(BitOperations.TrailingZeroCount(list)));
            indexes |= index >= 0 && index < _maxVcpus ? 1 << index : 0;
        }

        return indexes;
    }

    private void Change(VcpuInterface local, InterfaceChange change, ulong value)
    {
        int woken;
        lock (_gate)
        {
            change(local, value);
            local.AgeLine();
            woken = TakeWoken(local);
        }

        Wake(woken);
    }
}
