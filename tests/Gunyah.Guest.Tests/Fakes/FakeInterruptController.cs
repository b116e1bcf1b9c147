using Gunyah.Abi.Vcpus;

namespace Gunyah.Guest.Tests.Fakes;

/// <summary>
/// A controller that delivers in the order of assertion; every interrupt is edge triggered unless configured level.
/// </summary>
internal sealed class FakeInterruptController : IInterruptController
{
    private readonly Dictionary<uint, State> _states = [];
    private readonly List<uint> _pending = [];
    private bool _distributor;
    private bool _cpu;
    private byte _mask;

    public List<uint> Acknowledged { get; } = [];

    public List<uint> Ended { get; } = [];

    public bool HasDeliverable => Deliverable() is not null;

    public State this[uint intid] => _states.TryGetValue(intid, out State? state) ? state : _states[intid] = new();

    public void Assert(uint intid)
    {
        if (!_pending.Contains(intid))
            _pending.Add(intid);
    }

    public void EnableDistributor(bool group0, bool group1) => _distributor = group1;

    public void EnableCpuInterface(bool group0, bool group1) => _cpu = group1;

    public void SetPriorityMask(byte mask) => _mask = mask;

    public void SetEnabled(uint intid, bool enabled) => this[intid].Enabled = enabled;

    public void SetTrigger(uint intid, InterruptTrigger trigger) => this[intid].Trigger = trigger;

    public void SetGroup(uint intid, bool group1) => this[intid].Group1 = group1;

    public void SetPriority(uint intid, byte priority) => this[intid].Priority = priority;

    public void SetRoute(uint intid, int vcpuIndex) => this[intid].Route = vcpuIndex;

    public void SetPending(uint intid, bool pending)
    {
        if (pending)
            Assert(intid);
        else
            _pending.Remove(intid);
    }

    public void SendSoftwareInterrupt(uint intid, int vcpuIndex) => Assert(intid);

    public uint Acknowledge()
    {
        if (Deliverable() is not { } intid)
            return InterruptIds.Spurious;
        _pending.Remove(intid);
        this[intid].Active = true;
        Acknowledged.Add(intid);
        return intid;
    }

    public void EndOfInterrupt(uint intid)
    {
        this[intid].Active = false;
        Ended.Add(intid);
    }

    private uint? Deliverable()
    {
        if (!_distributor || !_cpu)
            return null;
        foreach (uint intid in _pending)
        {
            State state = this[intid];
            if (state is { Enabled: true, Group1: true, Active: false } && state.Priority < _mask)
                return intid;
        }
        return null;
    }

    internal sealed class State
    {
        public bool Enabled { get; set; }

        public bool Group1 { get; set; }

        public bool Active { get; set; }

        public InterruptTrigger Trigger { get; set; }

        public byte Priority { get; set; }

        public int Route { get; set; }
    }
}
