using Gunyah.Abi.Events;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Hypervisor.Interrupts;

/// <summary>What guests do to the controller: the effects of the GICv3 registers (gunyah-abi.md 4.5.5).</summary>
internal sealed partial class Vic
{
    private const byte PriorityBits = 0xF8;

    /// <summary>GICD_CTLR.</summary>
    public void EnableGroups(bool group0, bool group1)
    {
        int woken = 0;
        lock (_gate)
        {
            _group0 = group0;
            _group1 = group1;
            foreach (VcpuInterface? vcpu in _vcpus)
            {
                if (vcpu is not null)
                    woken |= TakeWoken(vcpu);
            }
        }

        Wake(woken);
    }

    /// <summary>ICC_IGRPEN0_EL1 and ICC_IGRPEN1_EL1.</summary>
    public void EnableGroups(VcpuInterface local, bool group0, bool group1)
    {
        int woken;
        lock (_gate)
        {
            local.Group0 = group0;
            local.Group1 = group1;
            woken = TakeWoken(local);
        }

        Wake(woken);
    }

    /// <summary>ICC_PMR_EL1.</summary>
    public void SetPriorityMask(VcpuInterface local, byte mask)
    {
        int woken;
        lock (_gate)
        {
            local.PriorityMask = (byte)(mask & PriorityBits);
            woken = TakeWoken(local);
        }

        Wake(woken);
    }

    /// <summary>ISENABLER and ICENABLER.</summary>
    public void SetEnabled(VcpuInterface local, uint intid, bool enabled) =>
        Change(local, intid, static (ref VirqState state, int on) =>
        {
            state.Enabled = on != 0;
            if (on == 0)
                state.Poll();
        }, enabled ? 1 : 0);

    /// <summary>ICFGR.</summary>
    public void SetTrigger(VcpuInterface local, uint intid, InterruptTrigger trigger)
    {
        if (intid < InterruptIds.FirstPpi)
            return;
        Change(local, intid, static (ref VirqState state, int edge) =>
        {
            if (state.Source is { AlwaysEdge: true })
                return;
            if (state.IsEdge && edge == 0)
                state.LevelSoftware = state.LevelMessage = false;
            state.IsEdge = edge != 0;
        }, trigger == InterruptTrigger.EdgeRising ? 1 : 0);
    }

    /// <summary>IGROUPR.</summary>
    public void SetGroup(VcpuInterface local, uint intid, bool group1) =>
        Change(local, intid, static (ref VirqState state, int one) => state.Group1 = one != 0, group1 ? 1 : 0);

    /// <summary>IPRIORITYR.</summary>
    public void SetPriority(VcpuInterface local, uint intid, byte priority) =>
        Change(local, intid, static (ref VirqState state, int value) => state.Priority = (byte)value, priority & PriorityBits);

    /// <summary>The priority as IPRIORITYR reads.</summary>
    public byte Priority(VcpuInterface local, uint intid)
    {
        lock (_gate)
            return IsNumber(intid) ? Find(local, intid).Priority : (byte)0;
    }

    /// <summary>GICD_IROUTER. An index without a place for a vCPU leaves the interrupt without a route.</summary>
    public void SetRoute(VcpuInterface local, uint intid, int index)
    {
        if (intid < InterruptIds.FirstSpi)
            return;
        int route = index >= 0 && index < _maxVcpus ? index : VirqState.NoRoute;
        Change(local, intid, static (ref VirqState state, int value) =>
        {
            state.Route = (sbyte)value;
            state.Poll();
        }, route);
    }

    /// <summary>ISPENDR and ICPENDR.</summary>
    public void SetPending(VcpuInterface local, uint intid, bool pending) =>
        Change(local, intid, static (ref VirqState state, int on) =>
        {
            if (on != 0)
            {
                if (state.IsEdge)
                    state.Edge = true;
                else
                    state.LevelSoftware = true;
                return;
            }

            // The latch answers this poll and is gone after it: only the second write can drop a live level.
            state.LevelSoftware = false;
            state.Poll();
            state.Edge = false;
        }, pending ? 1 : 0);

    /// <summary>GICD_SETSPI_NSR and GICD_CLRSPI_NSR.</summary>
    public void SetMessage(VcpuInterface local, uint intid, bool pending)
    {
        if (intid < InterruptIds.FirstSpi)
            return;
        Change(local, intid, static (ref VirqState state, int on) => state.LevelMessage = state.Edge = on != 0, pending ? 1 : 0);
    }

    /// <summary>ICC_SGI1R_EL1.</summary>
    public void SendSoftwareInterrupt(uint intid, int index)
    {
        if (intid >= InterruptIds.FirstPpi || (uint)index >= VcpuLimits.MaxVcpus)
            return;
        int woken;
        lock (_gate)
        {
            if (_vcpus[index] is not { } target)
                return;
            target.Private[intid].Edge = true;
            woken = Settle(target, intid);
        }

        Wake(woken);
    }

    /// <summary>ICC_IAR1_EL1.</summary>
    public uint Acknowledge(VcpuInterface local)
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
            state.Edge = false;
            state.Active = true;
            local.Take(intid, state.Priority);
            woken = Settle(local, intid);
        }

        Wake(woken);

        if (Context.Events.Wants(EventKind.InterruptAcknowledged))
            Context.Emit(local.Vcpu, EventKind.InterruptAcknowledged, new((ulong)Id, intid));
        return intid;
    }

    /// <summary>ICC_EOIR1_EL1 with deactivation.</summary>
    public void EndOfInterrupt(VcpuInterface local, uint intid)
    {
        int woken;
        lock (_gate)
        {
            if (!local.TryEnd(intid))
                return;
            woken = Deactivate(local, intid);
        }

        Wake(woken);
    }

    private static bool IsNumber(uint intid) => intid <= InterruptIds.LastSpi;

    private void Change(VcpuInterface local, uint intid, StateChange change, int value)
    {
        if (!IsNumber(intid))
            return;
        int woken;
        lock (_gate)
        {
            change(ref Find(local, intid), value);
            woken = Settle(local, intid);
        }

        Wake(woken);
    }

    private delegate void StateChange(ref VirqState state, int value);
}
