using System.Collections.Immutable;
using Gunyah.Abi.Rpc;
using Gunyah.Guest.Kernel;
using Gunyah.Guest.Mailboxes;
using Gunyah.Guest.Rpc;

namespace Gunyah.Guest.VmManager;

/// <summary>
/// A VM that this VM owns: created, started, run, stopped and destroyed through the Resource Manager in the order in which
/// Linux's VM manager does it (gunyah-rm.md 5.6, 9.5 and 9.6). A step that fails while it is created undoes all
/// steps before it.
/// </summary>
public sealed class VirtualMachine
{
    private readonly GuestContext _context;
    private readonly ResourceManagerClient _client;
    private readonly VmSettings _settings;
    private readonly VmLifeline _life;
    private readonly List<MailboxChannel> _channels = [];
    private ImmutableArray<VcpuRunner> _vcpus = [];

    private VirtualMachine(GuestContext context, ResourceManagerClient client, VmSettings settings)
    {
        (_context, _client, _settings) = (context, client, settings);
        _life = new(context, client, settings.TimeLimit);
    }

    /// <summary>The VM's id.</summary>
    public ushort Vmid => _life.Vmid;

    /// <summary>The state that the Resource Manager told last.</summary>
    public VmState State => _life.State;

    /// <summary>How the VM ended; null before.</summary>
    public VmExitedNotification? Exit => _life.Exit;

    /// <summary>The owner's ends of the VM's devices.</summary>
    public VmResources Resources { get; private set; } = VmResources.From([]);

    /// <summary>The vCPUs.</summary>
    public ImmutableArray<VcpuRunner> Vcpus => _vcpus;

    /// <summary>
    /// Makes a VM up to the state READY: allocates it, gives it memory with image and devicetree, initialises it.
    /// </summary>
    /// <param name="context">The guest that becomes the owner.</param>
    /// <param name="client">Its link to the Resource Manager.</param>
    /// <param name="settings">What the VM is made of.</param>
    /// <param name="cancellation">
    /// Gives up between two steps; what was done is undone. (A call that is given up may still be carried out, and then nobody
    /// would know what it made.)
    /// </param>
    public static async Task<VmCreation> CreateAsync(
        GuestContext context, ResourceManagerClient client, VmSettings settings, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Problem is { } problem)
            return new(null, [new(VmStep.Settings, null, problem)]);

        var machine = new VirtualMachine(context, client, settings);
        VmFailure? failure = await machine.BuildAsync(cancellation);
        return failure is null ? new(machine, []) : new(null, [failure, .. await machine.DestroyAsync()]);
    }

    /// <summary>Starts the VM and runs its vCPUs from then on.</summary>
    /// <returns>Null, or why it did not start; it can only be destroyed then.</returns>
    public async Task<VmFailure?> StartAsync()
    {
        RpcReply reply = await _client.CallAsync(RmMessageId.VmStart, new VmidRequest(Vmid));
        if (!reply.IsOk)
            return VmFailure.Of(VmStep.Start, reply);
        foreach (VcpuRunner vcpu in _vcpus)
            vcpu.Start();
        return null;
    }

    /// <summary>Waits until the VM has ended.</summary>
    /// <returns>How it ended; null if the deadline or the cancellation came first.</returns>
    public async ValueTask<VmExitedNotification?> WaitForExitAsync(Deadline deadline = default,
        CancellationToken cancellation = default)
    {
        await _life.Exited.WaitAsync(deadline, cancellation);
        return Exit;
    }

    /// <summary>Stops the VM: at once, or by asking it.</summary>
    /// <param name="flags">Whether to ask.</param>
    /// <param name="reason">Why; told to a VM that is asked.</param>
    /// <returns>Null, or why the Resource Manager refused. The VM's end is told by <see cref="WaitForExitAsync"/>.</returns>
    public Task<VmFailure?> StopAsync(VmStopFlags flags = VmStopFlags.Force, VmStopReason reason = VmStopReason.ForcedStop) =>
        _life.StopAsync(flags, reason);

    /// <summary>Makes a mailbox of the VM's queues with a label; freed when the VM is destroyed.</summary>
    /// <param name="label">The label of a queue pair, or of one or two queues of one direction.</param>
    /// <param name="client">Who uses it.</param>
    /// <returns>The channel; null if there is no such queue or its interrupts cannot be had.</returns>
    public MailboxChannel? OpenMailbox(uint label, MailboxClient client)
    {
        VmQueuePairResource? pair = Resources.QueuePairs.FirstOrDefault(candidate => candidate.Label == label);
        MessageQueueEndpoint? transmit = pair?.Transmit
            ?? Resources.SendQueues.FirstOrDefault(queue => queue.Label == label)?.Endpoint;
        MessageQueueEndpoint? receive = pair?.Receive
            ?? Resources.ReceiveQueues.FirstOrDefault(queue => queue.Label == label)?.Endpoint;
        if (transmit is null && receive is null)
            return null;

        MailboxChannel channel = new MessageQueueMailbox(_context, transmit, receive).Channel;
        if (!channel.Bind(client))
            return null;
        _channels.Add(channel);
        return channel;
    }

    /// <summary>
    /// Takes everything back, whatever state the VM is in: stops and resets it, reclaims its memory and gives up its id.
    /// Goes on after a step that fails, so that as much as possible is freed.
    /// </summary>
    /// <returns>The steps that failed; empty if nothing is left behind.</returns>
    public async Task<ImmutableArray<VmFailure>> DestroyAsync()
    {
        foreach (MailboxChannel channel in _channels)
            channel.Free();
        _channels.Clear();
        ImmutableArray<VmFailure> failures = await _life.EndAsync(_vcpus);
        foreach (VcpuRunner vcpu in _vcpus)
            vcpu.Stop();
        return failures;
    }

    private async Task<VmFailure?> BuildAsync(CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return Cancelled(VmStep.Allocate);
        RpcReply<VmidReply> allocated = await _client.CallAsync<VmidRequest, VmidReply>(
            RmMessageId.VmAllocate, new(0), cancellation: CancellationToken.None);
        if (!allocated.IsOk)
            return VmFailure.Of(VmStep.Allocate, allocated.WithoutData);
        _life.Begin(allocated.Value.Vmid);

        if (CopyImage() is { } notCopied)
            return notCopied;
        foreach ((VmStep step, Func<Task<VmFailure?>> run) in Steps())
        {
            if (cancellation.IsCancellationRequested)
                return Cancelled(step);
            if (await run() is { } failure)
                return failure;
        }
        return null;

        static VmFailure Cancelled(VmStep step) => new(step, null, "cancelled");
    }

    private IEnumerable<(VmStep Step, Func<Task<VmFailure?>> Run)> Steps() =>
    [
        // The image's parcel comes first: its handle goes into VM_CONFIG_IMAGE.
        (VmStep.GiveMemory, () => _life.GiveAsync(new(0, _settings.MemoryAddress, _settings.MemorySize, _settings.SharesMemory))),
        .. _settings.MoreMemory.Select(region => (VmStep.GiveMemory, (Func<Task<VmFailure?>>)(() => _life.GiveAsync(region)))),
        (VmStep.ConfigureImage, ConfigureAsync),
        (VmStep.Initialise, InitialiseAsync),
        (VmStep.GetResources, GetResourcesAsync),
    ];

    private VmFailure? CopyImage()
    {
        GuestMemory memory = _context.Memory;
        ulong devicetree = _settings.MemoryAddress + _settings.DevicetreeOffset;
        bool copied = memory.TryWrite(_settings.MemoryAddress, _settings.Image.Span)
            && memory.TryClear(devicetree, _settings.DevicetreeSize)
            && memory.TryWrite(devicetree, _settings.Devicetree.Span);
        return copied ? null : new(VmStep.CopyImage, null, $"the memory at 0x{_settings.MemoryAddress:x} cannot be written");
    }

    private async Task<VmFailure?> ConfigureAsync()
    {
        var image = new VmConfigImageRequest(
            Vmid,
            AuthenticationType.None,
            _life.Parcels[0],
            ImageOffset: 0,
            ImageSize: 0,
            _settings.DevicetreeOffset,
            _settings.DevicetreeSize);
        RpcReply reply = await _client.CallAsync(RmMessageId.VmConfigImage, image);
        return reply.IsOk ? null : VmFailure.Of(VmStep.ConfigureImage, reply);
    }

    private async Task<VmFailure?> InitialiseAsync()
    {
        RpcReply reply = await _client.CallAsync(RmMessageId.VmInit, new VmInitRequest(Vmid));
        return reply.IsOk ? null : VmFailure.Of(VmStep.Initialise, reply);
    }

    private async Task<VmFailure?> GetResourcesAsync()
    {
        RpcReply<HypervisorResourcesReply> reply =
            await _client.CallAsync<VmidRequest, HypervisorResourcesReply>(RmMessageId.VmGetHypResources, new(Vmid));
        if (!reply.IsOk)
            return VmFailure.Of(VmStep.GetResources, reply.WithoutData);

        Resources = VmResources.From(reply.Value.Resources);
        _vcpus = [.. Resources.Vcpus.Select(vcpu => new VcpuRunner(_context, vcpu, _settings.Vmmio))];
        foreach (VcpuRunner vcpu in _vcpus)
        {
            if (!vcpu.TryPrepare())
                return new(VmStep.GetResources, null,
                    $"interrupt {vcpu.Vcpu.WakeupIntid} of vCPU {vcpu.Vcpu.Label} cannot be had");
        }
        return null;
    }
}
