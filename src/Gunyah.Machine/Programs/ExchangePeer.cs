using Devicetree;
using Gunyah.Abi.Events;
using Gunyah.Guest.Kernel;
using Gunyah.Guest.Mailboxes;
using Gunyah.Guest.Platform;

namespace Gunyah.Machine.Programs;

/// <summary>
/// The other end of the example's exchange: a VM that finds its queues in its devicetree and the agreed numbers in its boot
/// arguments, checks what it receives, sends its own stream and then its verdict, and waits to be stopped.
/// </summary>
internal sealed class ExchangePeer(GuestContext context)
{
    private const ulong FailureCode = 1;

    /// <summary>Runs the program.</summary>
    public async Task RunAsync()
    {
        string? failure = await ExchangeAsync();
        if (failure is not null)
            context.Vcpu.Report(EventKind.Result, new(FailureCode), failure);
    }

    private async Task<string?> ExchangeAsync()
    {
        if (!DevicetreeLoader.TryLoad(context.Memory, context.BootArgument, out Tree? tree, out string? reason))
            return reason;

        GuestPlatform platform = PlatformDiscovery.Discover(tree);
        if (platform.MessageQueuePairs.FirstOrDefault(static pair => pair.Label == ExchangePlan.QueueLabel) is not { } pair)
            return $"the devicetree has no pair of queues with label {ExchangePlan.QueueLabel}";
        if (!ExchangePlan.TryParse(platform.Chosen.BootArguments ?? "", out ExchangePlan plan))
            return "the boot arguments do not say what to exchange";
        if (context.ObservesNotes)
            context.Note($"finds its queues at {pair.Path}");

        var endpoint = new ExchangeEndpoint(context, plan.PrimaryStream.Reverse, plan.Messages, plan.Patience);
        MailboxChannel channel = new MessageQueueMailbox(context, pair.Transmit.Endpoint, pair.Receive.Endpoint).Channel;
        if (!channel.Bind(endpoint.Client))
            return $"{pair.Path} cannot be opened";
        ExchangeVerdict verdict = await endpoint.RunAsync(channel);
        return await endpoint.SendVerdictAsync(verdict) ? null : "the verdict could not be sent";
    }
}
