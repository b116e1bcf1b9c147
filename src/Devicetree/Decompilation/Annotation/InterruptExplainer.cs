using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Devicetree.Interpretation;
using Devicetree.Live;
using Devicetree.References;

namespace Devicetree.Decompilation.Annotation;

/// <summary>
/// Says in words what interrupt specifiers mean. Arm's interrupt controllers and those of GPIO lines have bindings that all
/// follow; of others only the controller is named.
/// </summary>
internal sealed class InterruptExplainer(ReferenceReader reader) : IInterruptTree<LiveNode>
{
    private const int MaxCells = 16;

    /// <summary>No more interrupts of one node are told than these.</summary>
    private const int MostTold = 8;

    /// <summary>Kinds of interrupts of a GIC: the first cell, and the interrupt ID of the kind's number 0.</summary>
    private static readonly (string Name, uint FirstId)[] _gicKinds = [("SPI", 32), ("PPI", 16), ("ESPI", 4096), ("EPPI", 1056)];

    /// <summary>
    /// Cells of an interrupt of a node, as its interrupt parent says; null when it has none or that does not say it sensibly.
    /// </summary>
    public int? CellsOf(LiveNode node) => ParentOf(node) is LiveNode parent ? Width(parent) : null;

    /// <summary>Describes <c>interrupts</c>; null when nothing can be said.</summary>
    public string? Describe(LiveNode node, LiveProperty interrupts)
    {
        int length = interrupts.Value.Length;
        if (length == 0 || ParentOf(node) is not LiveNode parent || Width(parent) is not int width
            || length % (width * sizeof(uint)) != 0)
            return null;
        var text = new StringBuilder(NameOf(parent)).Append(": ");
        ReadOnlySpan<byte> rest = interrupts.Value.Bytes.Span;
        for (int i = 0; !rest.IsEmpty; i++, rest = rest[(width * sizeof(uint))..])
        {
            if (i == MostTold)
                return text.Append(CultureInfo.InvariantCulture, $"; {rest.Length / (width * sizeof(uint))} more").ToString();
            if (Describe(parent, rest[..(width * sizeof(uint))]) is not string said)
                return $"to {NameOf(parent)}";
            text.Append(i > 0 ? "; " : "").Append(said);
        }
        return text.ToString();
    }

    /// <summary>Describes <c>interrupts-extended</c>; null when nothing can be said.</summary>
    public string? DescribeExtended(LiveNode node, LiveProperty interrupts)
    {
        var said = new List<string>();
        ReadOnlySpan<byte> value = interrupts.Value.Bytes.Span;
        foreach (ReferenceEntry entry in reader.Read(node, interrupts))
        {
            if (entry.Target is null || Width(entry.Target) is not int width
                || entry.Offset + ((1 + width) * sizeof(uint)) > value.Length)
                return null;
            if (Describe(entry.Target, value.Slice(entry.Offset + sizeof(uint), width * sizeof(uint))) is not string each)
                return null;
            if (said.Count == MostTold)
                return string.Join("; ", said) + "; and so on";
            said.Add(each);
        }
        return said.Count > 0 ? string.Join("; ", said) : null;
    }

    private LiveNode? ParentOf(LiveNode node) =>
        InterruptParentSearch.Find(this, node, out LiveNode end, out _) == InterruptParentOutcome.Found ? end : null;

    LiveNode? IInterruptTree<LiveNode>.Above(LiveNode node) => node.Parent;

    bool IInterruptTree<LiveNode>.HasCells(LiveNode node) => node.Properties.FindLive(PropertyNames.InterruptCells) is not null;

    bool IInterruptTree<LiveNode>.TryGetPointer(LiveNode node, out uint? phandle)
    {
        LiveProperty? pointer = node.Properties.FindLive(PropertyNames.InterruptParent);
        phandle = pointer?.Value.Length == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(pointer.Value.Bytes.Span) : null;
        return pointer is not null;
    }

    LiveNode? IInterruptTree<LiveNode>.Find(uint phandle) => reader.Find(phandle);

    private static int? Width(LiveNode controller) =>
        controller.Properties.FindLive(PropertyNames.InterruptCells) is { Value.Length: sizeof(uint) } cells
        && BinaryPrimitives.ReadUInt32BigEndian(cells.Value.Bytes.Span) is > 0 and <= MaxCells and uint width ? (int)width : null;

    private static string? Describe(LiveNode controller, ReadOnlySpan<byte> specifier)
    {
        uint first = BinaryPrimitives.ReadUInt32BigEndian(specifier);
        if (specifier.Length == 2 * sizeof(uint) && controller.Properties.FindLive("gpio-controller") is not null)
            return Trigger(BinaryPrimitives.ReadUInt32BigEndian(specifier[sizeof(uint)..])) is string trigger
                ? $"line {first}, {trigger}" : null;
        if (specifier.Length < 3 * sizeof(uint) || first >= _gicKinds.Length || !IsGic(controller))
            return null;
        uint number = BinaryPrimitives.ReadUInt32BigEndian(specifier[sizeof(uint)..]);
        // A GIC before version 3 keeps a mask of CPUs above the trigger.
        if (Trigger(BinaryPrimitives.ReadUInt32BigEndian(specifier[(2 * sizeof(uint))..]) & 0xf) is not string sense)
            return null;
        (string name, uint firstId) = _gicKinds[first];
        return string.Create(CultureInfo.InvariantCulture, $"{name} {number} (ID {(ulong)firstId + number}), {sense}");
    }

    private static string? Trigger(uint flags) => flags switch
    {
        0 => "no trigger",
        1 => "edge rising",
        2 => "edge falling",
        3 => "both edges",
        4 => "level high",
        8 => "level low",
        _ => null,
    };

    private static bool IsGic(LiveNode controller)
    {
        if (controller.Properties.FindLive(PropertyNames.Compatible) is not LiveProperty compatible)
            return false;
        string[] names = Encoding.Latin1.GetString(compatible.Value.Bytes.Span).Split('\0');
        return names.Any(GicNames.Contains);
    }

    private static string NameOf(LiveNode node) =>
        node.HasLabels && node.Labels.Live.FirstOrDefault() is Label label ? label.Name : node.Path;
}
