using Devicetree.Checks;

namespace Devicetree.Compilation.Passes;

/// <summary>
/// What dtc prints where a pass reports by one of the <see cref="PassRules"/>; the places are those of the rule.
/// </summary>
internal static class DtcPassWords
{
    public static readonly PassWords TooDeep = new("FATAL ERROR: nodes nest more than {1} levels deep\n");

    public static readonly PassWords ExternalPath = new("FATAL ERROR: Can't generate fixup for reference to path {1}\n");

    public static readonly PassWords ColonInFixup = new("FATAL ERROR: arguments should not contain ':'\n");

    /// <summary>2: the name of the node.</summary>
    public static readonly PassWords MalformedFixups = new(
        "Warning: Preexisting data in {2} malformed, some content could not be added.\n");

    public static readonly PassWords LabelExists = new("WARNING: label {0} already exists in {1}");
}
