using Devicetree.Text.Diagnostics;

namespace Devicetree.Compilation.Passes;

/// <summary>What passes say that are no checks. The numbers continue those of <see cref="Source.DtsRules"/>.</summary>
public static class PassRules
{
    /// <summary>A phandle reference in a plugin names a path of the other tree, which cannot be looked up by label.</summary>
    public static readonly DiagnosticRule ExternalPath = new(
        "DTS041", "external-path", Severity.Error, "{0} refers to {1} in another tree by its path", "Use a label; fixups know labels only.");

    /// <summary>A colon in a name would end that name in a fixup.</summary>
    public static readonly DiagnosticRule ColonInFixup = new(
        "DTS043", "colon-in-fixup", Severity.Error, "{0} has a reference that no fixup can describe",
        "Colons separate the parts of a fixup: rename the node or the property.");

    /// <summary>A label is not written because the node has a property of its name.</summary>
    public static readonly DiagnosticRule LabelExists = new(
        "DTS044", "label-exists", Severity.Warning, "label '{0}' is not written to {1}, where that name has another value",
        "Remove that property, or rename the label.");

    /// <summary>A fixup node of the source is not what such nodes are.</summary>
    public static readonly DiagnosticRule MalformedFixups = new(
        "DTS045", "malformed-fixups", Severity.Warning, "{0} of the source is malformed: {1}",
        "Remove the node: the compiler writes it.");
}
