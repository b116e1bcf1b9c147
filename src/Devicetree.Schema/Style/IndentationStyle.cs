using System.Globalization;
using Devicetree.Text.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Devicetree.Schema.Style;

/// <summary>
/// Two spaces a level: what begins a line is compared with what it belongs to. A value that begins on the line of its key or
/// hyphen may stand anywhere, and what follows it is measured by it. Text in several lines is not looked at.
/// </summary>
internal sealed class IndentationStyle(string text, StyleFindings findings)
{
    private readonly int _step = findings.Settings.Indentation;

    /// <summary>Deeper nesting is refused by the loader; here it ends the check.</summary>
    private static readonly int _deepest = YamlLimits.Default.MaxDepth;

    private readonly Parser _parser = new(new YamlScanner(text));

    private int _depth;

    public void Check()
    {
        while (_depth <= _deepest && _parser.MoveNext())
        {
            if (_parser.Current is DocumentStart && _parser.MoveNext() && _parser.Current is not DocumentEnd)
                CheckNode(0);
        }
    }

    /// <summary>Checks the node that begins with the current event; stops at its last event.</summary>
    /// <param name="expected">The column, from 0, where it has to begin if it is the first of its line.</param>
    private void CheckNode(int expected)
    {
        // Unwinding leaves the depth as it is, so that nothing more is looked at.
        if (++_depth > _deepest)
            return;
        switch (_parser.Current)
        {
            case MappingStart { Style: MappingStyle.Flow }:
                CheckFlow(expected, isMapping: true);
                break;
            case SequenceStart { Style: SequenceStyle.Flow }:
                CheckFlow(expected, isMapping: false);
                break;
            case MappingStart mapping:
                CheckMapping(mapping, expected);
                break;
            case SequenceStart sequence:
                CheckSequence(sequence, expected);
                break;
            case ParsingEvent scalar when !IsEmpty(scalar):
                CheckPlace(scalar.Start, expected);
                break;
        }
        if (_depth <= _deepest)
            _depth--;
    }

    private void CheckMapping(MappingStart mapping, int expected)
    {
        bool isFirst = true;
        int column = Column(mapping.Start);
        while (_depth <= _deepest && _parser.MoveNext() && _parser.Current is not MappingEnd)
        {
            ParsingEvent key = _parser.Current!;
            if (isFirst)
            {
                column = Column(key.Start);
                CheckPlace(key.Start, expected);
            }
            isFirst = false;
            Skip();
            long keyLine = key.Start.Line;
            if (!_parser.MoveNext())
                return;
            ParsingEvent value = _parser.Current!;
            CheckNode(value.Start.Line == keyLine ? Column(value.Start) : column + _step);
        }
    }

    private void CheckSequence(SequenceStart sequence, int expected)
    {
        // Behind a key the event of a list that is not indented begins at its first entry, whose hyphen comes before.
        bool isFirst = true;
        int column = Column(sequence.Start);
        while (_depth <= _deepest && _parser.MoveNext() && _parser.Current is not SequenceEnd)
        {
            ParsingEvent entry = _parser.Current!;
            if (isFirst)
            {
                CheckPlace(sequence.Start, expected);
                column = Column(sequence.Start);
            }
            isFirst = false;
            int at = Column(entry.Start);
            // On a line of its own it may stand under the hyphen.
            CheckNode(IsFirstOfLine(entry.Start) && at != column ? column + _step : at);
        }
    }

    private void CheckFlow(int expected, bool isMapping)
    {
        ParsingEvent start = _parser.Current!;
        CheckPlace(start.Start, expected);
        int lineIndent = IndentOf(start.Start);
        int? column = null;
        bool isValue = false;
        bool isPair = false;
        long keyLine = 0;
        while (_depth <= _deepest && _parser.MoveNext() && !IsEndOfFlow(isPair))
        {
            ParsingEvent child = _parser.Current!;
            // A pair that stands alone in a list is a mapping without braces, which begins and ends nowhere: its key and value
            // are looked at as if they were entries.
            if (child is MappingStart && child.Start.Index < start.Start.Index)
            {
                isPair = true;
                continue;
            }
            if (child is MappingEnd && isPair)
            {
                (isPair, isValue) = (false, false);
                continue;
            }
            column ??= child.Start.Line == start.Start.Line ? Column(child.Start) : lineIndent + _step;
            CheckNode(isValue && child.Start.Line != keyLine ? column.Value + _step : column.Value);
            keyLine = child.Start.Line;
            isValue = (isMapping || isPair) && !isValue;
        }
        if (_parser.Current is ParsingEvent end)
            CheckPlace(end.Start, lineIndent);
    }

    private bool IsEndOfFlow(bool isPair) => _parser.Current is SequenceEnd || (_parser.Current is MappingEnd && !isPair);

    /// <summary>Goes to the last event of the current node.</summary>
    private void Skip()
    {
        int depth = 0;
        do
        {
            depth += _parser.Current!.NestingIncrease;
        }
        while (depth > 0 && _parser.MoveNext());
    }

    private void CheckPlace(Mark start, int expected)
    {
        int found = Column(start);
        if (found == expected || !IsFirstOfLine(start))
            return;
        findings.Add(
            StyleRules.Indentation, start.Line, found + 1,
            string.Create(CultureInfo.InvariantCulture, $"wrong indentation: expected {expected} but found {found}"));
    }

    private bool IsFirstOfLine(Mark start) => Column(start) == IndentOf(start);

    private int IndentOf(Mark place)
    {
        int at = (int)place.Index - Column(place);
        int indent = 0;
        while (at + indent < text.Length && text[at + indent] == ' ')
            indent++;
        return indent;
    }

    private static bool IsEmpty(ParsingEvent scalar) => scalar is Scalar { Value.Length: 0, Style: ScalarStyle.Plain };

    private static int Column(Mark place) => (int)place.Column - 1;
}
