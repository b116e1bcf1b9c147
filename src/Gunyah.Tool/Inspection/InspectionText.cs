using System.Globalization;
using Devicetree;
using Devicetree.Interpretation;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;
using Gunyah.Guest.Platform;

namespace Gunyah.Tool.Inspection;

/// <summary>What a guest would find, for people.</summary>
internal static class InspectionText
{
    /// <summary>The word of a dialect, as machine files write it.</summary>
    public static string? Word(Dialect? dialect) => dialect switch
    {
        Dialect.V6 => "v6",
        Dialect.Upstream => "upstream",
        Dialect.Qcom => "qcom",
        _ => null,
    };

    /// <summary>A number in hexadecimal digits.</summary>
    public static string? Hex(ulong? value) =>
        value is { } number ? string.Create(CultureInfo.InvariantCulture, $"0x{number:x}") : null;

    /// <summary>Writes the whole text; only for the tree of a Gunyah guest.</summary>
    public static void Write(
        TextWriter output, string path, Tree tree, GuestPlatform platform, IReadOnlyList<ReportItem> findings)
    {
        output.WriteLine($"{path}: the devicetree of a Gunyah guest");
        output.WriteLine();
        Line(output, "dialect", Word(platform.Dialect));
        Line(output, "VM id", Identity(platform.Identity));
        Line(output, "image", platform.Identity.ImageName);
        Line(output, "vendor", platform.Identity.Vendor);
        Line(output, "URI", platform.Identity.VmUri);
        Line(output, "GUID", platform.Identity.VmGuid);
        foreach (AddressRegion bank in platform.Memory)
            Line(output, "memory", Region(bank));
        Line(output, "boot arguments", platform.Chosen.BootArguments);
        Line(output, "initrd", platform.Chosen.Initrd is { } initrd ? Region(initrd) : null);
        Line(output, "console", platform.Chosen.StandardOutput);

        Title(output, "Resource Manager");
        if (platform.ResourceManager is { } manager)
        {
            Pair(output, manager);
            output.WriteLine(LinuxDevices.MakesResourceManager(tree, platform) == true
                ? "  Linux makes its device by itself"
                : "  Linux makes no device of it by itself: the driver of the hypervisor's node has to");
        }
        else
            output.WriteLine("  none: this VM has no way to it");
        if (platform.FreeIrqStart is { } free)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  leaves interrupts from INTID {free} to the VM"));

        Group(output, "Message queue pairs", platform.MessageQueuePairs, Pair);
        Group(output, "Message queues", platform.MessageQueues, Queue);
        Group(output, "Doorbells", platform.Doorbells, Doorbell);
        Group(output, "Doorbell sources", platform.DoorbellSources, Source);
        Group(output, "Shared memory", platform.SharedMemory, SharedMemory);

        Title(output, "Missing or odd");
        foreach (ReportItem finding in findings)
            output.WriteLine($"  {Finding(finding)}");
        if (findings.Count == 0)
            output.WriteLine("  nothing");
    }

    private static string Finding(ReportItem item)
    {
        Diagnostic found = item.Diagnostic;
        string subject = item.Property is null ? item.NodePath ?? "" : $"{item.NodePath}: {item.Property}";
        string place = found.Span.Location is { } location ? $"{location}: " : "";
        return $"{place}{Diagnostic.SeverityWord(found.Rule.Severity)} {found.Rule.Id}: {subject}: {found.Message}. {found.Remedy}";
    }

    private static string? Identity(GuestIdentity identity)
    {
        if (identity.Vmid is not { } vmid)
            return null;
        string role = identity.OwnerVmid is { } owner
            ? string.Create(CultureInfo.InvariantCulture, $"secondary, owned by VM {owner}")
            : "primary";
        return string.Create(CultureInfo.InvariantCulture, $"{vmid} ({role})");
    }

    private static void Pair(TextWriter output, MessageQueuePairNode pair)
    {
        string peer = pair.PeerVmid is { } vmid ? string.Create(CultureInfo.InvariantCulture, $", to VM {vmid}") : "";
        output.WriteLine($"  {pair.Path}{Label(pair.Label)}{peer}");
        Side(output, "TX", pair.Transmit);
        Side(output, "RX", pair.Receive);
    }

    private static void Queue(TextWriter output, MessageQueueNode queue)
    {
        output.WriteLine($"  {queue.Path}{Label(queue.Label)}");
        Side(output, queue.IsSender ? "TX" : "RX", queue.Side);
    }

    private static void Side(TextWriter output, string direction, QueueSide side) =>
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"    {direction}  capability {side.Capability}, {Interrupt(side.Interrupt)}, {side.Depth} messages of up to {side.MessageSize} bytes"));

    private static void Doorbell(TextWriter output, DoorbellNode doorbell) =>
        output.WriteLine($"  {doorbell.Path}{Label(doorbell.Label)}: capability {doorbell.Capability}, {Interrupt(doorbell.Interrupt)}");

    private static void Source(TextWriter output, DoorbellSourceNode source) =>
        output.WriteLine($"  {source.Path}{Label(source.Label)}: capability {source.Capability}");

    private static void SharedMemory(TextWriter output, SharedMemoryNode memory)
    {
        string suffix = memory.MemoryHandle is { } handle ? $", handle {Hex(handle)}" : "";
        output.WriteLine($"  {memory.Path}{Label(memory.Label)}{suffix}");
        foreach (AddressRegion region in memory.Regions)
            output.WriteLine($"    {Region(region)}");
        if (memory.TransmitDoorbell is not null)
            output.WriteLine($"    rings {memory.TransmitDoorbell}");
        if (memory.ReceiveDoorbell is not null)
            output.WriteLine($"    is rung by {memory.ReceiveDoorbell}");
    }

    private static string Interrupt(GuestInterrupt? interrupt) => interrupt?.ToString() ?? "no interrupt";

    private static string Label(uint? label) =>
        label is { } number ? string.Create(CultureInfo.InvariantCulture, $", label {number}") : "";

    private static string Region(AddressRegion region) => $"{Hex(region.Address)}, {Hex(region.Size)} bytes";

    private static void Group<T>(TextWriter output, string title, IReadOnlyList<T> items, Action<TextWriter, T> write)
    {
        if (items.Count == 0)
            return;
        Title(output, title);
        foreach (T item in items)
            write(output, item);
    }

    private static void Title(TextWriter output, string title)
    {
        output.WriteLine();
        output.WriteLine(title);
    }

    private static void Line(TextWriter output, string name, string? value)
    {
        if (value is not null)
            output.WriteLine($"{name,-15} {value}");
    }
}
