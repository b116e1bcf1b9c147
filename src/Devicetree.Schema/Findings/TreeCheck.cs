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

    /// <summary>
    /// True to report these last of each node, as the original does when it reads bindings that were not processed before: the
    /// schema of all compatible strings is then the last of its schemas.
    /// </summary>
    internal bool UndocumentedLast { get; init; }

    /// <summary>True to report also what the original passes over without a word when it decodes a tree.</summary>
    internal bool AllProblems { get; init; }
}

/// <summary>
/// Walks a decoded tree, a node before its children, and reports what its bindings find wrong, less what does not count in nodes
/// that are disabled (devicetree.md 5.7).
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

    /// <summary>The properties, by the paths of their nodes, about which something was found.</summary>
    private readonly HashSet<(string Path, string Property)> _found = [];

    private IReadOnlyDictionary<DecodedValue, BlobReading> _readings = new Dictionary<DecodedValue, BlobReading>();

    /// <summary>Checks a tree.</summary>
    /// <param name="tree">The tree; it may be checked once.</param>
    /// <param name="report">Takes each finding when it is found, those of the decoding first.</param>
    internal void Run(DecodedTree tree, Action<Finding> report)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(report);
        foreach (DecodeProblem problem in tree.Problems)
        {
            if (options.AllProblems || !problem.IsSilentInOriginal)
                report(new(FindingKind.Decode, problem.Path, null) { Problem = problem });
        }
        _readings = tree.Readings;
        Walk(tree.Root, "/", false, report);
    }

    private void Walk(DecodedNode node, string path, bool disabled, Action<Finding> report)
    {
        if (node[StatusKey] is DecodedList status)
            disabled = Holds(status, Disabled);
        if (!node.Name.Contains(ExampleMark, StringComparison.Ordinal) && node[ExampleMark + "0"] is null)
        {
            Check(node, path, disabled, report);
            if (_readings.Count > 0)
                CheckAsBlob(node, path, disabled, report);
        }
        string prefix = path == "/" ? path : path + "/";
        for (int i = 0; i < node.Count; i++)
        {
            if (node.Values[i] is DecodedNode child)
                Walk(child, prefix + child.Name, disabled, report);
        }
    }

    /// <summary>
    /// What is written as text and about which no binding said anything is checked once more as its bytes would be: a binding
    /// that gives the property no type has no word against text, though the type that another gives it makes something else of
    /// the blob.
    /// </summary>
    private void CheckAsBlob(DecodedNode node, string path, bool disabled, Action<Finding> report)
    {
        var replaced = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < node.Count; i++)
        {
            string name = node.Names[i].Text;
            if (!_readings.TryGetValue(node.Values[i], out BlobReading? reading) || _found.Contains((path, name)))
                continue;
            foreach (DecodeProblem problem in reading.Problems)
                report(new(FindingKind.Decode, path, null) { Problem = problem });
            node.Replace(i, reading.Value);
            replaced.Add(name);
        }
        if (replaced.Count > 0)
            Check(node, path, disabled, found =>
            {
                if (found.Error?.AbsolutePath.FirstOrDefault().Key is string key && replaced.Contains(key))
                    report(found);
            });
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
        bool areUndocumentedReported = options.Undocumented && options.Filter.Admits(DocumentedCompatibles);
        if (areUndocumentedReported && !options.UndocumentedLast)
            ReportUndocumented(node, path, report);
        validator.CheckSelecting(node, options.Filter, _evaluation, _errors);
        Report(node, path, disabled, report);
        if (areUndocumentedReported && options.UndocumentedLast)
            ReportUndocumented(node, path, report);
        if (_evaluation.IsExhausted)
            report(new(FindingKind.Exhausted, path, node));
    }

    private void Report(DecodedNode node, string path, bool disabled, Action<Finding> report)
    {
        foreach (BindingError found in _errors)
        {
            if ((disabled || IsDisabled(found.Error.Instance)) && MayBeMissing(found.Error))
                continue;
            report(new(FindingKind.Validation, path, node) { SchemaId = found.SchemaId, Error = found.Error });
            if (_readings.Count > 0)
                Note(node, path, found.Error);
        }
        _errors.Clear();
    }

    /// <summary>Notes which property an error is about: one of the node, or of a node below it.</summary>
    private void Note(DecodedNode node, string path, SchemaError error)
    {
        foreach (PathStep step in error.AbsolutePath)
        {
            if (step.Key is not string key)
                return;
            if (node[key] is not DecodedNode child)
            {
                _found.Add((path, key));
                return;
            }
            (node, path) = (child, path == "/" ? path + key : $"{path}/{key}");
        }
        foreach (string key in error.Keys)
            _found.Add((path, key));
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

    private static bool Holds(DecodedList list, string text) =>
        list.Items.Any(item => item is DecodedText each && each.Value == text);

    /// <summary>Whether an error is about something that a disabled node need not have yet.</summary>
    private static bool MayBeMissing(SchemaError error) =>
        Mentions(error) || error.Context.Any(Mentions);

    private static bool Mentions(SchemaError error) =>
        error.SchemaPath.Any(step => step.Key is "required" or "unevaluatedProperties");
}
