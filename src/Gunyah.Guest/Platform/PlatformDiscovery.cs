using System.Collections.Immutable;
using Devicetree;
using Devicetree.Interpretation;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Rpc;

namespace Gunyah.Guest.Platform;

/// <summary>
/// Finds out from a devicetree alone what a Gunyah guest has: nodes are found by what they are compatible with, in every
/// dialect, never by their names (gunyah-rm.md 8).
/// </summary>
public sealed class PlatformDiscovery
{
    /// <summary>No VM has near as many; more would make a hostile tree expensive.</summary>
    private const int MaxDevices = 256;

    private readonly Tree _tree;
    private readonly NodeInspector _inspector;
    private readonly GunyahNodes _nodes;
    private readonly List<MessageQueuePairNode> _pairs = [];
    private readonly List<MessageQueueNode> _queues = [];
    private readonly List<DoorbellNode> _doorbells = [];
    private readonly List<DoorbellSourceNode> _sources = [];
    private readonly SharedMemoryDiscovery _sharedMemory;
    private Node? _vmIdNode;
    private int _devices;

    private PlatformDiscovery(Tree tree)
    {
        _tree = tree;
        _nodes = GunyahNodes.Of(tree);
        _inspector = new(tree);
        _sharedMemory = new(_inspector);
    }

    /// <summary>Finds out what a guest with this tree has.</summary>
    /// <param name="tree">Any tree.</param>
    public static GuestPlatform Discover(Tree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return new PlatformDiscovery(tree).Run();
    }

    private GuestPlatform Run()
    {
        if (_nodes.IsEmpty)
            return new() { IsGunyahGuest = false, Reason = ReasonFor(_tree.Find(GunyahNodes.HypervisorPath)) };
        Node? hypervisor = _nodes.Hypervisor;
        foreach (Node node in _tree.Root.SelfAndDescendants())
            Classify(node, hypervisor);

        Node? managerNode = _nodes.Managers.Count > 0 ? _nodes.Managers[0] : null;
        Dialect dialect = _nodes.Dialects[0];
        CheckHypervisor(hypervisor);
        MessageQueuePairNode? manager = ReadResourceManager(managerNode, hypervisor, dialect);
        uint? freeIrqStart = managerNode is null ? null : _inspector.Number(managerNode, 0, uint.MaxValue, "qcom,free-irq-start");
        GuestIdentity identity = ReadIdentity(hypervisor, dialect);
        ImmutableArray<AddressRegion> memory = ReadMemory();
        BootParameters chosen = ReadChosen();
        return new()
        {
            IsGunyahGuest = true,
            Dialect = dialect,
            Identity = identity,
            ResourceManager = manager,
            FreeIrqStart = freeIrqStart,
            MessageQueuePairs = [.. _pairs],
            MessageQueues = [.. _queues],
            Doorbells = [.. _doorbells],
            DoorbellSources = [.. _sources],
            SharedMemory = _sharedMemory.Found,
            Memory = memory,
            Chosen = chosen,
            Findings = _inspector.Findings,
        };
    }

    private static string ReasonFor(Node? hypervisor)
    {
        if (hypervisor is null)
            return $"there is neither a Resource Manager node nor {GunyahNodes.HypervisorPath}";
        string names = hypervisor.Property("compatible") is Property property && property.TryGetStrings(out string[]? strings)
            ? string.Join(", ", strings)
            : "nothing";
        return $"{GunyahNodes.HypervisorPath} is compatible with {names}, not with Gunyah";
    }

    private void Classify(Node node, Node? hypervisor)
    {
        bool isChild = hypervisor is not null && node.Parent == hypervisor;
        if (Dialects.IsResourceManager(node))
            return;
        if (node.IsCompatible(Compatibles.VmId) || node.IsCompatible(Compatibles.VmIdHaven))
        {
            _vmIdNode ??= node;
        }
        else if (TakeDevice(node) is { } read)
        {
            if (_devices++ < MaxDevices)
                read(node);
            else if (_devices == MaxDevices + 1)
                _inspector.Report(PlatformRules.TooMuch, node, null, $"{MaxDevices} devices");
        }
        else if (isChild && !Compatibles.Others.Any(node.IsCompatible))
        {
            _inspector.Report(PlatformRules.UnknownDevice, node, "compatible");
        }
    }

    private Action<Node>? TakeDevice(Node node)
    {
        if (node.IsCompatible(Compatibles.MessageQueue))
            return ReadMessageQueue;
        if (node.IsCompatible(Compatibles.DoorbellSource))
            return ReadDoorbellSource;
        if (node.IsCompatible(Compatibles.Doorbell))
            return ReadDoorbell;
        return SharedMemoryDiscovery.Describes(node) ? _sharedMemory.Read : null;
    }

    private void CheckHypervisor(Node? hypervisor)
    {
        if (hypervisor is null)
            _inspector.Report(PlatformRules.NoHypervisorNode, _tree.Root, null);
        else if (Dialects.OfHypervisor(hypervisor) is null)
            _inspector.Report(PlatformRules.NoHypervisorNode, hypervisor, "compatible");
    }

    private MessageQueuePairNode? ReadResourceManager(Node? node, Node? hypervisor, Dialect dialect)
    {
        if (node is null)
        {
            _inspector.Report(
                dialect == Dialect.Qcom ? PlatformRules.NoResourceManagerLink : PlatformRules.NoResourceManager, hypervisor
                    ?? _tree.Root, null);
            return null;
        }
        foreach (Node other in _nodes.Managers.Skip(1).Take(MaxDevices))
            _inspector.Report(PlatformRules.SeveralResourceManagers, other, null, node.Path);
        // The bindings of v6 and upstream leave it open whether there is a unit address.
        return ReadPair(node, label: null, needsUnitAddress: dialect == Dialect.Qcom);
    }

    private void ReadMessageQueue(Node node)
    {
        bool isSender = node.Property("is-sender") is not null;
        bool isReceiver = node.Property("is-receiver") is not null;
        uint? label = _inspector.Label(node, Compatibles.MessageQueue);

        // Only a pair calls itself full-duplex; without any of the three the length of reg decides.
        bool isPair = node.Property("qcom,is-full-duplex") is not null
            || (!isSender && !isReceiver && node.Property("reg") is { CellCount: >= 4 });
        if (isPair)
        {
            if (ReadPair(node, label) is { } pair)
                _pairs.Add(pair);
            return;
        }

        if (isSender == isReceiver)
        {
            _inspector.Report(PlatformRules.NoDirection, node, null);
            return;
        }
        if (_inspector.Capabilities(node, 1) is not { } capabilities)
            return;
        _inspector.CheckUnitAddress(node, capabilities);
        GuestInterrupt? interrupt = _inspector.Interrupts(node, 1)[0];

        // The Resource Manager writes tx_ for both directions.
        uint size = _inspector.Number(node, 1, MessageQueueLimits.MaxMessageSize, "tx_message_size", "rx_message_size")
            ?? RpcLimits.FragmentSize;
        uint depth = _inspector.Number(node, 1, MessageQueueLimits.MaxDepth, "tx_queue_depth", "rx_queue_depth")
            ?? RpcLimits.QueueDepth;
        _queues.Add(new(node.Path, label, isSender, new(capabilities[0], interrupt, size, depth)));
    }

    private MessageQueuePairNode? ReadPair(Node node, uint? label, bool needsUnitAddress = true)
    {
        if (_inspector.Capabilities(node, 2) is not { } capabilities)
            return null;
        _inspector.CheckUnitAddress(node, capabilities, needsUnitAddress);
        GuestInterrupt?[] interrupts = _inspector.Interrupts(node, 2);
        var transmit = new QueueSide(
            capabilities[0],
            interrupts[0],
            _inspector.Number(node, 1, MessageQueueLimits.MaxMessageSize, "qcom,tx-message-size") ?? RpcLimits.FragmentSize,
            _inspector.Number(node, 1, MessageQueueLimits.MaxDepth, "qcom,tx-queue-depth") ?? RpcLimits.QueueDepth);
        var receive = new QueueSide(
            capabilities[1],
            interrupts[1],
            _inspector.Number(node, 1, MessageQueueLimits.MaxMessageSize, "qcom,rx-message-size") ?? RpcLimits.FragmentSize,
            _inspector.Number(node, 1, MessageQueueLimits.MaxDepth, "qcom,rx-queue-depth") ?? RpcLimits.QueueDepth);
        return new(node.Path, label, transmit, receive, (ushort?)_inspector.Number(node, 0, ushort.MaxValue, "qcom,peer-vmid"));
    }

    private void ReadDoorbell(Node node)
    {
        uint? label = _inspector.Label(node, Compatibles.Doorbell);
        if (_inspector.Capabilities(node, 1) is not { } capabilities)
            return;
        _inspector.CheckUnitAddress(node, capabilities);
        _doorbells.Add(new(node.Path, label, capabilities[0], _inspector.Interrupts(node, 1)[0]));
    }

    private void ReadDoorbellSource(Node node)
    {
        uint? label = _inspector.Label(node, Compatibles.DoorbellSource);
        if (_inspector.Capabilities(node, 1) is not { } capabilities)
            return;
        _inspector.CheckUnitAddress(node, capabilities);
        _sources.Add(new(node.Path, label, capabilities[0]));
    }

    private GuestIdentity ReadIdentity(Node? hypervisor, Dialect dialect)
    {
        var identity = new GuestIdentity();
        if (_vmIdNode is not null)
        {
            identity = new(
                (ushort?)_inspector.Number(_vmIdNode, 0, ushort.MaxValue, "qcom,vmid"),
                (ushort?)_inspector.Number(_vmIdNode, 0, ushort.MaxValue, "qcom,owner-vmid"),
                _inspector.Text(_vmIdNode, "qcom,image-name"),
                _inspector.Text(_vmIdNode, "qcom,vendor"),
                _inspector.Text(_vmIdNode, "qcom,vm-uri"),
                _inspector.Text(_vmIdNode, "qcom,vm-guid"));
        }

        // The other dialects have no such node; their guests ask the Resource Manager.
        if (identity.Vmid is null && dialect == Dialect.Qcom && _vmIdNode?.Property("qcom,vmid") is null)
            _inspector.Report(PlatformRules.NoVmid, _vmIdNode ?? hypervisor ?? _tree.Root, "qcom,vmid");
        return identity;
    }

    private ImmutableArray<AddressRegion> ReadMemory()
    {
        if (!AddressReader.TryGetMemory(_tree, out IReadOnlyList<AddressRegion>? banks, out string? reason))
        {
            _inspector.Report(PlatformRules.NoMemory, _tree.Root, null, reason);
            return [];
        }
        if (banks.Count == 0)
            _inspector.Report(PlatformRules.NoMemory, _tree.Root, null, "there are none");
        return [.. banks];
    }

    private BootParameters ReadChosen()
    {
        if (_tree.Root.Child("chosen") is not Node chosen)
            return new();
        ulong? start = _inspector.WideNumber(chosen, "linux,initrd-start");
        ulong? end = _inspector.WideNumber(chosen, "linux,initrd-end");
        AddressRegion? initrd = start < end ? new(start.Value, end.Value - start.Value) : null;
        if (initrd is null && (start ?? end) is not null)
            _inspector.Report(PlatformRules.BadInitrd, chosen, start is null ? "linux,initrd-end" : "linux,initrd-start");
        return new(_inspector.Text(chosen, "bootargs"), initrd, _inspector.Text(chosen, "stdout-path"));
    }
}
