using System.Collections.Immutable;
using System.Globalization;
using Gunyah.Abi.Events;
using Gunyah.Abi.Rpc;
using Gunyah.Machine.Reports;

namespace Gunyah.Machine.Events;

/// <summary>
/// Gathers the closing account from events that are rare, whatever the machine exchanges: states, names, faults, results, and
/// the counts of queues that are gone.
/// </summary>
internal sealed class MachineStatistics : IEventReader
{
    private const ulong WantedKinds =
        (1UL << (int)EventKind.VmState) | (1UL << (int)EventKind.ObjectNamed) | (1UL << (int)EventKind.ObjectDestroyed)
        | (1UL << (int)EventKind.MessageQueueClosed) | (1UL << (int)EventKind.VcpuFault) | (1UL << (int)EventKind.Result);

    /// <summary>More faults than anybody reads; a program may fault in every round.</summary>
    private const int MaxFaults = 100;

    private readonly List<ushort> _vmOrder = [];
    private readonly Dictionary<ushort, (string Name, VmState State, int Starts)> _vms = [];
    private readonly Dictionary<ulong, string> _names = [];
    private readonly List<string> _queueOrder = [];
    private readonly Dictionary<string, QueueReport> _queues = new(StringComparer.Ordinal);
    private readonly List<ProgramResult> _results = [];
    private readonly List<string> _faults = [];

    /// <inheritdoc/>
    public ulong Wanted => WantedKinds;

    /// <summary>What the programs reported.</summary>
    public ImmutableArray<ProgramResult> Results => [.. _results];

    /// <summary>What stopped vCPUs.</summary>
    public ImmutableArray<string> Faults => [.. _faults];

    /// <summary>The VMs.</summary>
    public ImmutableArray<VmReport> Vms =>
        [.. _vmOrder.Select(vmid => new VmReport(vmid, _vms[vmid].Name, StateName(_vms[vmid].State), _vms[vmid].Starts))];

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
            case EventKind.VcpuFault when _faults.Count < MaxFaults:
                _faults.Add(string.Create(CultureInfo.InvariantCulture, $"VM {e.Vmid}, vCPU {e.Vcpu}: {e.Text}"));
                break;
            case EventKind.Result:
                _results.Add(new(e.Vmid, e.Values.A, e.Values.B, e.Text ?? ""));
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
        // A VM has a name of its own from its initialisation to its reset; before and after it is called by its number.
        bool isKnown = _vms.TryGetValue(vmid, out (string Name, VmState State, int Starts) vm);
        if (!isKnown)
            _vmOrder.Add(vmid);
        bool isNamed = state is VmState.Ready or VmState.Running || !isKnown;
        _vms[vmid] = (isNamed ? name : vm.Name, state, vm.Starts + (state == VmState.Running ? 1 : 0));
    }

    private static string StateName(VmState state) => Enum.GetName(state) ?? state.ToString();
}
