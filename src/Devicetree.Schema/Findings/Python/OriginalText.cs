using System.Globalization;
using System.Text;
using Devicetree.Schema.Decoding;
using Devicetree.Schema.Validation;

namespace Devicetree.Schema.Findings.Python;

/// <summary>Findings in the words and the form of the newest dt-validate (devicetree.md 5.8).</summary>
/// <param name="file">What it calls the file.</param>
/// <param name="verbose">True for the long form, which shows the schema and the value.</param>
internal sealed class OriginalText(string file, bool verbose)
{
    /// <summary>What the original says of a schema that has no end.</summary>
    internal const string Exhausted = "recursion error: Check for prior errors in a referenced schema";

    private const int DumpWidth = 72;

    /// <summary>The lines of a finding, without a newline at the end.</summary>
    public string Of(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return finding.Kind switch
        {
            FindingKind.Decode => OfProblem(finding.Problem!, file),
            FindingKind.Exhausted => $"dt-validate: {Exhausted}",
            FindingKind.Unmatched => $"{file}: {finding.Path}: {Unmatched(finding)}",
            _ => OfError(finding),
        };
    }

    /// <summary>What the original says of a node whose compatible strings are not all documented.</summary>
    public static string Unmatched(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return $"failed to match any schema with compatible: {PythonText.Of(finding.Node![PropertyNames.Compatible]!)}";
    }

    /// <summary>
    /// The node's first compatible string, as the original takes it from a list or from bytes; null when it has none.
    /// </summary>
    internal static string? FirstCompatible(Finding finding) => finding.Node?[PropertyNames.Compatible] switch
    {
        DecodedList { Count: > 0 } list => list.Items[0] is DecodedText text ? text.Value : PythonText.Of(list.Items[0]),
        DecodedBytes bytes => bytes.Value.Span[0].ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>What cannot be decoded; where the original stops, in our words.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="file">What the user calls the blob.</param>
    public static string OfProblem(DecodeProblem problem, string file)
    {
        ArgumentNullException.ThrowIfNull(problem);
        if (problem.Length is int length)
            return string.Create(CultureInfo.InvariantCulture, $"{problem.Property}: size ({length}) error for type {problem.Type}");
        return problem.Rule == DecodeRules.Ambiguous
            ? $"{problem.Property}: {problem.Message}" : $"{file}: {problem.Path}: {problem.Property}: {problem.Message}";
    }

    private string OfError(Finding finding)
    {
        var text = new StringBuilder();
        Append(text, finding, finding.Error!, "");
        return text.Append("\n\tfrom schema $id: ").Append(finding.SchemaId).ToString();
    }

    private void Append(StringBuilder text, Finding finding, SchemaError error, string prefix)
    {
        text.Append(prefix).Append(file).Append(": ").Append(finding.NodeName);
        if (FirstCompatible(finding) is string compatible)
            text.Append(" (").Append(compatible).Append(')');
        text.Append(": ");
        bool any = false;
        foreach (PathStep step in error.AbsolutePath)
        {
            text.Append(step).Append(':');
            any = true;
        }
        if (any)
            text.Append(' ');
        if (verbose)
            text.Append(Dump(error));
        else if (error.SchemaPath.Count == 0 || error.Context.Count == 0)
            text.Append(OriginalWords.Of(error));
        else if (error.Context.Count == 1)
            text.Append(OriginalWords.Of(BestMatch.Of(error.Context)));
        else
            AppendContext(text, finding, error, prefix);
    }

    private void AppendContext(StringBuilder text, Finding finding, SchemaError error, string prefix)
    {
        var message = new StringBuilder($"'{error.SchemaPath[^1]}' conditional failed, one must be fixed:");
        // The sort is stable; errors of one place stay in the order of the schemas.
        foreach (SchemaError inner in InPathOrder(error))
        {
            if (inner.Context.Count > 0)
            {
                message.Append('\n');
                Append(message, finding, inner, prefix + "\t");
            }
            else if (OriginalWords.Of(inner) is string words && !message.ToString().Contains(words, StringComparison.Ordinal))
            {
                message.Append('\n').Append(prefix).Append('\t').Append(words);
            }
        }
        text.Append(message);
    }

    /// <summary>The errors of a context in the order of their places.</summary>
    internal static IEnumerable<SchemaError> InPathOrder(SchemaError error) =>
        error.Context.OrderBy(inner => inner.Path, Comparer<IReadOnlyList<PathStep>>.Create(BestMatch.ComparePaths));

    /// <summary>The long form of an error, with the schema and the value.</summary>
    internal static string Dump(SchemaError error)
    {
        var printer = new PythonPrinter(DumpWidth, compact: false, sortKeys: false);
        string keyword = error.Keyword is null ? "None" : PythonText.Of(error.Keyword);
        string schema = Indented(printer.Print(PlainValue.Of(error.Schema.Source, sortKeys: true)));
        string value = Indented(printer.Print(error.Instance));
        return $"""
            {OriginalWords.Of(error)}

            Failed validating {keyword} in schema{Index(error.SchemaPath.SkipLast(1))}:
                {schema}

            On instance{Index(error.Path)}:
                {value}
            """;
    }

    private static string Indented(string text) => text.Replace("\n", "\n    ", StringComparison.Ordinal);

    private static string Index(IEnumerable<PathStep> path) =>
        string.Concat(path.Select(step => step.Key is null ? $"[{step}]" : $"[{PythonText.Of(step.Key)}]"));
}
