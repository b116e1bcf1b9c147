using Devicetree.Diagnostics;

namespace Devicetree.Tool.Verbs.Check;

/// <summary>What can be wrong with the input of <c>dt check</c> besides its findings; the ids are stable.</summary>
internal static class CheckRules
{
    /// <summary>A blob that cannot be read.</summary>
    public static readonly DiagnosticRule BadBlob = new("DT0010", "bad-blob", Severity.Error, "this is no devicetree blob that can be used: {0}");

    /// <summary>An overlay that does not fit its base.</summary>
    public static readonly DiagnosticRule NotApplied = new(
        "DT0011", "overlay-not-applied", Severity.Error, "the overlay cannot be applied to {0}: {1}");

    /// <summary>A baseline that is none.</summary>
    public static readonly DiagnosticRule BadBaseline = new(
        "DT0012", "bad-baseline", Severity.Error, "line {0} of the baseline cannot be read", "Write it anew with --write-baseline.");

    /// <summary>There are no schemas at a path.</summary>
    public static readonly DiagnosticRule NoSchemas = new(
        "DT0013", "no-schemas", Severity.Error, "there are no schemas at '{0}'", "Check the name, and the folder you are in.");
}
