using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Devicetree.Checks;
using Devicetree.Compatibility;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Compilation.Passes;

/// <summary>
/// Writes <c>/__fixups__</c>, where references to another tree stand, and <c>/__local_fixups__</c>, where those to this one do
/// (devicetree.md 1.11).
/// </summary>
internal sealed class GeneratedFixups
{
    private readonly LiveTree _tree;
    private readonly DtcVersion _version;
    private readonly ICheckReporter _reporter;
    private readonly bool _refusesPaths;
    private readonly bool _takesLabelsOnly;
    private readonly bool _keepsPaths;

    /// <summary>What the properties hold already; null in versions that append without looking.</summary>
    private readonly HashSet<(LiveProperty Property, string Entry)>? _entries;
    private readonly HashSet<LiveProperty> _read = [];

    private GeneratedFixups(LiveTree tree, DtcVersion version, bool isStrict, bool keepsPaths, ICheckReporter reporter)
    {
        _tree = tree;
        _version = version;
        _reporter = reporter;
        // See StrictChoices.FixupsResolvable. A name in braces may be no label since DtcChanges.LabelRelativePaths, and no
        // property either.
        _takesLabelsOnly = isStrict;
        _keepsPaths = keepsPaths;
        _refusesPaths = isStrict || version.Has(DtcChanges.ExternalPathIsFatal);
        _entries = version.Has(DtcChanges.FixupsMerged) ? [] : null;
    }

    /// <summary>Writes both nodes where there is anything to write.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="version">Whose fixups they are.</param>
    /// <param name="isStrict">Whether what nothing can apply is refused.</param>
    /// <param name="keepsPaths">Whether references to absolute paths of another tree are fixups of those paths, for who can apply
    /// them.</param>
    /// <param name="reporter">Hears of what cannot be written.</param>
    /// <returns>False, reported, when a reference cannot be written.</returns>
    public static bool TryAdd(LiveTree tree, DtcVersion version, bool isStrict, bool keepsPaths, ICheckReporter reporter)
    {
        var references = new List<Reference>();
        foreach (LiveNode node in tree.Nodes)
        {
            foreach (LiveProperty property in node.Properties.Live)
            {
                IReadOnlyList<Marker> markers = property.Value.Markers;
                for (int i = 0; i < markers.Count; i++)
                {
                    if (markers[i].Kind == MarkerKind.PhandleReference)
                        references.Add(new(node, property, markers[i], tree.Find(markers[i].Target) is not null));
                }
            }
        }
        var fixups = new GeneratedFixups(tree, version, isStrict, keepsPaths, reporter);
        return fixups.TryAddExternal(references) && fixups.AddLocal(references);
    }

    private bool TryAddExternal(List<Reference> references)
    {
        bool malformed = false;
        foreach (Reference reference in references)
        {
            if (reference.IsLocal || _tree.Budget.IsExhausted)
                continue;
            string path = reference.Node.Path;
            Marker marker = reference.Marker;
            bool isKept = _keepsPaths && marker.Target.StartsWith('/');
            if (!isKept && ((_refusesPaths && marker.Target.Contains('/'))
                || (_takesLabelsOnly && !NameRules.IsLabel(marker.Target))))
                return Refuse(PassRules.ExternalPath, DtcPassWords.ExternalPath, reference, $"&{{{marker.Target}}}");
            if (path.Contains(':') || reference.Property.Name.Contains(':'))
                return Refuse(PassRules.ColonInFixup, DtcPassWords.ColonInFixup, reference);
            LiveNode fixups = GeneratedNode.ChildOf(_tree.Root!, OverlayNames.Fixups);
            string place = string.Create(CultureInfo.InvariantCulture, $"{path}:{reference.Property.Name}:{marker.Offset}");
            malformed |= !TryAppend(fixups, marker.Target, MarkerKind.Text, place, Encoding.Latin1.GetBytes(place + "\0"));
        }
        if (malformed)
            WarnOfMalformed(OverlayNames.Fixups);
        return true;
    }

    private bool AddLocal(List<Reference> references)
    {
        bool malformed = false;
        Span<byte> cell = stackalloc byte[sizeof(uint)];
        foreach (Reference reference in references)
        {
            if (!reference.IsLocal || _tree.Budget.IsExhausted)
                continue;
            LiveNode mirror = GeneratedNode.ChildOf(_tree.Root!, OverlayNames.LocalFixups);
            foreach (LiveNode ancestor in PathFromRoot(reference.Node))
                mirror = GeneratedNode.ChildOf(mirror, ancestor.Name);
            int offset = reference.Marker.Offset;
            BinaryPrimitives.WriteInt32BigEndian(cell, offset);
            malformed |= !TryAppend(mirror, reference.Property.Name, MarkerKind.Cells,
                offset.ToString(CultureInfo.InvariantCulture), cell);
        }
        if (malformed)
            WarnOfMalformed(OverlayNames.LocalFixups);
        return true;
    }

    /// <summary>Appends an entry that is not there yet. False when what is there is no list of such entries.</summary>
    private bool TryAppend(LiveNode node, string name, MarkerKind kind, string entry, ReadOnlySpan<byte> bytes)
    {
        if (_entries is not null && node.Properties.FindLive(name) is LiveProperty known)
        {
            if (!IsWellFormed(known.Value, kind))
                return false;
            if (_read.Add(known))
                ReadEntries(known, kind);
            if (!_entries.Add((known, entry)))
                return true;
        }
        GeneratedNode.Append(_tree, node, name, kind, bytes);
        return true;
    }

    private static bool IsWellFormed(LiveValue value, MarkerKind kind) => kind == MarkerKind.Text
        ? value.Length == 0 || value.Bytes.Span[^1] == 0
        : value.Length % sizeof(uint) == 0;

    private void ReadEntries(LiveProperty property, MarkerKind kind)
    {
        ReadOnlySpan<byte> bytes = property.Value.Bytes.Span;
        while (!bytes.IsEmpty)
        {
            int length = kind == MarkerKind.Text ? bytes.IndexOf((byte)0) : sizeof(uint);
            _entries!.Add((property, kind == MarkerKind.Text
                ? Encoding.Latin1.GetString(bytes[..length])
                : BinaryPrimitives.ReadInt32BigEndian(bytes).ToString(CultureInfo.InvariantCulture)));
            bytes = bytes[(kind == MarkerKind.Text ? length + 1 : length)..];
        }
    }

    private bool Refuse(DiagnosticRule rule, PassWords words, Reference reference, params object[] arguments)
    {
        var place = new PropertyPlace(reference.Node, reference.Property);
        _reporter.Report(new PassMessage(rule, reference.Marker.Span, words, [place, .. arguments]));
        return false;
    }

    private void WarnOfMalformed(string name) => _reporter.Report(new PassMessage(
        PassRules.MalformedFixups, default, DtcPassWords.MalformedFixups, "/" + name, "not all entries could be added", name));

    /// <summary>The node and those above it, the root left out, from the top.</summary>
    private static Stack<LiveNode> PathFromRoot(LiveNode node)
    {
        var path = new Stack<LiveNode>();
        for (LiveNode at = node; at.Parent is not null; at = at.Parent)
            path.Push(at);
        return path;
    }

    private readonly record struct Reference(LiveNode Node, LiveProperty Property, Marker Marker, bool IsLocal);
}
