using Devicetree.Text.Diagnostics;

namespace Devicetree.Tool.Verbs.Overlay;

/// <summary>What can be wrong when overlays are applied; the ids are stable.</summary>
internal static class OverlayRules
{
    /// <summary>A label that the base does not have.</summary>
    public static readonly DiagnosticRule UnknownLabel = new(
        "DT0026", "unknown-label", Severity.Error, "{0} has no label '{1}'",
        "Give the node in the base that label, or correct the name.")
    {
        Why = "The fragment has no place to go to, so that the overlay is not applied at all: half an overlay would "
            + "leave a device half configured.",
        Example = """
            overlay.dts, on a base without the label 'uart9':
            /dts-v1/;
            /plugin/;
            &uart9 {
            	status = "okay";
            };
            """,
    };

    /// <summary>A label that the base does not have, while it has one that looks like it.</summary>
    public static readonly DiagnosticRule SimilarLabel = UnknownLabel with { Remedy = "Did you mean '{2}', which is {3}?" };

    /// <summary>A path that the base does not have.</summary>
    public static readonly DiagnosticRule UnknownPath = UnknownLabel with { Message = "{0} has no node '{1}'", Remedy = "{2}" };

    /// <summary>A base that was compiled without labels.</summary>
    public static readonly DiagnosticRule NoSymbols = new(
        "DT0027", "no-symbols", Severity.Error, "{0} has no symbols, so that no label of it is known: not '{1}' either",
        "Compile the base with symbols (dt compile -@, dtc -@).")
    {
        Why = "References of an overlay are resolved by the labels in '/__symbols__' of the base. The compiler only "
            + "writes them when it is asked to.",
        Example = """
            dt compile board.dts -o board.dtb
            dt overlay board.dtb overlay.dtbo -o merged.dtb
            """,
    };

    /// <summary>Anything else that keeps an overlay from being applied.</summary>
    public static readonly DiagnosticRule NotApplied = new(
        "DT0023", "overlay-not-applied", Severity.Error, "the overlay cannot be applied to {0}: {1}", "{2}")
    {
        Why = "The base is left as it was: half an overlay would leave a device half configured.",
        Example = "An overlay whose __fixups__ name a property that it does not have.",
    };

    /// <summary>A tree that is no overlay.</summary>
    public static readonly DiagnosticRule NoFragments = new(
        "DT0024", "no-fragments", Severity.Warning, "the overlay has no fragment, so that it changes nothing",
        "An overlay's source begins with '/dts-v1/; /plugin/;' and refers to nodes of the base: '&label {{ … }};'.")
    {
        Why = "The output is the base, unchanged. Usually the file is a base itself, or '/plugin/' is missing.",
        Example = """
            /dts-v1/;
            / {
            	model = "Acme Board";
            };
            """,
    };

    /// <summary>A part of the overlay that no fragment takes along.</summary>
    public static readonly DiagnosticRule PartOutside = new(
        "DT0060", "part-outside", Severity.Warning, "{0}, so that nothing of it is applied", "{1}")
    {
        Why = "Only what is under '__overlay__' of a fragment goes to the base. Boot loaders drop the rest without a "
            + "report.",
        Example = """
            /dts-v1/;
            /plugin/;
            &uart0 {
            	status = "okay";
            };
            / {
            	leds {
            	};
            };
            """,
    };

    /// <summary>What only the firmware of Raspberry Pi does with overlays.</summary>
    public static readonly DiagnosticRule FirmwareOnly = new(
        "DT0061", "firmware-only", Severity.Warning, "{0}: only the firmware of Raspberry Pi does that, and it is not applied", "{1}")
    {
        Why = "The kernel, U-Boot and libfdt apply the overlay differently from the firmware, so a tree that is merged "
            + "here differs from the one on the board.",
        Example = """
            /dts-v1/;
            /plugin/;
            / {
            	__overrides__ {
            		speed = <0>, "target:0";
            	};
            };
            """,
    };

    /// <summary>A node that is merged into one of a longer name.</summary>
    public static readonly DiagnosticRule MetLoosely = new(
        "DT0062", "met-loosely", Severity.Warning, "{0} goes into {1}: without a unit address it means the first node of its name",
        "Write the unit address, if that node is meant, or another name.")
    {
        Why = "Boot loaders with libfdt take a name without a unit address for the first node that begins so. The kernel does not: it "
            + "adds a second node.",
        Example = """
            The base has 'gpio@1000', and the overlay says:
            /dts-v1/;
            /plugin/;
            &{/} {
            	gpio {
            		status = "okay";
            	};
            };
            """,
    };

    /// <summary>A label that an overlay as a base does not have, while it has one that looks like it.</summary>
    public static readonly DiagnosticRule CarriedLabel = new(
        "DT0063", "carried-label", Severity.Warning, "label '{0}' is left for the tree that both overlays will be applied to",
        "Did you mean '{1}', which is {2}?")
    {
        Why = "When that tree does not have the label either, applying the result fails, possibly only on the board.",
        Example = "dt overlay a.dtbo b.dtbo -o both.dtbo, where b refers to 'leds' and a has the label 'led'",
    };

    /// <summary>The base itself.</summary>
    public static readonly DiagnosticRule BadBase = new(
        "DT0025", "base-not-usable", Severity.Error, "overlays cannot be applied to this tree: {0}", "Compile it again from its source.")
    {
        Why = "An overlay needs a tree whose phandles and symbols can be trusted; otherwise it would change the wrong "
            + "nodes.",
        Example = "A base with two nodes of one phandle.",
    };

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        UnknownLabel, SimilarLabel, UnknownPath, NoSymbols, NotApplied, NoFragments, PartOutside, FirmwareOnly,
        MetLoosely, CarriedLabel, BadBase,
    ];
}
