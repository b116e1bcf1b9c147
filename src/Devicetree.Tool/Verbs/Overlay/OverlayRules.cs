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
        What = "An overlay refers to labels and nodes that the base has.",
        Why = "The fragment has no place to go to, so that the overlay is not applied at all: half an overlay would "
            + "leave a device half configured.",
        Example = """
            # overlay.dtso: /dts-v1/; /plugin/; &uart9 { status = "okay"; };
            dt overlay board.dts overlay.dtso -o merged.dtb
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
        What = "A base has symbols, so that overlays can refer to its labels.",
        Why = "References of an overlay are resolved by the labels in '/__symbols__' of the base. The compiler only "
            + "writes them when it is asked to.",
        Example = """
            dt compile board.dts -o board.dtb
            dt overlay board.dtb overlay.dtso -o merged.dtb
            """,
    };

    /// <summary>Anything else that keeps an overlay from being applied.</summary>
    public static readonly DiagnosticRule NotApplied = new(
        "DT0023", "overlay-not-applied", Severity.Error, "the overlay cannot be applied to {0}: {1}", "{2}")
    {
        WhatToDo = "Correct what the message names, in the overlay or in the base.",
        Why = "The base is left as it was: half an overlay would leave a device half configured.",
        Example = """
            # overlay.dts: /dts-v1/; / { __fixups__ { uart0 = "/fragment@0:target"; }; fragment@0 { target = <0>; __overlay__ { }; }; };
            dt overlay board.dts overlay.dts -o merged.dtb
            """,
    };

    /// <summary>A tree that is no overlay.</summary>
    public static readonly DiagnosticRule NoFragments = new(
        "DT0024", "no-fragments", Severity.Warning, "the overlay has no fragment, so that it changes nothing",
        "Begin the overlay's source with '/dts-v1/; /plugin/;', and refer to nodes of the base: '&label {{ … }};'.")
    {
        Why = "The output is the base, unchanged. Usually the file is a base itself, or '/plugin/' is missing.",
        Example = "dt overlay board.dts other.dts -o merged.dtb",
    };

    /// <summary>A part of the overlay that no fragment takes along.</summary>
    public static readonly DiagnosticRule PartOutside = new(
        "DT0060", "part-outside", Severity.Warning, "{0}, so that nothing of it is applied", "{1}")
    {
        What = "Everything in an overlay belongs to a fragment.",
        WhatToDo = "Move it into a fragment: '&label { … };' in the source.",
        Why = "Only what is under '__overlay__' of a fragment goes to the base. Boot loaders drop the rest without a "
            + "report.",
        Example = """
            # overlay.dtso: /dts-v1/; /plugin/; &uart0 { status = "okay"; }; / { leds { }; };
            dt compile overlay.dtso -o overlay.dtbo
            dt overlay board.dts overlay.dtbo -o merged.dtb
            """,
    };

    /// <summary>What only the firmware of Raspberry Pi does with overlays.</summary>
    public static readonly DiagnosticRule FirmwareOnly = new(
        "DT0061", "firmware-only", Severity.Warning, "{0}: only the firmware of Raspberry Pi does that, and it is not applied",
        "{1}")
    {
        What = "An overlay does not use what only the firmware of Raspberry Pi understands.",
        WhatToDo = "Write the change itself into a fragment, or let the firmware apply the overlay.",
        Why = "The kernel, U-Boot and libfdt apply the overlay differently from the firmware, so a tree that is merged "
            + "here differs from the one on the board.",
        Example = """
            # overlay.dtso: /dts-v1/; /plugin/; &uart0 { }; / { __overrides__ { speed = <0>, "current-speed:0"; }; };
            dt overlay board.dts overlay.dtso -o merged.dtb
            """,
    };

    /// <summary>A node that is merged into one of a longer name.</summary>
    public static readonly DiagnosticRule MetLoosely = new(
        "DT0062", "met-loosely", Severity.Warning,
        "{0} goes into {1}: without a unit address it means the first node of its name",
        "Write the unit address, if that node is meant, or another name.")
    {
        What = "A node of an overlay has the whole name of the node that it changes.",
        Why = "Boot loaders with libfdt take a name without a unit address for the first node that begins so. The kernel does not: it "
            + "adds a second node.",
        Example = """
            # overlay.dtso: /dts-v1/; /plugin/; &{/soc} { uart { status = "disabled"; }; };
            dt overlay board.dts overlay.dtso -o merged.dtb
            """,
    };

    /// <summary>A label that an overlay as a base does not have, while it has one that looks like it.</summary>
    public static readonly DiagnosticRule CarriedLabel = new(
        "DT0063", "carried-label", Severity.Warning, "label '{0}' is left for the tree that both overlays will be applied to",
        "Did you mean '{1}', which is {2}?")
    {
        Why = "When that tree does not have the label either, applying the result fails, possibly only on the board.",
        Example = """
            # a.dtso: /dts-v1/; /plugin/; &uart0 { leds: leds { }; };
            # b.dtso: /dts-v1/; /plugin/; &led { };
            dt overlay a.dtso b.dtso -o both.dtbo
            """,
    };

    /// <summary>The base itself.</summary>
    public static readonly DiagnosticRule BadBase = new(
        "DT0025", "base-not-usable", Severity.Error, "overlays cannot be applied to this tree: {0}",
        "Compile it again from its source.")
    {
        Why = "An overlay needs a tree whose phandles and symbols can be trusted; otherwise it would change the wrong "
            + "nodes.",
        Example = """
            # base.dts: /dts-v1/; / { __fixups__ { x = "a"; }; fragment@0 { target = <0xffffffff>; __overlay__ { }; }; };
            dt overlay base.dts overlay.dtso -o merged.dtbo
            """,
    };

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        UnknownLabel, SimilarLabel, UnknownPath, NoSymbols, NotApplied, NoFragments, PartOutside, FirmwareOnly,
        MetLoosely, CarriedLabel, BadBase,
    ];
}
