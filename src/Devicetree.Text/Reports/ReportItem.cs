using Devicetree.Text.Diagnostics;

namespace Devicetree.Text.Reports;

/// <summary>A fact about a finding that has a name, such as what was expected.</summary>
/// <param name="Name">A word or two, lower case, for instance <c>expected</c>.</param>
/// <param name="Value">The fact.</param>
public readonly record struct ReportDetail(string Name, string Value);

/// <summary>A diagnostic with what else a report says about it. All but the diagnostic may be absent.</summary>
/// <param name="Diagnostic">What is wrong, and the place in the source where there is one.</param>
public sealed record ReportItem(Diagnostic Diagnostic)
{
    /// <summary>The input, as the user named it: the place where the diagnostic has none, as in a blob.</summary>
    public string? File { get; init; }

    /// <summary>The node that it is about, where the message does not name it.</summary>
    public string? NodePath { get; init; }

    /// <summary>The property that it is about, where the message does not name it.</summary>
    public string? Property { get; init; }

    /// <summary>The node or property that it is about, whether the message names it or not.</summary>
    internal DiagnosticSubject? Subject => NodePath is null ? Diagnostic.Subject : new(NodePath, Property);

    /// <summary>More facts, in the order to be printed.</summary>
    public IReadOnlyList<ReportDetail> Details { get; init; } = [];
}
