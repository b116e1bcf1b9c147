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
    /// <summary>What a detail is called that says what is wrong with one alternative of a choice.</summary>
    public const string Either = "either";

    /// <summary>How many alternatives are listed one by one.</summary>
    private const int MostAlternatives = 8;

    /// <summary>A message shows no longer value; the details have all of it.</summary>
    private const int LongestInMessage = 160;

    /// <summary>What was expected, what was found, and of a choice what is wrong with each alternative.</summary>
    public IReadOnlyList<ReportDetail> Details { get; private init; } = [];

    /// <summary>True for "not known" of a key that the binding does know, by a part that the node breaks.</summary>
    public bool IsOfBrokenPart { get; private init; }

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
            string brief = Brief(error, found);
            string message = brief.Length == 0
                ? $"{what} takes no value" : $"{what} is {brief}, expected {Expectation.Of(error, isBrief: true)}";
            string remedy = brief.Length == 0
                ? "Remove the value: that the property is there says it all." : Meant(error.Instance, error.Schema.Source);
            return new(error, rule, subject, message, remedy) { Details = [new("expected", expected), new("found", found)] };
        }
        return new(error, rule, subject, $"{what} {Plight(error)}", "") { Details = [new("found", found)] };
    }

    /// <summary>A property that no binding describes.</summary>
    /// <param name="error">The error: all that is said of such a property is that it has no type.</param>
    /// <param name="subject">The property.</param>
    /// <param name="property">Its name.</param>
    /// <param name="known">The names that it may be meant to have.</param>
    public static Explanation OfUndescribed(SchemaError error, Subject subject, string property, IReadOnlyList<string> known)
    {
        DiagnosticRule rule = FindingRules.Undescribed;
        return new(error, rule, subject, rule.Message.Replace("{0}", property, StringComparison.Ordinal),
            NearName(property, subject.Node, known) ?? rule.Remedy)
        {
            Details = [new("found", ValueText.Of(error.Instance))],
        };
    }

    /// <summary>An error about a key that its path does not name: one that is too many, or that is forbidden.</summary>
    /// <param name="error">The error.</param>
    /// <param name="subject">The node.</param>
    /// <param name="key">The key.</param>
    /// <param name="known">The names that it may be meant to have.</param>
    /// <param name="isOfBrokenPart">Whether the binding knows the key by a part that the node breaks.</param>
    public static Explanation OfKey(SchemaError error, Subject subject, string key, IReadOnlyList<string> known,
        bool isOfBrokenPart)
    {
        Subject there = subject.At(key);
        DiagnosticRule rule = FindingRules.Of(error);
        bool isChild = there.Property is null;
        string what = isChild ? $"node '{key}'" : $"property '{key}'";
        string message = rule == FindingRules.Forbidden ? $"{what} is not allowed here" : $"{what} is not known to the binding";
        string remedy = "";
        if (isChild && UnitAddress.Meant(there.Node) is string name)
            remedy = $"Rename it to '{name}', the address in its 'reg'.";
        else if (NearName(key, subject.Node, known) is string near)
            remedy = near;
        else if (rule == FindingRules.Unknown)
            remedy = "Remove it, or add it to the binding.";
        return new(error, rule, there, message, remedy) { IsOfBrokenPart = isOfBrokenPart };
    }

    /// <summary>
    /// The question for the name that may be meant: rather one that the node lacks than one that it has as well.
    /// </summary>
    private static string? NearName(string written, DecodedNode node, IReadOnlyList<string> known)
    {
        if (NearMiss.Of(written, known.Where(name => node[name] is null)) is string absent)
            return $"Is it meant to be '{absent}'?";
        return NearMiss.Of(written, known) is string present ? $"Is it meant to be '{present}', which the node has, too?" : null;
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
            return new(error, FindingRules.Alternatives, subject,
                $"{subject.Describe()} fits more than one of the alternatives that exclude each other", "")
            {
                Details = [new("found", found)],
            };
        }
        var details = new List<ReportDetail> { new("found", found) };
        string[] alternatives = [.. error.Context.Select(Line).Distinct(StringComparer.Ordinal)];
        int single = alternatives.Length > MostAlternatives ? MostAlternatives - 1 : alternatives.Length;
        details.AddRange(alternatives.Take(single).Select(text => new ReportDetail(Either, text)));
        if (single < alternatives.Length)
            details.Add(new(Either, string.Join("; or ", alternatives.Skip(single))));
        string message = $"{subject.Describe()} fits none of the alternatives";
        return new(error, FindingRules.Alternatives, subject, message, Meant(error.Instance, error.Schema.Source))
        { Details = details };
    }

    /// <summary>What is wrong with one alternative, without its place.</summary>
    private static string Line(SchemaError error)
    {
        if (FindingRules.Of(error) == FindingRules.Missing)
            return $"add '{error.Keys[0]}'";
        if (error.Context.Count > 0)
            return string.Join(", or ", error.Context.Select(Line).Distinct(StringComparer.Ordinal));
        return Expectation.Of(error) is string expected ? $"expected {expected}" : Way(error);
    }

    /// <summary>What is wrong where nothing can be expected instead, to follow the subject.</summary>
    private static string Plight(SchemaError error) => error.Keyword switch
    {
        "not" => "is of a form that the binding forbids",
        "contains" => "has no item that the binding asks for",
        _ => "is not allowed here",
    };

    /// <summary>What to do about an alternative where nothing can be expected instead.</summary>
    private static string Way(SchemaError error) => error.Keyword switch
    {
        "additionalProperties" or "unevaluatedProperties" => $"remove {Names(error.Keys)}",
        null when error.Keys.Count > 0 => $"remove {Names(error.Keys)}",
        "not" => "not of the form that the binding forbids",
        "contains" => "add an item that the binding asks for",
        "oneOf" => "fit only one of the alternatives that exclude each other",
        _ => "nothing at all",
    };

    /// <summary>Keys in the order of their names, without the name of the node, which nobody can remove.</summary>
    private static string Names(IEnumerable<string> keys)
    {
        keys = keys.Where(key => key != DecodedNode.NameKey).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return string.Join(", ", keys.Select(key => $"'{key}'"));
    }

    /// <summary>
    /// The value as the message shows it: of sizes, types and long values not all that is in it. Empty for a value where there
    /// should be none.
    /// </summary>
    private static string Brief(SchemaError error, string found)
    {
        DiagnosticRule rule = FindingRules.Of(error);
        if (rule == FindingRules.Type)
            return Expectation.IsOfFlag(error) ? "" : error.Keyword == "typeSize"
                ? "of another width" : ValueText.Kind(error.Instance);
        if (rule == FindingRules.Size && error.Instance is DecodedList list)
            return $"a list of {list.Count}";
        if (error.Keyword is "minProperties" or "maxProperties")
            return $"a node with {error.Count} entries" + (((DecodedNode)error.Instance)[DecodedNode.NameKey] is null
                ? "" : " (its name is one)");
        if (error.Keyword is "minContains" or "maxContains")
            return $"a list with {error.Count} items of the form that the binding asks for";
        if (rule == FindingRules.Items)
            return "a list with repetitions";
        return found.Length > LongestInMessage ? ValueText.Kind(error.Instance) : found;
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
