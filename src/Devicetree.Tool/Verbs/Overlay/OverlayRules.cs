using Devicetree.Text.Diagnostics;

namespace Devicetree.Tool.Verbs.Overlay;

/// <summary>What can be wrong when overlays are applied; the ids are stable.</summary>
internal static class OverlayRules
{
    /// <summary>A label that the base does not have.</summary>
    public static readonly DiagnosticRule UnknownLabel = new(
        "DT0021", "unknown-label", Severity.Error, "{0} has no label '{1}'",
        "Give the node in the base that label, or refer to it by its path.");

    /// <summary>A label that the base does not have, while it has one that looks like it.</summary>
    public static readonly DiagnosticRule SimilarLabel = new(
        "DT0021", "unknown-label", Severity.Error, "{0} has no label '{1}'", "Was '{2}' meant, which is {3}?");

    /// <summary>A base that was compiled without labels.</summary>
    public static readonly DiagnosticRule NoSymbols = new(
        "DT0022", "no-symbols", Severity.Error, "{0} has no symbols, so that no label of it is known: not '{1}' either",
        "Compile the base with symbols (dt compile -@, dtc -@).");

    /// <summary>Anything else that keeps an overlay from being applied.</summary>
    public static readonly DiagnosticRule NotApplied = new(
        "DT0023", "overlay-not-applied", Severity.Error, "the overlay cannot be applied to {0}: {1}", "{2}");

    /// <summary>A tree that is no overlay.</summary>
    public static readonly DiagnosticRule NoFragments = new(
        "DT0024", "no-fragments", Severity.Warning, "the overlay has no fragment, so that it changes nothing",
        "An overlay's source begins with '/dts-v1/; /plugin/;' and refers to nodes of the base: '&label {{ … }};'.");

    /// <summary>The base itself.</summary>
    public static readonly DiagnosticRule BadBase = new(
        "DT0025", "base-not-usable", Severity.Error, "overlays cannot be applied to this blob: {0}", "Compile it anew, as version 17.");
}
