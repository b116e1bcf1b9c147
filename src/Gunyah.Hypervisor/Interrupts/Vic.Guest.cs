using Gunyah.Abi.Vcpus;

namespace Gunyah.Hypervisor.Interrupts;

/// <summary>What guests do to single interrupts: the effects of the GICv3 registers (gunyah-abi.md 4.5.5).</summary>
internal sealed partial class Vic
{
    private const byte PriorityBits = 0xF8;

    private delegate void StateChange(ref VirqState state, int value);

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
                if (vcpu is null)
                    continue;
                vcpu.AgeLine();
                woken |= TakeWoken(vcpu);
            }
        }

        Wake(woken);
    }

    /// <summary>ISENABLER and ICENABLER.</summary>
    public void SetEnabled(VcpuInterface local, uint intid, bool enabled) => Change(local, intid, Enable, enabled ? 1 : 0);

    /// <summary>ICFGR.</summary>
    public void SetTrigger(VcpuInterface local, uint intid, InterruptTrigger trigger)
    {
        if (intid >= InterruptIds.FirstPpi)
            Change(local, intid, Configure, trigger == InterruptTrigger.EdgeRising ? 1 : 0);
    }

    /// <summary>IGROUPR.</summary>
    public void SetGroup(VcpuInterface local, uint intid, bool group1) => Change(local, intid, Group, group1 ? 1 : 0);

    /// <summary>IPRIORITYR.</summary>
    public void SetPriority(VcpuInterface local, uint intid, byte priority) => Change(local, intid, Prioritize, priority);

    /// <summary>The priority as IPRIORITYR reads.</summary>
    public byte Priority(VcpuInterface local, uint intid)
    {
        lock (_gate)
            return IsNumber(intid) ? Find(local, intid).Priority : (byte)0;
    }

    /// <summary>GICD_IROUTER. An index without a place for a vCPU leaves the interrupt without a route.</summary>
    public void SetRoute(VcpuInterface local, uint intid, int index)
    {
        if (intid >= InterruptIds.FirstSpi)
            Change(local, intid, Route, index >= 0 && index < _maxVcpus ? index : VirqState.NoRoute);
    }

    /// <summary>ISPENDR and ICPENDR.</summary>
    public void SetPending(VcpuInterface local, uint intid, bool pending) => Change(local, intid, Pend, pending ? 1 : 0);

    /// <summary>GICD_SETSPI_NSR and GICD_CLRSPI_NSR.</summary>
    public void SetMessage(VcpuInterface local, uint intid, bool pending)
    {
        if (intid >= InterruptIds.FirstSpi)
            Change(local, intid, Message, pending ? 1 : 0);
    }

    /// <summary>A software interrupt to the vCPU of an index, whatever its group.</summary>
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

    private static bool IsNumber(uint intid) => intid <= InterruptIds.LastSpi;

    private static void Enable(ref VirqState state, int on)
    {
        state.Enabled = on != 0;
        if (on == 0)
            state.Poll();
    }

    private static void Configure(ref VirqState state, int edge)
    {
        if (state.Source is not { FixedTrigger: not null })
            state.Configure(edge != 0);
    }

    private static void Group(ref VirqState state, int one) => state.Group1 = one != 0;

    private static void Prioritize(ref VirqState state, int priority) => state.Priority = (byte)(priority & PriorityBits);

    private static void Route(ref VirqState state, int index)
    {
        state.Route = (sbyte)index;
        state.Poll();
    }

    private static void Pend(ref VirqState state, int on)
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
    }

    private static void Message(ref VirqState state, int on) => state.LevelMessage = state.Edge = on != 0;

    /// <summary>ISACTIVER and ICACTIVER, which do nothing to an interrupt that somebody handles.</summary>
    private static void Activate(ref VirqState state, int on)
    {
        if (state.Taken.Place != 0)
            return;
        bool ends = state.Active && on == 0;
        state.Active = on != 0;
        if (ends)
            state.Poll();
    }

    private void Change(VcpuInterface local, uint intid, StateChange change, int value)
    {
        int woken;
        lock (_gate)
            woken = ChangeHeld(local, intid, change, value);
        Wake(woken);
    }

    /// <summary>Changes an interrupt, if there is one of that number. Call with the lock held.</summary>
    /// <returns>Whom it wakes.</returns>
    private int ChangeHeld(VcpuInterface local, uint intid, StateChange change, int value)
    {
        if (!IsNumber(intid))
            return 0;
        ref VirqState state = ref Find(local, intid);
        int route = state.Route;
        change(ref state, value);
        if (state.Route != route && route >= 0)
            _vcpus[route]?.AgeLine();
        return Settle(local, intid);
    }
}
