using Devicetree.Text.Diagnostics;

namespace Devicetree.Compilation.Passes;

/// <summary>What passes say that are no checks. The numbers continue those of <see cref="Source.DtsRules"/>.</summary>
internal static class PassRules
{
    /// <summary>A phandle reference in a plugin names a path of the other tree, which cannot be looked up by label.</summary>
    public static readonly DiagnosticRule ExternalPath = new(
        "DTS041", "external-path", Severity.Error, "{0} refers to {1} in another tree by its path",
        "Give that node a label in the base and refer to it, or apply this source with 'dt overlay', which knows the base.")
    {
        What = "An overlay refers to nodes of its base by their labels, not by their paths.",
        Why = "The other tree is not known when an overlay is compiled, and a fixup can name a label but no path, so "
            + "the phandle could never be filled in.",
        Example = """
            /dts-v1/;
            /plugin/;
            &uart0 {
            	clocks = <&{/soc/clock}>;
            };
            """,
    };

    /// <summary>A colon in a name would end that name in a fixup.</summary>
    public static readonly DiagnosticRule ColonInFixup = new(
        "DTS043", "colon-in-fixup", Severity.Error, "{0} has a reference that no fixup can describe",
        "Rename the node or the property: colons separate the parts of a fixup.")
    {
        What = "Names on the way to a reference have no colon, where a fixup has to name them.",
        Why = "A fixup is the text 'path:property:offset'. With a further colon the program that applies the overlay "
            + "patches the wrong place or gives up.",
        Example = """
            Node 'dev:0' in a blob that is compiled again with symbols and fixups (dt compile -@):
            / { dev:0 { clocks = <&clk>; }; };
            """,
    };

    /// <summary>A label is not written because the node has a property of its name.</summary>
    public static readonly DiagnosticRule LabelExists = new(
        "DTS044", "label-exists", Severity.Warning, "label '{0}' is not written to {1}, where that name has another value",
        "Remove that property, or rename the label.")
    {
        Why = "An overlay that names the label is led to the other node, or nowhere.",
        Example = """
            /dts-v1/;
            / {
            	l: n {
            	};
            	m {
            	};
            	__symbols__ {
            		l = "/m";
            	};
            };
            """,
    };

    /// <summary>A part of an overlay that belongs to no fragment, so that applying it loses it.</summary>
    public static readonly DiagnosticRule OutsideFragments = new(
        "DTS046", "outside-fragments", Severity.Warning, "{0}; it is lost when the overlay is applied", "{1}")
    {
        What = "Everything in an overlay belongs to a fragment.",
        WhatToDo = "Move it into a fragment: '&label { … };' in the source.",
        Why = "Applying an overlay only merges what is under an '__overlay__' node. The rest disappears without a "
            + "report from the boot loader.",
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

    /// <summary>A reference that an overlay's application leaves without a node.</summary>
    public static readonly DiagnosticRule ReferenceOutsideFragments = new(
        "DTS047", "reference-outside-fragments", Severity.Error, "{0} refers to {1}, which no fragment takes to the base", "{2}")
    {
        What = "An overlay refers to its own nodes only if a fragment takes them to the base.",
        WhatToDo = "Put the node into a fragment, or refer to one that the base has.",
        Why = "The node stays behind when the overlay is applied, so the phandle in the base points to nothing and the "
            + "driver fails to probe.",
        Example = """
            /dts-v1/;
            /plugin/;
            &uart0 {
            	clocks = <&clk>;
            };
            / {
            	clk: clock {
            	};
            };
            """,
    };

    /// <summary>A path of the overlay in a value; applying the overlay moves the node and not the text.</summary>
    public static readonly DiagnosticRule PathInOverlay = new(
        "DTS049", "path-in-overlay", Severity.Warning, "{0} holds the path {1} of the overlay, which the base will not have",
        "Write the path that the node will have there as a string, or refer to it by phandle: <&label>.")
    {
        What = "A value in an overlay does not hold a path of the overlay.",
        Why = "The base has the node under another path after the overlay was applied, so whoever follows the text "
            + "finds nothing.",
        Example = """
            /dts-v1/;
            /plugin/;
            / {
            	fragment@0 {
            		target-path = "/";
            		__overlay__ {
            			n: n {
            				p = &n;
            			};
            		};
            	};
            };
            """,
    };

    /// <summary>An overlay that does not say so, whose references get no fixups.</summary>
    public static readonly DiagnosticRule PluginMissing = new(
        "DTS048", "plugin-missing", Severity.Warning, "{0} is a fragment of an overlay, but the source is not a '/plugin/'",
        "Put '/plugin/;' after '/dts-v1/;', so that references get their fixups.")
    {
        What = "A source with fragments is a '/plugin/'.",
        Why = "Without '/plugin/' the compiler writes no fixups: phandles keep numbers of this source, which belong to "
            + "other nodes of the base.",
        Example = """
            /dts-v1/;
            / {
            	fragment@0 {
            		target-path = "/";
            		__overlay__ {
            			n: n {
            				p = <&n>;
            			};
            		};
            	};
            };
            """,
    };

    /// <summary>A fixup node of the source is not what such nodes are.</summary>
    public static readonly DiagnosticRule MalformedFixups = new(
        "DTS045", "malformed-fixups", Severity.Warning, "{0} of the source is malformed: {1}",
        "Remove the node: the compiler writes it.")
    {
        What = "The nodes of fixups have the form that the compiler gives them.",
        Why = "These nodes are lists of places in a fixed form. What does not follow it is lost when the compiler "
            + "writes its own entries.",
        Example = """
            /dts-v1/;
            /plugin/;
            / {
            	__fixups__ {
            		x = [01];
            	};
            	n {
            		p = <&x>;
            	};
            };
            """,
    };

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        ExternalPath, ColonInFixup, LabelExists, OutsideFragments, ReferenceOutsideFragments, PathInOverlay,
        PluginMissing, MalformedFixups,
    ];
}
