using Devicetree.Text.Diagnostics;

namespace Devicetree.Tool.Verbs.Overlay;

/// <summary>What can be wrong when overlays are applied; the ids are stable.</summary>
internal static class OverlayRules
{
    /// <summary>A label that the base does not have.</summary>
    public static readonly DiagnosticRule UnknownLabel = new(
        "DT0026", "unknown-label", Severity.Error, "{0} has no label '{1}'",
        "Give the node in the base that label, or correct the name.");

    /// <summary>A label that the base does not have, while it has one that looks like it.</summary>
    public static readonly DiagnosticRule SimilarLabel = UnknownLabel with { Remedy = "Did you mean '{2}', which is {3}?" };

    /// <summary>A path that the base does not have.</summary>
    public static readonly DiagnosticRule UnknownPath = UnknownLabel with { Message = "{0} has no node '{1}'", Remedy = "{2}" };

    /// <summary>A base that was compiled without labels.</summary>
    public static readonly DiagnosticRule NoSymbols = new(
        "DT0027", "no-symbols", Severity.Error, "{0} has no symbols, so that no label of it is known: not '{1}' either",
        "Compile the base with symbols (dt compile -@, dtc -@).");

    /// <summary>Anything else that keeps an overlay from being applied.</summary>
    public static readonly DiagnosticRule NotApplied = new(
        "DT0023", "overlay-not-applied", Severity.Error, "the overlay cannot be applied to {0}: {1}", "{2}");

    /// <summary>A tree that is no overlay.</summary>
    public static readonly DiagnosticRule NoFragments = new(
        "DT0024", "no-fragments", Severity.Warning, "the overlay has no fragment, so that it changes nothing",
        "An overlay's source begins with '/dts-v1/; /plugin/;' and refers to nodes of the base: '&label {{ … }};'.");

    /// <summary>A part of the overlay that no fragment takes along.</summary>
    public static readonly DiagnosticRule PartOutside = new(
        "DT0060", "part-outside", Severity.Warning, "{0}, so that nothing of it is applied", "{1}");

    /// <summary>What only the firmware of Raspberry Pi does with overlays.</summary>
    public static readonly DiagnosticRule FirmwareOnly = new(
        "DT0061", "firmware-only", Severity.Warning, "{0}: only the firmware of Raspberry Pi does that, and it is not applied", "{1}");

    /// <summary>A node that is merged into one of a longer name.</summary>
    public static readonly DiagnosticRule MetLoosely = new(
        "DT0062", "met-loosely", Severity.Warning, "{0} goes into {1}: without a unit address it means the first node of its name",
        "Write the unit address, if that node is meant, or another name.");

    /// <summary>A label that an overlay as a base does not have, while it has one that looks like it.</summary>
    public static readonly DiagnosticRule CarriedLabel = new(
        "DT0063", "carried-label", Severity.Warning, "label '{0}' is left for the tree that both overlays will be applied to",
        "Did you mean '{1}', which is {2}?");

    /// <summary>The base itself.</summary>
    public static readonly DiagnosticRule BadBase = new(
        "DT0025", "base-not-usable", Severity.Error, "overlays cannot be applied to this tree: {0}", "Compile it again from its source.");

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        UnknownLabel, SimilarLabel, UnknownPath, NoSymbols, NotApplied, NoFragments, PartOutside, FirmwareOnly,
        MetLoosely, CarriedLabel, BadBase,
    ];
}
