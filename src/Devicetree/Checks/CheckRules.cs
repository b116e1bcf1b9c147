using Devicetree.Text.Diagnostics;

namespace Devicetree.Checks;

/// <summary>
/// The rules of checks whose diagnostics have words of their own, some of them shared by several checks. The numbers are those of
/// source text (<see cref="Source.DtsRules"/>), because they are errors of the source like any other.
/// </summary>
internal static class CheckRules
{
    /// <summary>A value refers to a node that does not exist.</summary>
    public static readonly DiagnosticRule UnknownReference = Error(
        "DTS031", "unknown-reference", "{0} refers to {1}, which does not exist", "Give a node that label, or correct the name.",
        what: "A reference leads to a node.",
        why: "The phandle or path has no value that could be written, and no driver could follow it.",
        example: """
            /dts-v1/;
            / {
            	aliases {
            		serial0 = &uart0;
            	};
            };
            """);

    /// <summary>Two children of one node have the same name.</summary>
    public static readonly DiagnosticRule DuplicateNode = Error(
        "DTS032", "duplicate-node", "{0} stands twice in the same body", "Merge the two, or give them different unit addresses.",
        what: "A body has a node of one name only once.",
        why: "A path would lead to two nodes. Readers find the first and never see the second.",
        example: """
            /dts-v1/;
            / {
            	led {
            	};
            	led {
            	};
            };
            """);

    /// <summary>A body deletes a child that it has itself.</summary>
    public static readonly DiagnosticRule DeletedNode = Error(
        "DTS060", "deleted-in-own-body", "{0} is defined in the body that deletes it",
        "Remove both, or delete the node in a later body.",
        what: "A body does not delete a node that it has itself.",
        why: "Whether the child should exist cannot be decided, and releases of the compiler disagree.",
        example: """
            /dts-v1/;
            / {
            	n {
            	};
            	/delete-node/ n;
            };
            """);

    /// <summary>Two properties of one node have the same name.</summary>
    public static readonly DiagnosticRule DuplicateProperty = Error(
        "DTS033", "duplicate-property", "{0} is set twice in the same body", "Keep one of them.",
        what: "A body sets a property only once.",
        why: "One of the two values would win silently, and in a body of its own that is hardly ever meant.",
        example: """
            /dts-v1/;
            / {
            	model = "a";
            	model = "b";
            };
            """);

    /// <summary>A node name has a character that is not allowed, a second unit address or no name before it.</summary>
    public static readonly DiagnosticRule BadNodeName = Error(
        "DTS034", "bad-node-name", "'{0}' is not a valid node name",
        "Use letters, digits and ',._+-', and at most one '@', not as the first.",
        why: "Paths are cut at '/' and '@': a reader would look for a node of another name.",
        example: """
            /dts-v1/;
            / {
            	n@1@2 {
            	};
            };
            """);

    /// <summary>A property name has a character that is not allowed.</summary>
    public static readonly DiagnosticRule BadPropertyName = Error(
        "DTS035", "bad-property-name", "'{0}' is not a valid property name", "Use letters, digits and ',._+*#?-'.",
        why: "Boot loaders and the kernel show properties as files and look them up by name; such a name comes from a "
            + "typing error or a damaged blob.",
        example: """
            /dts-v1/;
            / {
            	\a@b;
            };
            """);

    /// <summary>A <c>name</c> property contradicts the name of its node.</summary>
    public static readonly DiagnosticRule BadNameProperty = Error(
        "DTS036", "bad-name-property", "the 'name' of {0} is not the node's own", "Remove the property; the node's name says it.",
        why: "The name is stored with the node. A property that says something else misleads readers of old blobs, "
            + "which trust it.",
        example: """
            /dts-v1/;
            / {
            	n {
            		name = "m";
            	};
            };
            """);

    /// <summary>A label stands at two places.</summary>
    public static readonly DiagnosticRule DuplicateLabel = Error(
        "DTS037", "duplicate-label", "label '{0}' is already in use", "Rename one of the two.",
        why: "A reference to the label could mean either place.",
        example: """
            /dts-v1/;
            / {
            	l: a {
            	};
            	l: b {
            	};
            };
            """);

    /// <summary>A phandle that is set by hand cannot be used.</summary>
    public static readonly DiagnosticRule BadPhandle = Error(
        "DTS038", "bad-phandle", "{0} is not a phandle of its node",
        "Remove it: nodes that are referred to get one. Otherwise one cell, not 0 and not 0xffffffff, equal in both spellings.",
        what: "A phandle that the source sets is one cell, not 0 and not 0xffffffff.",
        why: "The kernel skips the phandles 0 and 0xffffffff and reads one cell, so nothing that refers to this node "
            + "would find it.",
        example: """
            /dts-v1/;
            / {
            	n {
            		phandle = <0>;
            	};
            };
            """);

    /// <summary>Two nodes have the same phandle.</summary>
    public static readonly DiagnosticRule DuplicatePhandle = Error(
        "DTS039", "duplicate-phandle", "phandle 0x{0:x} of {1} belongs to {2} already",
        "Remove both: nodes that are referred to get a free one.",
        why: "Whatever refers to the phandle reaches only one of the two nodes, and which one depends on the reader.",
        example: """
            /dts-v1/;
            / {
            	a {
            		phandle = <1>;
            	};
            	b {
            		phandle = <1>;
            	};
            };
            """);

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        UnknownReference, DuplicateNode, DeletedNode, DuplicateProperty, BadNodeName, BadPropertyName, BadNameProperty,
        DuplicateLabel, BadPhandle, DuplicatePhandle,
    ];

    /// <summary>The rule of a check whose faults say what is wrong: the place, then the words of the fault.</summary>
    internal static DiagnosticRule OfCheck(CheckRow row)
    {
        CheckExplanation text = CheckExplanations.Of(row.Name);
        Severity severity = row.Default == CheckLevels.Error ? Severity.Error : Severity.Warning;
        return new(row.RuleId, row.Name.Replace('_', '-'), severity, "{0}: {1}", row.Remedy)
        { What = row.Tests, Why = text.Why, Example = text.Example };
    }

    private static DiagnosticRule Error(
        string id, string name, string message, string remedy, string what = "", string why = "", string example = "") =>
        new(id, name, Severity.Error, message, remedy) { What = what, Why = why, Example = example };
}
