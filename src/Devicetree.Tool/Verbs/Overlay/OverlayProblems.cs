using System.Globalization;
using System.Text;
using Devicetree.Flattened;
using Devicetree.Live;
using Devicetree.Overlays;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;
using Devicetree.Text.Sources;

namespace Devicetree.Tool.Verbs.Overlay;

/// <summary>
/// Says why an overlay cannot be applied: where in its source, which label is missing, and what may have been meant.
/// </summary>
/// <param name="baseName">What the user called the base.</param>
/// <param name="stack">The base with the overlays before this one.</param>
/// <param name="overlay">The overlay.</param>
internal sealed class OverlayProblems(string baseName, OverlayStack stack, OverlayTree overlay)
{
    /// <summary>The name of the node that holds what a fragment brings.</summary>
    public const string Body = "__overlay__";

    private const string Symbols = "/__symbols__";
    private const string Fixups = "/__fixups__";
    private const string TargetPath = "target-path";

    /// <summary>What to report: for a missing label all that are missing, else the error alone.</summary>
    public IReadOnlyList<ReportItem> Of(OverlayError error)
    {
        Dictionary<string, string> known = LabelsOfBase();
        if (error.IsAboutBase)
            return [Report(OverlayRules.BadBase, error.Kind, null, [], error)];
        bool hasSymbols = stack.Tree.Find(Symbols) is not null;
        if (error.Label is string label && !IsKnown(label, known) && (hasSymbols || label.StartsWith('/')) && IsNamed(label))
            return [.. MissingLabels(known).Select(each => Missing(each, known, error.Kind))];
        if (error.Label is string unknown && !hasSymbols)
            return [Report(OverlayRules.NoSymbols, error.Kind, error.Place ?? error.Property, [], baseName, unknown)];
        return [Report(OverlayRules.NotApplied, error.Kind, error.Place ?? error.Property ?? FragmentPlace(error.Fragment), [],
            baseName, error.Message, Remedy(error))];
    }

    /// <summary>
    /// What is worth a warning of what an overlay that was applied has. Of sources the compiler has said some of it, with places.
    /// </summary>
    public IEnumerable<ReportItem> OfNotes(IReadOnlyList<OverlayNote> notes)
    {
        Dictionary<string, string> known = LabelsOfBase();
        foreach (OverlayNote note in notes)
        {
            bool isTold = overlay.Source is not null;
            ReportItem? item = note.Kind switch
            {
                OverlayNoteKind.OutsideNode when !isTold =>
                    Warn(OverlayRules.PartOutside, note.Place, $"node {note.Place} is in no fragment",
                    "Put it into a fragment of the overlay."),
                OverlayNoteKind.WithoutBody when !isTold =>
                    Warn(OverlayRules.PartOutside, note.Place, $"{note.Place} has a target but no '{Body}'",
                    note.Other.Length > 0 ? $"Did you mean '{Body}' by '{note.Other}'?" : "Put what it brings into a node of that name."),
                OverlayNoteKind.RootProperties when note.Other != "compatible" => Warn(OverlayRules.PartOutside, note.Place,
                    $"the overlay's root has {note.Other}", "Set properties of the base's root in a fragment: '&{/} { … };'."),
                OverlayNoteKind.Dormant =>
                    Warn(OverlayRules.FirmwareOnly, note.Place, $"{note.Place} is dormant until a parameter switches it on",
                    $"Rename its '__dormant__' to '{Body}' to apply it."),
                OverlayNoteKind.Parameters =>
                    Warn(OverlayRules.FirmwareOnly, note.Place, $"the overlay takes parameters ({note.Other})",
                    "Write the values that you want into the overlay."),
                OverlayNoteKind.MetLoosely => Warn(OverlayRules.MetLoosely, note.Place, note.Place, note.Other),
                OverlayNoteKind.Carried when NearMiss.Of(note.Other, known.Keys) is string near =>
                    Warn(OverlayRules.CarriedLabel, note.Place, note.Other, near, known[near]),
                _ => null,
            };
            if (item is not null)
                yield return item;
        }
    }

    private ReportItem Warn(DiagnosticRule rule, string place, params object[] arguments) =>
        Report(rule, null, place, [], arguments);

    private bool IsNamed(string label) => overlay.Tree.Find(Fixups)?.Property(label) is not null;

    private IEnumerable<Property> MissingLabels(Dictionary<string, string> known) =>
        overlay.Tree.Find(Fixups)!.Properties.Where(label => !IsKnown(label.Name, known));

    private bool IsKnown(string label, Dictionary<string, string> known) =>
        label.StartsWith('/') ? stack.Tree.Find(label) is not null : known.ContainsKey(label);

    private ReportItem Missing(Property label, Dictionary<string, string> known, FdtErrorKind kind)
    {
        string[] places = Encoding.Latin1.GetString(label.Value.Span).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        string? place = places.FirstOrDefault();
        RelatedPlace[] others =
            [.. places.Skip(1).Take(5).Select(each => new RelatedPlace(SpanOf(each), $"also wanted at {each}"))];
        if (label.Name.StartsWith('/'))
        {
            string? nearPath = NearMiss.Of(label.Name, stack.Tree.Root.SelfAndDescendants().Select(node => node.Path));
            return Report(OverlayRules.UnknownPath, kind, place, others, baseName, label.Name,
                nearPath is null ? "Correct the path; 'dt print' shows the nodes that there are."
                    : $"Did you mean '{nearPath}'?");
        }
        return NearMiss.Of(label.Name, known.Keys) is string near
            ? Report(OverlayRules.SimilarLabel, kind, place, others, baseName, label.Name, near, known[near])
            : Report(OverlayRules.UnknownLabel, kind, place, others, baseName, label.Name);
    }

    private ReportItem Report(DiagnosticRule rule, FdtErrorKind? kind, string? place, IReadOnlyList<RelatedPlace> related,
        params ReadOnlySpan<object> arguments)
    {
        var diagnostics = new DiagnosticBag();
        diagnostics.Report(rule, place is null ? default : SpanOf(place), related, arguments);
        string[] parts = place?.Split(':') ?? [];
        var details = new List<ReportDetail> { new("overlay", overlay.File) };
        if (parts is [string path, ..] && path.Split('/', StringSplitOptions.RemoveEmptyEntries) is [string fragment, ..]
            && fragment != Fixups[1..])
            details.Add(new("fragment", fragment));
        if (parts.Length == 3)
            details.Add(new("place", place!));
        if (kind is FdtErrorKind code)
            details.Add(new("code", "FDT_ERR_" + code.Word()));
        return new(diagnostics.Items[0])
        {
            File = overlay.File,
            NodePath = parts.Length > 0 ? parts[0] : null,
            Property = parts.Length > 1 ? parts[1] : null,
            Details = details,
        };
    }

    private Dictionary<string, string> LabelsOfBase()
    {
        var labels = new Dictionary<string, string>();
        foreach (Property symbol in stack.Tree.Find(Symbols)?.Properties ?? [])
            labels.TryAdd(symbol.Name, Encoding.Latin1.GetString(symbol.Value.Span.TrimEnd((byte)0)));
        return labels;
    }

    private string Remedy(OverlayError error) => error.Kind switch
    {
        FdtErrorKind.NotFound when error.Label is null && error.Place is not null =>
            "Put that node into a fragment of the overlay: '&{/} { … };' adds it to the root of the base.",
        FdtErrorKind.NotFound when error.Property?.EndsWith(":" + TargetPath, StringComparison.Ordinal) == true
            && MeantPath(error) is string near =>
            $"Did you mean '{near}'?",
        FdtErrorKind.NotFound or FdtErrorKind.BadPath =>
            "Make the overlay refer to a node that the base has; 'dt print' shows those that there are.",
        FdtErrorKind.BadPhandle =>
            "Compile the overlay again with labels and '/plugin/', so that its fixups say what each target is.",
        FdtErrorKind.NoPhandles => "Number the phandles of the base lower, or let the compiler number them.",
        FdtErrorKind.NoSpace or FdtErrorKind.BadOverlay or FdtErrorKind.BadValue =>
            "Compile the overlay again from its source; its fixups or symbols do not fit its nodes.",
        _ => "",
    };

    /// <summary>The node of the base whose path differs least from that of a fragment's target.</summary>
    private string? MeantPath(OverlayError error)
    {
        if (error.Fragment is null || overlay.Tree.Find(error.Fragment)?.Property(TargetPath) is not Property written)
            return null;
        return NearMiss.Of(Encoding.Latin1.GetString(written.Value.Span).TrimEnd('\0'),
            stack.Tree.Root.SelfAndDescendants().Select(node => node.Path));
    }

    private static string? FragmentPlace(string? fragment) => fragment is null ? null : "/" + fragment;

    /// <summary>
    /// Where the source writes a place of the overlay, given as <c>path</c>, <c>path:property</c> or <c>path:property:offset</c>:
    /// the reference there, else the property, else the node or the reference that made it. No place in a blob.
    /// </summary>
    private SourceSpan SpanOf(string place)
    {
        string[] parts = place.Split(':');
        if (overlay.Source?.Find(parts[0].Length == 0 ? "/" : parts[0]) is not LiveNode node)
            return default;
        LiveProperty? property = parts.Length > 1 ? node.Properties.FindLive(parts[1]) : null;
        if (property is not null && parts.Length > 2 && int.TryParse(parts[2], CultureInfo.InvariantCulture, out int offset))
        {
            Marker reference = property.Value.Markers.FirstOrDefault(
                marker => marker.Kind == MarkerKind.PhandleReference && marker.Offset == offset);
            if (reference.Span.Source is not null)
                return reference.Span;
        }
        if (property?.Span.Source is not null)
            return property.Span;
        SourceSpan body = node.Children.FindLive(Body)?.NameSpan ?? default;
        return body.Source is not null ? body : node.NameSpan;
    }
}
