using System.Diagnostics;
using System.Globalization;
using Devicetree.Schema.Model;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Devicetree.Schema.Loading;

/// <summary>Builds the value of one YAML text from the parser's events. Every method answers null after a mistake, which is reported once.</summary>
internal sealed class YamlReader
{
    private const string TagPrefix = "tag:yaml.org,2002:";
    private const string MergeKey = "<<";

    private readonly YamlText _text;
    private readonly DiagnosticBag _diagnostics;
    private readonly YamlLimits _limits;
    private readonly BindingScanner _scanner;
    private readonly Parser _parser;

    /// <summary>What an anchor means, with the number of values behind it; no value while that is still being read.</summary>
    private readonly Dictionary<AnchorName, (SchemaValue? Value, int Values)> _anchors = [];

    private int _values;

    /// <summary>A reader of one text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="diagnostics">Takes the mistake.</param>
    /// <param name="limits">What the text may ask for.</param>
    public YamlReader(YamlText text, DiagnosticBag diagnostics, YamlLimits limits)
    {
        _text = text;
        _diagnostics = diagnostics;
        _limits = limits;
        _scanner = new BindingScanner(new StringReader(text.Text));
        _parser = new Parser(_scanner);
    }

    /// <summary>Reads the one document.</summary>
    public SchemaValue? Read()
    {
        try
        {
            _parser.MoveNext(); // the start of the stream
            if (!_parser.MoveNext() || _parser.Current is not DocumentStart)
                return new SchemaNull(_text.Source.Span(0, 0));
            _parser.MoveNext();
            SchemaValue? value = ReadValue(0);
            if (value is null)
                return null;
            _parser.MoveNext(); // the end of the document
            return _parser.MoveNext() && _parser.Current is DocumentStart next ? Refuse(YamlRules.NotOneDocument, SpanOf(next)) : value;
        }
        catch (YamlException mistake)
        {
            return Refuse(YamlRules.Syntax, _text.Span(mistake.Start, mistake.End), Problem(mistake.Message));
        }
        catch (Exception mistake) when (YamlMistakes.IsOne(mistake))
        {
            return Refuse(YamlRules.Syntax, _text.Span(_scanner.CurrentPosition, _scanner.CurrentPosition), "found what cannot stand here");
        }
    }

    /// <summary>What is wrong, in the form of libyaml: without what was being read meanwhile, without a full stop.</summary>
    private static string Problem(string message)
    {
        int comma = message.StartsWith("While ", StringComparison.Ordinal) ? message.IndexOf(", ", StringComparison.Ordinal) : -1;
        return (comma < 0 ? message : message[(comma + 2)..]).TrimEnd('.');
    }

    private SchemaValue? ReadValue(int depth)
    {
        ParsingEvent current = _parser.Current!;
        if (current is AnchorAlias alias)
            return ReadAlias(alias);
        if (++_values > _limits.MaxValues)
            return Refuse(YamlRules.TooManyValues, SpanOf(current), _limits.MaxValues);
        if (depth > _limits.MaxDepth)
            return Refuse(YamlRules.TooDeep, SpanOf(current), _limits.MaxDepth);
        AnchorName anchor = ((NodeEvent)current).Anchor;
        int before = _values - 1;
        if (!anchor.IsEmpty)
            _anchors[anchor] = default;
        SchemaValue? value = current switch
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

    private SchemaValue? ReadAlias(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value, out (SchemaValue? Value, int Values) known))
            return Refuse(YamlRules.UnknownAlias, SpanOf(alias), alias.Value.Value);
        if (known.Value is null)
            return Refuse(YamlRules.RecursiveAlias, SpanOf(alias), alias.Value.Value);
        _values += known.Values; // each at most the limit, so the sum fits
        return _values > _limits.MaxValues ? Refuse(YamlRules.TooManyValues, SpanOf(alias), _limits.MaxValues) : known.Value;
    }

    private SchemaValue? ReadScalar(Scalar scalar)
    {
        SourceSpan span = SpanOf(scalar);
        bool isPlain = scalar.Style == ScalarStyle.Plain;
        if (scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific)
        {
            return !isPlain || scalar.Tag.IsNonSpecific ? new SchemaString(scalar.Value, span)
                : YamlScalars.Resolve(scalar.Value, span) ?? Refuse(YamlRules.BadNumber, span, scalar.Value);
        }
        if (scalar.Tag.Value == TagPrefix + "str")
            return new SchemaString(scalar.Value, span);
        SchemaValue? resolved = YamlScalars.Resolve(scalar.Value, span);
        bool fits = resolved is not null && scalar.Tag.Value == TagPrefix + resolved switch
        {
            SchemaInteger => "int",
            SchemaFloat => "float",
            SchemaBoolean => "bool",
            SchemaNull => "null",
            SchemaTimestamp => "timestamp",
            _ => "str",
        };
        return fits ? resolved : Refuse(YamlRules.UnknownTag, span, scalar.Tag.Value);
    }

    private SchemaArray? ReadSequence(SequenceStart start, int depth)
    {
        if (!HasTag(start, "seq"))
            return null;
        var items = new List<SchemaValue>();
        while (Next() is not SequenceEnd)
        {
            if (ReadValue(depth + 1) is not SchemaValue item)
                return null;
            items.Add(item);
        }
        return new(items.ToArray(), SpanOf(start, start.Style == SequenceStyle.Flow, items.Count == 0 ? null : items[^1].Span));
    }

    private SchemaObject? ReadMapping(MappingStart start, int depth)
    {
        if (!HasTag(start, "map"))
            return null;
        var entries = new MappingBuilder();
        while (Next() is not MappingEnd)
        {
            ParsingEvent keyEvent = _parser.Current!;
            bool isMerge = keyEvent is Scalar { Style: ScalarStyle.Plain, Value: MergeKey };
            SchemaValue? key = ReadValue(depth + 1);
            if (key is null)
                return null;
            if (key is not SchemaString { Value: string name })
                return (SchemaObject?)Refuse(YamlRules.KeyIsNoString, SpanOf(keyEvent), Kind(key));
            Next();
            if (ReadValue(depth + 1) is not SchemaValue value)
                return null;
            if (isMerge ? !TryMerge(entries, value, SpanOf(keyEvent)) : !entries.TryAdd(new(name, SpanOf(keyEvent), value)))
                return isMerge ? null : RefuseDuplicate(entries.Find(name), name, SpanOf(keyEvent));
        }
        return entries.Build(SpanOf(start, start.Style == MappingStyle.Flow, entries.LastSpan));
    }

    private SchemaObject? RefuseDuplicate(SchemaEntry first, string name, SourceSpan span)
    {
        _diagnostics.Report(YamlRules.DuplicateKey, span, [new(first.KeySpan, "first here")], name);
        return null;
    }

    private bool TryMerge(MappingBuilder entries, SchemaValue value, SourceSpan keySpan)
    {
        if (entries.HasMerged)
            return Refuse(YamlRules.DuplicateKey, keySpan, MergeKey) is not null;
        IReadOnlyList<SchemaValue> sources = value is SchemaArray list ? list.Items : [value];
        foreach (SchemaValue source in sources)
        {
            if (source is not SchemaObject mapping)
                return Refuse(YamlRules.BadMerge, keySpan, Kind(source)) is not null;
            entries.Merge(mapping);
        }
        return true;
    }

    private bool HasTag(NodeEvent start, string expected)
    {
        TagName tag = start is MappingStart mapping ? mapping.Tag : ((SequenceStart)start).Tag;
        return tag.IsEmpty || tag.IsNonSpecific || tag.Value == TagPrefix + expected
            || Refuse(YamlRules.UnknownTag, SpanOf(start), tag.Value) is not null;
    }

    /// <summary>
    /// The span of a collection of which the parser has just met the end. A flow collection ends with its bracket; a block ends with its
    /// last value, as the parser's own end lies behind the comments that follow. (A value behind an alias lies before, or in a merge.)
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

    private SchemaValue? Refuse(DiagnosticRule rule, SourceSpan span, params ReadOnlySpan<object> arguments)
    {
        _diagnostics.Report(rule, span, arguments);
        return null;
    }

    private static string Kind(SchemaValue value) => value switch
    {
        SchemaNull => "empty",
        SchemaBoolean boolean => boolean.Value ? "true" : "false",
        SchemaInteger integer => integer.Value.ToString(CultureInfo.InvariantCulture),
        SchemaFloat real => real.Value.ToString(CultureInfo.InvariantCulture),
        SchemaTimestamp date => date.Text,
        SchemaArray => "a list",
        SchemaObject => "a mapping",
        _ => "a string",
    };
}
