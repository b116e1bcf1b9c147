using Devicetree.Schema.Decoding;
using Devicetree.Schema.Model;
using Devicetree.Schema.Validation;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;

namespace Devicetree.Schema.Findings.Explained;

/// <summary>One thing that is wrong, in words.</summary>
/// <param name="Error">The error.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Remedy">What to do; may be empty.</param>
internal sealed record Explanation(SchemaError Error, DiagnosticRule Rule, Subject Subject, string Message, string Remedy)
{
    /// <summary>How many alternatives are listed.</summary>
    private const int MostAlternatives = 8;

    /// <summary>What was expected, what was found, and of a choice what is wrong with each alternative.</summary>
    public IReadOnlyList<ReportDetail> Details { get; private init; } = [];

    /// <summary>An error that is about its own place.</summary>
    public static Explanation Of(SchemaError error, Subject subject)
    {
        DiagnosticRule rule = FindingRules.Of(error);
        if (rule == FindingRules.Missing)
            return OfMissing(error, subject);
        if (rule == FindingRules.Alternatives)
            return OfAlternatives(error, subject);
        string what = subject.Describe();
        string found = ValueText.Of(error.Instance);
        if (Expectation.Of(error) is string expected)
        {
            return new(error, rule, subject, $"{what} is {Brief(error, found)}, expected {expected}", Meant(error.Instance, error.Schema.Source))
            {
                Details = [new("expected", expected), new("found", found)],
            };
        }
        string message = error.Keyword switch
        {
            "not" => $"{what} is of a form that the binding forbids",
            "contains" => $"{what} has no item that the binding asks for",
            null => $"{what} is not allowed here",
            _ => $"{what}: {error.Message}",
        };
        return new(error, rule, subject, message, "") { Details = [new("found", found)] };
    }

    /// <summary>An error about a key that its path does not name: one that is too many, or that is forbidden.</summary>
    public static Explanation OfKey(SchemaError error, Subject subject, string key)
    {
        Subject there = subject.At(key);
        DiagnosticRule rule = FindingRules.Of(error);
        bool isChild = there.Property is null;
        string what = isChild ? $"node '{key}'" : $"property '{key}'";
        string message = rule == FindingRules.Forbidden ? $"{what} is not allowed here" : $"{what} is not known to the binding";
        string remedy = "";
        if (isChild && UnitAddress.Meant(there.Node) is string name)
            remedy = $"The unit address should be that of its 'reg': '{name}'.";
        else if (NearMiss.Of(key, KnownKeys.Of(error.Schema).Where(known => subject.Node[known] is null)) is string near)
            remedy = $"Is it meant to be '{near}'?";
        else if (rule == FindingRules.Unknown)
            remedy = "Remove it, or add it to the binding.";
        return new(error, rule, there, message, remedy);
    }

    private static Explanation OfMissing(SchemaError error, Subject subject)
    {
        string key = error.Keys[0];
        string message = error.Keys.Count > 1
            ? $"{subject.Describe()} has '{error.Keys[1]}' and lacks '{key}', which belongs to it"
            : $"{subject.Describe()} lacks '{key}'";
        // Something of nearly that name which the binding does not know is what was meant.
        HashSet<string> known = [.. KnownKeys.Of(error.Schema)];
        string remedy = NearMiss.Of(key, subject.Node.Keys.Where(present => !known.Contains(present))) is string near
            ? $"Is '{near}' meant to be '{key}'?"
            : $"Add '{key}'.";
        return new(error, FindingRules.Missing, subject, message, remedy);
    }

    private static Explanation OfAlternatives(SchemaError error, Subject subject)
    {
        string found = ValueText.Of(error.Instance);
        if (error.Context.Count == 0)
        {
            return new(error, FindingRules.Alternatives, subject, $"{subject.Describe()} fits more than one of the alternatives that exclude each other", "")
            {
                Details = [new("found", found)],
            };
        }
        var details = new List<ReportDetail> { new("found", found) };
        foreach (SchemaError inner in error.Context)
        {
            string text = Line(inner);
            if (details.Count <= MostAlternatives && !details.Exists(detail => detail.Value == text))
                details.Add(new("either", text));
        }
        string message = $"{subject.Describe()} fits none of the alternatives";
        return new(error, FindingRules.Alternatives, subject, message, Meant(error.Instance, error.Schema.Source)) { Details = details };
    }

    /// <summary>What is wrong with one alternative, without its place.</summary>
    private static string Line(SchemaError error)
    {
        if (FindingRules.Of(error) == FindingRules.Missing)
            return $"add '{error.Keys[0]}'";
        return Expectation.Of(error) is string expected ? $"expected {expected}" : error.Message;
    }

    /// <summary>The value as the message shows it: of sizes and types not all that is in it.</summary>
    private static string Brief(SchemaError error, string found)
    {
        DiagnosticRule rule = FindingRules.Of(error);
        if (rule == FindingRules.Type)
            return error.Keyword == "typeSize" ? "of another width" : ValueText.Kind(error.Instance);
        if (rule == FindingRules.Size && error.Instance is DecodedList list)
            return $"a list of {list.Count}";
        return rule == FindingRules.Items ? "a list with repetitions" : found;
    }

    /// <summary>Of strings that are none of the right ones, what the first of them may be meant to be.</summary>
    private static string Meant(DecodedValue value, SchemaValue schema)
    {
        IEnumerable<DecodedText> texts = value switch
        {
            DecodedText text => [text],
            DecodedList list => list.Items.OfType<DecodedText>(),
            _ => [],
        };
        HashSet<string> right = [.. Expectation.StringsIn(schema)];
        foreach (DecodedText text in texts)
        {
            if (!right.Contains(text.Value) && NearMiss.Of(text.Value, right) is string near)
                return $"Is \"{text.Value}\" meant to be \"{near}\"?";
        }
        return "";
    }
}
