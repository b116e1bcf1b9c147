using System.Collections.Immutable;
using System.Globalization;
using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Rpc;
using Gunyah.Machine.Reports;

namespace Gunyah.Machine.Events;

/// <summary>
/// Gathers the closing account from events that are rare, whatever the machine exchanges: states, names, faults, results, and
/// the counts of queues that are gone.
/// </summary>
/// <remarks>
/// VMs are known by their names: the number of one that was given back goes to the next. A VM has its name from its
/// initialisation on.
/// </remarks>
internal sealed class MachineStatistics : IEventReader
{
    private const ulong WantedKinds =
        (1UL << (int)EventKind.VmState) | (1UL << (int)EventKind.ObjectNamed) | (1UL << (int)EventKind.ObjectDestroyed)
        | (1UL << (int)EventKind.MessageQueueClosed) | (1UL << (int)EventKind.VcpuFault) | (1UL << (int)EventKind.Result);

    /// <summary>More faults than anybody reads; a program may fault in every round.</summary>
    private const int MaxFaults = 100;

    private const string RootName = "rm";

    private readonly List<string> _vmOrder = [];
    private readonly Dictionary<string, VmReport> _vms = new(StringComparer.Ordinal);
    private readonly Dictionary<ushort, string> _current = new()
    {
        [WellKnownVmids.Primary] = DevicetreeDump.PrimaryName,
        [WellKnownVmids.Root] = RootName,
    };
    private readonly Dictionary<ulong, string> _names = [];
    private readonly List<string> _queueOrder = [];
    private readonly Dictionary<string, QueueReport> _queues = new(StringComparer.Ordinal);
    private readonly List<ProgramResult> _results = [];
    private readonly List<string> _faults = [];

    /// <summary>Begins an account.</summary>
    /// <param name="planned">The names of the VMs that the primary VM is to create, in the order of the machine file.</param>
    public MachineStatistics(IEnumerable<string> planned)
    {
        foreach (string name in planned.Prepend(DevicetreeDump.PrimaryName))
            _ = Row(name);
    }

    /// <inheritdoc/>
    public ulong Wanted => WantedKinds;

    /// <summary>What the programs reported.</summary>
    public ImmutableArray<ProgramResult> Results => [.. _results];

    /// <summary>What stopped vCPUs.</summary>
    public ImmutableArray<string> Faults => [.. _faults];

    /// <summary>The VMs.</summary>
    public ImmutableArray<VmReport> Vms => [.. _vmOrder.Select(name => _vms[name])];

    /// <summary>The queues that are gone, and those that are added by <see cref="AddQueue"/>.</summary>
    public ImmutableArray<QueueReport> Queues => [.. _queueOrder.Select(name => _queues[name])];

    /// <inheritdoc/>
    public void Read(in GunyahEvent e)
    {
        switch (e.Kind)
        {
            case EventKind.VmState:
                SeeState((ushort)e.Values.A, (VmState)e.Values.B, e.Text ?? "");
                break;
            case EventKind.ObjectNamed:
                _names[e.Values.B] = e.Text ?? "";
                break;
            case EventKind.MessageQueueClosed:
                AddQueue(e.Values.A, e.Values.B, e.Values.C, e.Values.D);
                break;
            case EventKind.ObjectDestroyed:
                _names.Remove(e.Values.A);
                break;
            case EventKind.VcpuFault:
                SeeFault(in e);
                break;
            case EventKind.Result:
                _results.Add(new(e.Vmid, NameOf(e.Vmid), e.Values.A, e.Values.B, e.Text ?? ""));
                break;
        }
    }

    /// <summary>Counts a queue in.</summary>
    public void AddQueue(ulong objectId, ulong sent, ulong received, ulong full)
    {
        string name = _names.GetValueOrDefault(objectId) ?? string.Create(CultureInfo.InvariantCulture, $"object {objectId}");
        if (!_queues.TryGetValue(name, out QueueReport? before))
        {
            _queueOrder.Add(name);
            before = new(name, 0, 0, 0, 0);
        }

        _queues[name] = new(name, before.Queues + 1, before.Sent + sent, before.Received + received, before.Full + full);
    }

    private void SeeState(ushort vmid, VmState state, string name)
    {
        bool isOwn = vmid is WellKnownVmids.Primary or WellKnownVmids.Root;
        if (!isOwn && (state is VmState.Ready or VmState.Running or VmState.InitFailed) && name.Length > 0)
            _current[vmid] = name;
        if (!_current.TryGetValue(vmid, out string? known))
            return;

        VmReport before = Row(known);
        _vms[known] = before with
        {
            Vmid = vmid,
            State = StateName(state),
            Starts =
            before.Starts + (state == VmState.Running ? 1 : 0)
        };
        if (state == VmState.None)
            _current.Remove(vmid);
    }

    private void SeeFault(in GunyahEvent e)
    {
        string name = NameOf(e.Vmid);
        if (_vms.TryGetValue(name, out VmReport? vm))
            _vms[name] = vm with { Faults = vm.Faults + 1 };
        if (_faults.Count < MaxFaults)
            _faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name}, vCPU {e.Vcpu}: {e.Text}"));
    }

    private string NameOf(ushort vmid) =>
        _current.TryGetValue(vmid, out string? name) ? name : string.Create(CultureInfo.InvariantCulture, $"vm{vmid}");

    private VmReport Row(string name)
    {
        if (_vms.TryGetValue(name, out VmReport? row))
            return row;
        _vmOrder.Add(name);
        return _vms[name] = new(name, Vmid: null, VmReport.NotCreated, Starts: 0, Faults: 0);
    }

    private static string StateName(VmState state) =>
        state == VmState.None ? VmReport.GivenBack : Enum.GetName(state) ?? state.ToString();
}
