using System.Buffers.Binary;
using System.Globalization;
using Devicetree;
using Devicetree.Interpretation;
using Gunyah.Abi.Events;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Rpc;
using Gunyah.Guest.Kernel;
using Gunyah.Guest.Mailboxes;
using Gunyah.Guest.Platform;
using Gunyah.Guest.Rpc;
using Gunyah.Guest.VmManager;

namespace Gunyah.Machine.Programs;

/// <summary>
/// The example's primary VM. It knows nothing but its devicetree: there it finds the Resource Manager and the ramdisk with the
/// launch plan. It creates each VM of the plan, learns of their queues, exchanges messages, takes everything back, reports how
/// it went, and switches itself off.
/// </summary>
internal sealed class PrimaryExample(GuestContext context)
{
    private const ulong GoodCode = 0;
    private const ulong FailureCode = 1;
    private const ulong LargestPlan = 16 * 1024 * 1024;

    private ulong _exchanged;

    /// <summary>Runs the program.</summary>
    public async Task RunAsync()
    {
        string? failure = await LaunchAsync();
        context.Vcpu.Report(
            EventKind.Result,
            new(failure is null ? GoodCode : FailureCode, _exchanged),
            failure ?? string.Create(CultureInfo.InvariantCulture,
                $"{_exchanged} messages exchanged and checked, none lost, duplicated or out of order"));
        await context.SystemOffAsync();
    }

    private async Task<string?> LaunchAsync()
    {
        HypervisorIdentification hypervisor = HypervisorIdentification.Query(context.Port);
        if (!hypervisor.IsSupported)
            return "this is not Gunyah, or a version of it that this program does not know";
        Note($"identifies Gunyah, API {hypervisor.Identity.ApiVersion}, variant 0x{hypervisor.Identity.Variant:x2}");

        if (!DevicetreeLoader.TryLoad(context.Memory, context.BootArgument, out Tree? tree, out string? reason))
            return reason;
        GuestPlatform platform = PlatformDiscovery.Discover(tree);
        if (platform.ResourceManager is not { } manager)
            return "the devicetree does not lead to the Resource Manager";
        Note($"finds the Resource Manager at {manager.Path} (dialect {platform.Dialect})");

        if (ReadPlan(platform, out reason) is not { } plan)
            return reason;
        var mailbox = new MessageQueueMailbox(context, manager.Transmit.Endpoint, manager.Receive.Endpoint);
        if (ResourceManagerClient.Open(context, mailbox.Channel) is not { } client)
            return "the queues to the Resource Manager cannot be opened";
        RpcReply<VmidReply> self = await client.CallAsync<EmptyPayload, VmidReply>(RmMessageId.VmGetVmid, default);
        if (!self.IsOk)
            return $"the Resource Manager does not say who this VM is: {self.WithoutData}";
        Note($"is VM {self.Value.Vmid}; its plan has {plan.Vms.Length} VM(s) in {plan.Rounds} round(s)");

        for (int round = 0; round < plan.Rounds; round++)
        {
            foreach (PlannedVm vm in plan.Vms)
            {
                string? failure = await RunVmAsync(client, platform, vm);
                if (failure is not null)
                    return string.Create(CultureInfo.InvariantCulture, $"{vm.Name}, round {round}: {failure}");
            }
        }

        return null;
    }

    private async Task<string?> RunVmAsync(ResourceManagerClient client, GuestPlatform platform, PlannedVm vm)
    {
        if (FindMemory(platform, vm.Memory) is not ulong address)
            return string.Create(CultureInfo.InvariantCulture, $"there is no free memory of {vm.Memory} bytes");

        var settings = new VmSettings
        {
            MemoryAddress = address,
            MemorySize = vm.Memory,
            Image = vm.Image,
            Devicetree = vm.Config,
            TimeLimit = vm.Exchange.Patience,
        };
        VmCreation creation = await VirtualMachine.CreateAsync(context, client, settings);
        if (creation.Machine is not { } machine)
            return string.Join("; ", creation.Failures);

        string? failure = await ExchangeAsync(machine, vm);
        Note($"stops {vm.Name} and takes everything back");
        IEnumerable<string> undone = (await machine.DestroyAsync()).Select(static each => each.ToString());
        string all = string.Join("; ", failure is null ? undone : undone.Prepend(failure));
        return all.Length == 0 ? null : all;
    }

    private async Task<string?> ExchangeAsync(VirtualMachine machine, PlannedVm vm)
    {
        var endpoint = new ExchangeEndpoint(context, vm.Exchange.PrimaryStream, vm.Exchange.Messages, vm.Exchange.Patience);
        if (machine.OpenMailbox(ExchangePlan.QueueLabel, endpoint.Client) is not { } channel)
            return $"VM_GET_HYP_RESOURCES lists no usable pair of queues with label {ExchangePlan.QueueLabel}";
        if (context.ObservesNotes)
        {
            VmQueuePairResource pair = machine.Resources.QueuePairs.First(static each => each.Label == ExchangePlan.QueueLabel);
            Note($"learns of a new pair of queues: TX {pair.Transmit.Queue} on INTID {pair.Transmit.Intid}, RX {pair.Receive.Queue} on INTID {pair.Receive.Intid}");
        }

        if (await machine.StartAsync() is { } refused)
            return refused.ToString();
        // A VM that ends by itself answers no more; waiting for its messages would only take time.
        context.Spawn(async () =>
        {
            if (await machine.WaitForExitAsync() is not null)
                endpoint.Abort();
        });
        ExchangeVerdict own = await endpoint.RunAsync(channel, context.ObservesNotes ? Progress(vm) : null);
        bool heard = await endpoint.ReceiveVerdictAsync();
        if (machine.Exit is { } exit)
            return string.Create(CultureInfo.InvariantCulture, $"it ended by itself ({exit.Type}) after {own.Received} messages");
        if (own.Fault != ExchangeFault.None)
            return Describe("the primary VM", own);
        if (!heard)
            return "it sent no verdict";
        if (endpoint.PeerVerdict is { Fault: not ExchangeFault.None } theirs)
            return Describe(vm.Name, theirs);

        _exchanged += 2 * vm.Exchange.Messages;
        MailboxCounters counters = channel.Counters;
        Note(string.Create(CultureInfo.InvariantCulture,
            $"has sent {counters.Sent} messages to {vm.Name} and received {vm.Exchange.Messages}; the queue was full {counters.FullHits} times"));
        return null;
    }

    private Action<ulong> Progress(PlannedVm vm) => sent =>
        Note(string.Create(CultureInfo.InvariantCulture, $"sent {sent} of {vm.Exchange.Messages} messages to {vm.Name}"));

    private static string Describe(string who, ExchangeVerdict verdict)
    {
        string what = verdict.Fault switch
        {
            ExchangeFault.Size => "received a message of another size",
            ExchangeFault.Sequence => "received a message out of order",
            ExchangeFault.Content => "received a message with other content",
            ExchangeFault.Missing => "waited in vain for the other end",
            _ => "could not send",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{who} {what}, after {verdict.Received} messages");
    }

    private LaunchPlan? ReadPlan(GuestPlatform platform, out string? reason)
    {
        if (platform.Chosen.Initrd is not { Size: <= LargestPlan } ramdisk)
        {
            reason = "the devicetree names no ramdisk that could be a launch plan";
            return null;
        }

        var blob = new byte[ramdisk.Size];
        if (!context.Memory.TryRead(ramdisk.Address, blob))
        {
            reason = "the ramdisk is not wholly in memory";
            return null;
        }

        return LaunchPlan.TryRead(blob, out LaunchPlan? plan, out reason) ? plan : null;
    }

    /// <summary>The highest free range of this size in the first bank: nothing of this VM may lie in it.</summary>
    private ulong? FindMemory(GuestPlatform platform, ulong size)
    {
        if (platform.Memory.IsEmpty || platform.Chosen.Initrd is not { } ramdisk)
            return null;

        AddressRegion bank = platform.Memory[0];
        Span<byte> head = stackalloc byte[2 * sizeof(uint)];
        ulong treeSize = context.Memory.TryRead(context.BootArgument, head)
            ? BinaryPrimitives.ReadUInt32BigEndian(head[sizeof(uint)..]) : 0;
        AddressRegion[] taken = [new(context.EntryPoint, Page.Size), new(context.BootArgument, treeSize), ramdisk];

        ulong end = bank.Address + bank.Size;
        while (size <= end - bank.Address)
        {
            ulong start = (end - size) & ~(Page.Size - 1);
            AddressRegion? obstacle = taken.Where(region => region.Address < start + size && start < region.Address + region.Size)
                .Select(static region => (AddressRegion?)region).FirstOrDefault();
            if (obstacle is not { } below)
                return start;
            if (below.Address <= bank.Address)
                return null;
            end = below.Address;
        }

        return null;
    }

    private void Note(string text)
    {
        if (context.ObservesNotes)
            context.Note(text);
    }
}
