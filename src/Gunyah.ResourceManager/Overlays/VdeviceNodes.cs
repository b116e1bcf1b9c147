using System.Globalization;
using Devicetree;
using Devicetree.Overlays;
using Gunyah.Guest.Platform;
using Gunyah.ResourceManager.Configuration;
using Gunyah.ResourceManager.Records;

namespace Gunyah.ResourceManager.Overlays;

/// <summary>Writes the node of each vdevice of a secondary VM (gunyah-rm.md 7.5): properties in the original's order.</summary>
internal static class VdeviceNodes
{
    /// <summary>Writes one vdevice as a fragment of its own.</summary>
    public static void Write(OverlayBuilder overlay, BindingSpelling spelling, Vdevice vdevice)
    {
        switch (vdevice.Configuration)
        {
            case RpcLinkConfiguration link:
                WriteLink(overlay, spelling, vdevice, link);
                break;
            case DoorbellConfiguration doorbell:
                Node bell = AddNode(overlay, doorbell.Common, vdevice.VmEnds[0], Compatibles.Doorbell, Compatibles.Capability);
                bell.SetU64("reg", vdevice.VmEnds[0].Capability.Value);
                WriteInterrupt(bell, vdevice.VmEnds[0]);
                WriteLabel(bell, doorbell.Common);
                break;
            case DoorbellSourceConfiguration source:
                Node button = AddNode(overlay, source.Common, vdevice.VmEnds[0], Compatibles.DoorbellSource,
                    Compatibles.Capability);
                button.SetU64("reg", vdevice.VmEnds[0].Capability.Value);
                WriteLabel(button, source.Common);
                break;
            case MessageQueueConfiguration queue:
                WriteQueue(overlay, vdevice, queue);
                break;
            case MessageQueuePairConfiguration pair:
                WritePair(overlay, vdevice, pair);
                break;
        }
    }

    private static void WriteLink(OverlayBuilder overlay, BindingSpelling spelling, Vdevice vdevice, RpcLinkConfiguration link)
    {
        // The vendor's tree has the receiving queue as unit address, the other bindings the first of reg, as every bus has it.
        Endpoint address = spelling.HasVendorProperties ? vdevice.Link.Receive : vdevice.Link.Transmit;
        Node node = AddNode(overlay, link.Common, address, spelling.SecondaryManager);
        BindingSpelling.WriteEnds(node, vdevice.Link);
        if (!spelling.HasVendorProperties)
            return;
        BindingSpelling.WriteVendorQueuePair(node, freeIrqStart: 0, link.MessageSize, link.Depth);
        node.SetCells("qcom,vdevice-handle", vdevice.Handle);
    }

    private static void WriteQueue(OverlayBuilder overlay, Vdevice vdevice, MessageQueueConfiguration queue)
    {
        Node node = AddNode(overlay, queue.Common, vdevice.VmEnds[0], Compatibles.MessageQueue, Compatibles.Capability);
        node.SetU64("reg", vdevice.VmEnds[0].Capability.Value);
        node.SetFlag(queue.IsSender ? "is-sender" : "is-receiver");
        node.SetCells("tx_message_size", queue.MessageSize);
        node.SetCells("tx_queue_depth", queue.Depth);
        WriteInterrupt(node, vdevice.VmEnds[0]);
        WriteLabel(node, queue.Common);
    }

    private static void WritePair(OverlayBuilder overlay, Vdevice vdevice, MessageQueuePairConfiguration pair)
    {
        Node node = AddNode(overlay, pair.Common, vdevice.Link.Receive, Compatibles.MessageQueue, Compatibles.Capability);
        BindingSpelling.WriteEnds(node, vdevice.Link);
        if (pair.Common.Peer is not null)
            node.SetCells("qcom,peer-vmid", vdevice.Peer);
        BindingSpelling.WriteVendorQueuePair(node, freeIrqStart: 0, pair.MessageSize, pair.Depth);
        node.SetCells("qcom,vdevice-handle", vdevice.Handle);
        WriteLabel(node, pair.Common);
    }

    /// <summary>Adds the nodes of the <c>generate</c> path; the last one gets the capability's ID as unit address.</summary>
    private static Node AddNode(OverlayBuilder overlay, VdeviceCommon common, Endpoint address,
        params ReadOnlySpan<string> compatible)
    {
        Node node = overlay.Fragment("/");
        string[] names = common.Generate.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (string name in names[..^1])
            node = node.AddChild(name);
        node = node.AddChild(string.Create(CultureInfo.InvariantCulture, $"{names[^1]}@{address.Capability.Value:x}"));
        node.SetString("compatible", [.. common.PushCompatible, .. compatible]);
        return node;
    }

    private static void WriteInterrupt(Node node, Endpoint end) =>
        node.SetCells("interrupts", GicSpecifier.ForShared(end.Virq, end.Trigger));

    private static void WriteLabel(Node node, VdeviceCommon common)
    {
        node.SetCells("qcom,label", common.Label);
        node.SetCells("label", common.Label);
    }
}
