using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Decompilation;

/// <summary>
/// Puts back what a compiler made nodes of, as dtc does since 1.8: references from <c>__fixups__</c> and <c>__local_fixups__</c>.
/// A reference stays a number where compiling it would give another one: dtc does not look, and prints text that means something
/// else.
/// </summary>
internal sealed class RestoredReferences
{
    private readonly LiveTree _tree;
    private readonly DiagnosticBag _diagnostics;
    private readonly Dictionary<uint, LiveNode> _byPhandle = [];
    private readonly Dictionary<LiveProperty, List<Marker>> _found = [];

    private RestoredReferences(LiveTree tree, DiagnosticBag diagnostics)
    {
        _tree = tree;
        _diagnostics = diagnostics;
        foreach (LiveNode node in tree.Nodes)
        {
            if (PhandleOf(node) is uint phandle)
                _byPhandle.TryAdd(phandle, node);
        }
    }

    public static void Restore(LiveTree tree, DiagnosticBag diagnostics)
    {
        LiveNode? fixups = tree.Root?.Children.FindLive(OverlayNames.Fixups);
        LiveNode? localFixups = tree.Root?.Children.FindLive(OverlayNames.LocalFixups);
        if (fixups is null && localFixups is null)
            return;
        var restored = new RestoredReferences(tree, diagnostics);
        foreach (LiveProperty property in fixups?.Properties.Live ?? [])
            restored.ReadFixups(property, NameRules.IsLabel(property.Name));
        if (localFixups is not null)
            restored.ReadLocalFixups(localFixups);
        restored.Finish();
    }

    /// <summary>Puts back references to paths, which dtc writes as fixups before 1.7 and does not read.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="fixups">The properties that list their places.</param>
    /// <param name="diagnostics">Gets warnings.</param>
    public static void RestorePaths(LiveTree tree, IReadOnlyList<LiveProperty> fixups, DiagnosticBag diagnostics)
    {
        var restored = new RestoredReferences(tree, diagnostics);
        foreach (LiveProperty property in fixups)
            restored.ReadFixups(property, isTarget: true);
        restored.Finish();
    }

    private void Finish()
    {
        foreach ((LiveProperty property, List<Marker> references) in _found)
            property.Value.AddReferences(references);
    }

    private static uint? PhandleOf(LiveNode node) =>
        CellOf(node, PropertyNames.Phandle) ?? CellOf(node, PropertyNames.LegacyPhandle);

    private static uint? CellOf(LiveNode node, string name) =>
        node.Properties.FindLive(name) is { Value.Length: sizeof(uint) } property
            ? BinaryPrimitives.ReadUInt32BigEndian(property.Value.Bytes.Span) : null;

    /// <summary>Reads the places of one label or path: <c>path:property:offset</c>, each with its NUL.</summary>
    private void ReadFixups(LiveProperty places, bool isTarget)
    {
        ReadOnlySpan<byte> rest = places.Value.Bytes.Span;
        uint expected = _tree.Find(places.Name) is LiveNode known ? PhandleOf(known) ?? 0 : uint.MaxValue;
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)0);
            string[] parts = end < 0 ? [] : Encoding.Latin1.GetString(rest[..end]).Split(':', 3);
            if (parts.Length < 3)
                _diagnostics.Report(RestorationRules.MalformedFixup, default, places.Name);
            if (end < 0)
                return;
            rest = rest[(end + 1)..];
            if (parts.Length < 3)
                continue;
            LiveNode? node = _tree.FindWritten(parts[0]);
            LiveProperty? property = node?.Properties.FindLive(parts[1]);
            if (node is null)
                _diagnostics.Report(RestorationRules.FixupWithoutNode, default, places.Name, parts[0]);
            else if (property is null)
                _diagnostics.Report(RestorationRules.FixupWithoutProperty, default, places.Name, node, parts[1]);
            else if (NumberAt(parts[2]) is var offset && (offset < 0 || offset > property.Value.Length - sizeof(uint)))
                _diagnostics.Report(RestorationRules.FixupOutside, default, places.Name, property.Name, node);
            else if (isTarget)
                Add(property, (int)offset, places.Name, expected);
        }
    }

    /// <summary>
    /// Reads the mirror of the tree in which every property holds the offsets of references within the tree, a node before its
    /// children and these in their order, as dtc's findings come.
    /// </summary>
    private void ReadLocalFixups(LiveNode mirror)
    {
        var pending = new Stack<(LiveNode Mirror, LiveNode? Node, LiveNode Parent)>([(mirror, _tree.Root!, _tree.Root!)]);
        while (pending.TryPop(out (LiveNode Mirror, LiveNode? Node, LiveNode Parent) next))
        {
            if (next.Node is not LiveNode node)
            {
                _diagnostics.Report(RestorationRules.LocalFixupWithoutNode, default, next.Mirror.Name, next.Parent);
                continue;
            }
            foreach (LiveProperty offsets in next.Mirror.Properties.Live)
            {
                if (node.Properties.FindLive(offsets.Name) is not LiveProperty property)
                    _diagnostics.Report(RestorationRules.LocalFixupWithoutProperty, default, offsets.Name, node);
                else if (offsets.Value.Length % sizeof(uint) != 0)
                    _diagnostics.Report(RestorationRules.MalformedLocalFixup, default, offsets.Name, node);
                else
                    ReadOffsets(offsets.Value.Bytes.Span, property);
            }
            foreach (LiveNode child in next.Mirror.Children.Live.Reverse())
                pending.Push((child, node.Children.FindLive(child.Name), node));
        }
    }

    private void ReadOffsets(ReadOnlySpan<byte> offsets, LiveProperty property)
    {
        for (; !offsets.IsEmpty; offsets = offsets[sizeof(uint)..])
        {
            uint offset = BinaryPrimitives.ReadUInt32BigEndian(offsets);
            if (offset + (long)sizeof(uint) > property.Value.Length)
            {
                _diagnostics.Report(RestorationRules.LocalFixupOutside, default, property.Name, offset);
                continue;
            }
            uint phandle = BinaryPrimitives.ReadUInt32BigEndian(property.Value.Bytes.Span[(int)offset..]);
            if (!_byPhandle.TryGetValue(phandle, out LiveNode? target))
                _diagnostics.Report(RestorationRules.LocalFixupWithoutTarget, default, phandle, property.Name);
            else
                Add(property, (int)offset, target.Labels.Live.FirstOrDefault()?.Name ?? target.Path, phandle);
        }
    }

    private void Add(LiveProperty property, int offset, string target, uint compiled)
    {
        if (BinaryPrimitives.ReadUInt32BigEndian(property.Value.Bytes.Span[offset..]) != compiled)
            return;
        if (!_found.TryGetValue(property, out List<Marker>? references))
            _found.Add(property, references = []);
        references.Add(new(offset, MarkerKind.PhandleReference, target, default));
    }

    /// <summary>
    /// What C's <c>strtol</c> makes of a text: digits as far as they go, with 0x or 0 in front in another base.
    /// </summary>
    private static long NumberAt(string text)
    {
        ReadOnlySpan<char> digits = text.AsSpan().TrimStart();
        bool isNegative = digits.StartsWith('-');
        if (isNegative || digits.StartsWith('+'))
            digits = digits[1..];
        bool isHex = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        int numberBase = isHex ? 16 : digits.StartsWith('0') ? 8 : 10;
        long number = 0;
        foreach (char c in isHex ? digits[2..] : digits)
        {
            if (!int.TryParse([c], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int digit)
                || digit >= numberBase || number > int.MaxValue)
                break;
            number = number * numberBase + digit;
        }
        return isNegative ? -number : number;
    }
}
