using Devicetree.Schema.Findings.Python;
using Devicetree.Schema.Validation;

namespace Gunyah.Tool.Checking;

/// <summary>Says in a line what breaks a binding.</summary>
internal static class FindingText
{
    /// <summary>The message of an error, with those of its alternatives where it has any.</summary>
    public static string Of(SchemaError error) =>
        error.Context.Count == 0 ? OriginalWords.Of(error) : string.Join(", or ", error.Context.Select(Of).Distinct());
}
