using System.Text.Json;
using Devicetree;
using Devicetree.Interpretation;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;
using Gunyah.Abi;
using Gunyah.Guest.Platform;

namespace Gunyah.Tool.Inspection;

/// <summary>What a guest would find, as JSON: one object, the same members for every tree, null where there is nothing.</summary>
internal static class InspectionJson
{
    private static readonly JsonWriterOptions _indented = new() { Indented = true };

    /// <summary>Writes the object and a line break.</summary>
    public static void Write(
        TextWriter output, string path, Tree tree, GuestPlatform platform, IReadOnlyList<ReportItem> findings)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, _indented))
            Write(json, path, tree, platform, findings);
        output.WriteLine(System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }

    private static void Write(
        Utf8JsonWriter json, string path, Tree tree, GuestPlatform platform, IReadOnlyList<ReportItem> findings)
    {
        json.WriteStartObject();
        json.WriteString("path", path);
        json.WriteBoolean("isGunyahGuest", platform.IsGunyahGuest);
        json.WriteString("reason", platform.Reason);
        json.WriteString("dialect", InspectionText.Word(platform.Dialect));
        WriteIdentity(json, platform.Identity);
        json.WritePropertyName("resourceManager");
        if (platform.ResourceManager is { } manager)
            WritePair(json, manager);
        else
            json.WriteNullValue();
        if (LinuxDevices.MakesResourceManager(tree, platform) is { } made)
            json.WriteBoolean("linuxMakesDevice", made);
        else
            json.WriteNull("linuxMakesDevice");
        WriteNumber(json, "freeIrqStart", platform.FreeIrqStart);
        WriteList(json, "messageQueuePairs", platform.MessageQueuePairs, WritePair);
        WriteList(json, "messageQueues", platform.MessageQueues, WriteQueue);
        WriteList(json, "doorbells", platform.Doorbells, WriteDoorbell);
        WriteList(json, "doorbellSources", platform.DoorbellSources, WriteSource);
        WriteList(json, "sharedMemory", platform.SharedMemory, WriteSharedMemory);
        WriteList(json, "memory", platform.Memory, WriteRegion);
        WriteChosen(json, platform.Chosen);
        WriteList(json, "findings", findings, WriteFinding);
        json.WriteEndObject();
    }

    private static void WriteIdentity(Utf8JsonWriter json, GuestIdentity identity)
    {
        json.WriteStartObject("identity");
        WriteNumber(json, "vmid", identity.Vmid);
        WriteNumber(json, "ownerVmid", identity.OwnerVmid);
        json.WriteString("imageName", identity.ImageName);
        json.WriteString("vendor", identity.Vendor);
        json.WriteString("vmUri", identity.VmUri);
        json.WriteString("vmGuid", identity.VmGuid);
        json.WriteEndObject();
    }

    private static void WritePair(Utf8JsonWriter json, MessageQueuePairNode pair)
    {
        json.WriteStartObject();
        json.WriteString("path", pair.Path);
        WriteNumber(json, "label", pair.Label);
        WriteNumber(json, "peerVmid", pair.PeerVmid);
        WriteSide(json, "transmit", pair.Transmit);
        WriteSide(json, "receive", pair.Receive);
        json.WriteEndObject();
    }

    private static void WriteQueue(Utf8JsonWriter json, MessageQueueNode queue)
    {
        json.WriteStartObject();
        json.WriteString("path", queue.Path);
        WriteNumber(json, "label", queue.Label);
        WriteSide(json, queue.IsSender ? "transmit" : "receive", queue.Side);
        json.WriteEndObject();
    }

    private static void WriteSide(Utf8JsonWriter json, string name, QueueSide side)
    {
        json.WriteStartObject(name);
        WriteCapability(json, side.Capability);
        WriteInterrupt(json, side.Interrupt);
        json.WriteNumber("messageSize", side.MessageSize);
        json.WriteNumber("depth", side.Depth);
        json.WriteEndObject();
    }

    private static void WriteDoorbell(Utf8JsonWriter json, DoorbellNode doorbell)
    {
        json.WriteStartObject();
        json.WriteString("path", doorbell.Path);
        WriteNumber(json, "label", doorbell.Label);
        WriteCapability(json, doorbell.Capability);
        WriteInterrupt(json, doorbell.Interrupt);
        json.WriteEndObject();
    }

    private static void WriteSource(Utf8JsonWriter json, DoorbellSourceNode source)
    {
        json.WriteStartObject();
        json.WriteString("path", source.Path);
        WriteNumber(json, "label", source.Label);
        WriteCapability(json, source.Capability);
        json.WriteEndObject();
    }

    private static void WriteSharedMemory(Utf8JsonWriter json, SharedMemoryNode memory)
    {
        json.WriteStartObject();
        json.WriteString("path", memory.Path);
        WriteNumber(json, "label", memory.Label);
        WriteList(json, "regions", memory.Regions, WriteRegion);
        json.WriteString("memoryHandle", InspectionText.Hex(memory.MemoryHandle));
        json.WriteString("transmitDoorbell", memory.TransmitDoorbell);
        json.WriteString("receiveDoorbell", memory.ReceiveDoorbell);
        json.WriteEndObject();
    }

    private static void WriteRegion(Utf8JsonWriter json, AddressRegion region)
    {
        json.WriteStartObject();
        json.WriteString("address", InspectionText.Hex(region.Address));
        json.WriteString("size", InspectionText.Hex(region.Size));
        json.WriteEndObject();
    }

    private static void WriteChosen(Utf8JsonWriter json, BootParameters chosen)
    {
        json.WriteStartObject("chosen");
        json.WriteString("bootArguments", chosen.BootArguments);
        json.WriteString("standardOutput", chosen.StandardOutput);
        json.WritePropertyName("initrd");
        if (chosen.Initrd is { } initrd)
            WriteRegion(json, initrd);
        else
            json.WriteNullValue();
        json.WriteEndObject();
    }

    private static void WriteFinding(Utf8JsonWriter json, ReportItem item)
    {
        Diagnostic finding = item.Diagnostic;
        json.WriteStartObject();
        json.WriteString("rule", finding.Rule.Id);
        json.WriteString("severity", Diagnostic.SeverityWord(finding.Rule.Severity));
        json.WriteString("path", item.NodePath);
        json.WriteString("property", item.Property);
        json.WriteString("message", finding.Message);
        json.WriteString("remedy", finding.Remedy);
        json.WriteString("file", finding.Span.Location?.Path);
        WriteNumber(json, "line", (uint?)finding.Span.Location?.Line);
        WriteNumber(json, "column", (uint?)finding.Span.Location?.Column);
        json.WriteEndObject();
    }

    /// <summary>Capability IDs have 64 bits, more than many readers of JSON keep in a number.</summary>
    private static void WriteCapability(Utf8JsonWriter json, CapId capability) =>
        json.WriteString("capability", capability.ToString());

    private static void WriteInterrupt(Utf8JsonWriter json, GuestInterrupt? interrupt)
    {
        if (interrupt is not { } known)
        {
            json.WriteNull("interrupt");
            return;
        }

        json.WriteStartObject("interrupt");
        json.WriteString("text", known.ToString());
        json.WriteNumber("number", known.Number);
        json.WriteNumber("intid", known.Intid);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, uint? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
            write(json, item);
        json.WriteEndArray();
    }
}
