using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Processing;

/// <summary>
/// What loading has to say, twice: as diagnostics, and in the words of the original for the programs that take its place.
/// </summary>
public sealed class SchemaLoadReport
{
    private readonly List<string> _original = [];

    /// <summary>The diagnostics. Files that are ignored are warnings: the others can still be used.</summary>
    public DiagnosticBag Diagnostics { get; } = new();

    /// <summary>The lines that <c>dt-mk-schema</c> prints to its error output.</summary>
    internal IReadOnlyList<string> Original => _original;

    internal void Add(DiagnosticRule rule, SourceSpan span, string original, params ReadOnlySpan<object> arguments)
    {
        Diagnostics.Report(rule, span, arguments);
        _original.Add(original);
    }

    internal void AddOriginal(string line) => _original.Add(line);

    internal void Add(DiagnosticBag other)
    {
        foreach (Diagnostic diagnostic in other.Items)
            Diagnostics.Add(diagnostic);
    }
}
