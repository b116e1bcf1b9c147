using Devicetree.Schema.Decoding;
using Devicetree.Schema.Decoding.Trees;
using Devicetree.Schema.Validation;
using Devicetree.Schema.Validation.Bindings;

namespace Devicetree.Schema.Findings;

/// <summary>How a tree is checked.</summary>
public sealed record TreeCheckOptions
{
    /// <summary>Which schemas are applied.</summary>
    public BindingFilter Filter { get; init; } = BindingFilter.All;

    /// <summary>True to report compatible strings that no schema documents.</summary>
    public bool Undocumented { get; init; }
}

/// <summary>
/// Walks a decoded tree, a node before its children, and reports what its bindings find wrong, less what does not count in nodes that
/// are disabled (devicetree.md 5.7).
/// </summary>
/// <param name="validator">The bindings.</param>
/// <param name="options">How to check.</param>
public sealed class TreeCheck(BindingValidator validator, TreeCheckOptions options)
{
    private const string StatusKey = "status";
    private const string Disabled = "disabled";

    /// <summary>Examples stand in wrappers of such names, which are nothing by themselves.</summary>
    private const string ExampleMark = "example-";

    /// <summary>What the original calls the schema of all documented compatible strings; filters see that name.</summary>
    private const string DocumentedCompatibles = "generated-compatibles";

    private readonly Evaluation _evaluation = new();
    private readonly List<BindingError> _errors = [];

    /// <summary>Checks a tree.</summary>
    /// <param name="tree">The tree; it may be checked once.</param>
    /// <param name="report">Takes each finding when it is found, those of the decoding first.</param>
    public void Run(DecodedTree tree, Action<Finding> report)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(report);
        foreach (DecodeProblem problem in tree.Problems)
            report(new(FindingKind.Decode, problem.Path, null) { Problem = problem });
        Walk(tree.Root, "/", false, report);
    }

    private void Walk(DecodedNode node, string path, bool disabled, Action<Finding> report)
    {
        if (node[StatusKey] is DecodedList status)
            disabled = Holds(status, Disabled);
        if (!node.Name.Contains(ExampleMark, StringComparison.Ordinal) && node[ExampleMark + "0"] is null)
            Check(node, path, disabled, report);
        string prefix = path == "/" ? path : path + "/";
        for (int i = 0; i < node.Count; i++)
        {
            if (node.Values[i] is DecodedNode child)
                Walk(child, prefix + child.Name, disabled, report);
        }
    }

    private void Check(DecodedNode node, string path, bool disabled, Action<Finding> report)
    {
        node.ShowName();
        _evaluation.Reset();
        _errors.Clear();
        validator.CheckChosen(node, options.Filter, _evaluation, _errors);
        Report(node, path, disabled, report);
        if (options.Filter.CompatibleOnly)
            return;
        if (options.Undocumented && options.Filter.Admits(DocumentedCompatibles))
            ReportUndocumented(node, path, report);
        validator.CheckSelecting(node, options.Filter, _evaluation, _errors);
        Report(node, path, disabled, report);
        if (_evaluation.IsExhausted)
            report(new(FindingKind.Exhausted, path, node));
    }

    private void Report(DecodedNode node, string path, bool disabled, Action<Finding> report)
    {
        foreach (BindingError found in _errors)
        {
            if (!((disabled || IsDisabled(found.Error.Instance)) && MayBeMissing(found.Error)))
                report(new(FindingKind.Validation, path, node) { SchemaId = found.SchemaId, Error = found.Error });
        }
        _errors.Clear();
    }

    /// <summary>The finding stands once for each such string, every time with the whole list.</summary>
    private void ReportUndocumented(DecodedNode node, string path, Action<Finding> report)
    {
        if (node[PropertyNames.Compatible] is not DecodedList compatibles)
            return;
        foreach (DecodedValue item in compatibles.Items)
        {
            if (item is DecodedText text && !validator.Schemas.IsDocumented(text.Value))
                report(new(FindingKind.Unmatched, path, node) { Undocumented = text.Value });
        }
    }

    private static bool IsDisabled(DecodedValue value) =>
        value is DecodedNode node && node[StatusKey] is DecodedList status && Holds(status, Disabled);

    private static bool Holds(DecodedList list, string text) => list.Items.Any(item => item is DecodedText each && each.Value == text);

    /// <summary>Whether an error is about something that a disabled node need not have yet.</summary>
    private static bool MayBeMissing(SchemaError error) =>
        Mentions(error) || error.Context.Any(Mentions);

    private static bool Mentions(SchemaError error) =>
        error.SchemaPath.Any(step => step.Key is "required" or "unevaluatedProperties");
}
