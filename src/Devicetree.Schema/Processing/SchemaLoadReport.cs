using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Processing;

/// <summary>
/// What loading has to say: as diagnostics, and what of it the original says, too, for the programs that take its place.
/// </summary>
public sealed class SchemaLoadReport
{
    private readonly List<SchemaRemark> _remarks = [];

    /// <summary>The diagnostics. Files that are ignored are warnings: the others can still be used.</summary>
    public DiagnosticBag Diagnostics { get; } = new();

    /// <summary>What <c>dt-mk-schema</c> says of the schemas, in its order.</summary>
    internal IReadOnlyList<SchemaRemark> Remarks => _remarks;

    internal void Add(SchemaRemark remark, SourceSpan span, params ReadOnlySpan<object> arguments)
    {
        Diagnostics.Report(remark.Rule, span, arguments);
        _remarks.Add(remark);
    }

    internal void Add(SchemaRemark remark) => _remarks.Add(remark);

    internal void Add(DiagnosticBag other)
    {
        foreach (Diagnostic diagnostic in other.Items)
            Diagnostics.Add(diagnostic);
    }
}
