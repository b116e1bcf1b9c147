using System.Diagnostics;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Devicetree.Text.Yaml;

/// <summary>
/// Builds the value of one YAML text from the parser's events. Every method answers null after an error, which is reported once.
/// </summary>
/// <typeparam name="T">A value.</typeparam>
internal sealed class YamlReader<T>
    where T : class
{
    private const string MergeKey = "<<";

    private readonly YamlText _text;
    private readonly DiagnosticBag _diagnostics;
    private readonly YamlLimits _limits;
    private readonly IYamlBuilder<T> _builder;
    private readonly YamlScanner _scanner;
    private readonly Parser _parser;

    /// <summary>What an anchor means, with the number of values behind it; no value while that is still being read.</summary>
    private readonly Dictionary<AnchorName, (T? Value, int Values)> _anchors = [];

    private int _values;

    /// <summary>A reader of one text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="diagnostics">Takes the error.</param>
    /// <param name="limits">What the text may ask for.</param>
    /// <param name="builder">Makes the values.</param>
    public YamlReader(YamlText text, DiagnosticBag diagnostics, YamlLimits limits, IYamlBuilder<T> builder)
    {
        _text = text;
        _diagnostics = diagnostics;
        _limits = limits;
        _builder = builder;
        _scanner = new YamlScanner(text.Text);
        _parser = new Parser(_scanner);
    }

    /// <summary>Reads the one document.</summary>
    public T? Read()
    {
        try
        {
            _parser.MoveNext(); // the start of the stream
            if (!_parser.MoveNext() || _parser.Current is not DocumentStart)
                return _builder.Empty(_text.Source.Span(0, 0));
            _parser.MoveNext();
            T? value = ReadValue(0);
            if (value is null)
                return null;
            _parser.MoveNext(); // the end of the document
            if (!_parser.MoveNext() || _parser.Current is not DocumentStart next)
                return value;
            return next.IsImplicit ? Refuse(SpanOf(next), YamlProblems.NoDocumentStart)
                : Refuse(YamlRules.NotOneDocument, SpanOf(next));
        }
        catch (YamlException error)
        {
            return Refuse(_text.Span(error.Start, error.End), YamlProblems.Of(Problem(error.Message)));
        }
        catch (Exception error) when (YamlErrors.IsOne(error))
        {
            return Refuse(_text.Span(_scanner.CurrentPosition, _scanner.CurrentPosition), YamlProblems.Misplaced);
        }
    }

    /// <summary>What is wrong, in the form of libyaml: without what was being read meanwhile, without a full stop.</summary>
    private static string Problem(string message)
    {
        int comma = message.StartsWith("While ", StringComparison.Ordinal) ? message.IndexOf(", ", StringComparison.Ordinal) : -1;
        string problem = (comma < 0 ? message : message[(comma + 2)..]).Trim().TrimEnd('.');
        return problem.Length > 1 && char.IsLower(problem[1]) ? char.ToLowerInvariant(problem[0]) + problem[1..] : problem;
    }

    private T? ReadValue(int depth)
    {
        ParsingEvent current = _parser.Current!;
        if (current is AnchorAlias alias)
            return ReadAlias(alias);
        if (++_values > _limits.MaxValues)
            return Refuse(YamlRules.TooManyValues, SpanOf(current), _limits.MaxValues);
        if (depth > _limits.MaxDepth)
            return Refuse(YamlRules.TooDeep, SpanOf(current), _limits.MaxDepth);
        // YamlDotNet goes on behind some texts that are no YAML, and a mapping may end where a value should begin.
        if (current is not NodeEvent node)
            return Refuse(SpanOf(current), YamlProblems.Misplaced);
        AnchorName anchor = node.Anchor;
        if (_limits.PlainOnly && (!anchor.IsEmpty || !node.Tag.IsEmpty))
            return Refuse(YamlRules.NotPlain, SpanOf(current));
        int before = _values - 1;
        if (!anchor.IsEmpty)
            _anchors[anchor] = default;
        T? value = current switch
        {
            Scalar scalar => ReadScalar(scalar),
            SequenceStart start => ReadSequence(start, depth),
            MappingStart start => ReadMapping(start, depth),
            _ => throw new UnreachableException($"no value begins with {current.GetType().Name}"),
        };
        if (!anchor.IsEmpty && value is not null)
            _anchors[anchor] = (value, _values - before);
        return value;
    }

    private T? ReadAlias(AnchorAlias alias)
    {
        if (_limits.PlainOnly)
            return Refuse(YamlRules.NotPlain, SpanOf(alias));
        if (!_anchors.TryGetValue(alias.Value, out (T? Value, int Values) known))
            return Refuse(YamlRules.UnknownAlias, SpanOf(alias), alias.Value.Value);
        if (known.Value is null)
            return Refuse(YamlRules.RecursiveAlias, SpanOf(alias), alias.Value.Value);
        _values += known.Values; // each at most the limit, so the sum fits
        return _values > _limits.MaxValues ? Refuse(YamlRules.TooManyValues, SpanOf(alias), _limits.MaxValues) : known.Value;
    }

    private T? ReadScalar(Scalar scalar)
    {
        string tag = scalar.Tag.IsEmpty ? "" : scalar.Tag.IsNonSpecific ? YamlTags.NonSpecific : scalar.Tag.Value;
        return _builder.Scalar(new(scalar.Value, scalar.Style == ScalarStyle.Plain, tag, SpanOf(scalar)));
    }

    private T? ReadSequence(SequenceStart start, int depth)
    {
        if (!HasTag(start, YamlTags.Sequence))
            return null;
        var items = new List<T>();
        while (Next() is not SequenceEnd)
        {
            if (ReadValue(depth + 1) is not T item)
                return null;
            items.Add(item);
        }
        SourceSpan? last = items.Count == 0 ? null : _builder.SpanOf(items[^1]);
        return _builder.Sequence(items.ToArray(), SpanOf(start, start.Style == SequenceStyle.Flow, last));
    }

    private T? ReadMapping(MappingStart start, int depth)
    {
        if (!HasTag(start, YamlTags.Mapping))
            return null;
        IYamlMappingBuilder<T> mapping = _builder.BeginMapping();
        while (Next() is not MappingEnd)
        {
            ParsingEvent keyEvent = _parser.Current!;
            bool isMerge = keyEvent is Scalar { Style: ScalarStyle.Plain, Value: MergeKey };
            if (ReadValue(depth + 1) is not T key || !mapping.TryAddKey(key, SpanOf(keyEvent), isMerge))
                return null;
            Next();
            if (ReadValue(depth + 1) is not T value || !mapping.TryAddValue(value))
                return null;
        }
        return mapping.Build(SpanOf(start, start.Style == MappingStyle.Flow, mapping.LastSpan));
    }

    private bool HasTag(NodeEvent start, string expected) =>
        start.Tag.IsEmpty || start.Tag.IsNonSpecific || start.Tag.Value == expected
        || Refuse(YamlRules.UnknownTag, SpanOf(start), start.Tag.Value) is not null;

    /// <summary>
    /// The span of a collection of which the parser has just met the end. A flow collection ends with its bracket; a block ends
    /// with its last value, as the parser's own end lies behind the comments that follow. (A value behind an alias lies before,
    /// or in a merge.)
    /// </summary>
    private SourceSpan SpanOf(NodeEvent start, bool isFlow, SourceSpan? last)
    {
        SourceSpan opening = SpanOf(start);
        SourceSpan ending = SpanOf(_parser.Current);
        int end = isFlow ? Math.Max(ending.End, ending.Start + 1) : Math.Max(opening.End, last?.End ?? 0);
        return opening with { End = Math.Min(end, _text.Source.Bytes.Length) };
    }

    private ParsingEvent Next()
    {
        _parser.MoveNext();
        return _parser.Current!;
    }

    private SourceSpan SpanOf(ParsingEvent? place) =>
        place is null ? _text.Source.Span(0, 0) : _text.Span(place.Start, place.End);

    private T? Refuse(SourceSpan span, YamlProblem problem) => Refuse(YamlRules.Syntax, span, problem.Message, problem.Remedy);

    private T? Refuse(DiagnosticRule rule, SourceSpan span, params ReadOnlySpan<object> arguments)
    {
        _diagnostics.Report(rule, span, arguments);
        return null;
    }
}
