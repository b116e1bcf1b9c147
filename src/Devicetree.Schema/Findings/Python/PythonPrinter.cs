using System.Text;
using Devicetree.Schema.Decoding;

namespace Devicetree.Schema.Findings.Python;

/// <summary>
/// Lays values out as Python's <c>pprint</c> does: what fits a line stands on it, lists and dictionaries that do not are broken
/// after each item, long strings and bytes are cut into pieces.
/// </summary>
/// <param name="width">The columns of a line.</param>
/// <param name="compact">True to put as many items on a line as fit.</param>
/// <param name="sortKeys">True to sort the keys of dictionaries.</param>
internal sealed class PythonPrinter(int width, bool compact, bool sortKeys)
{
    private const int BytesGroup = 4;

    private readonly StringBuilder _text = new();

    /// <summary>The text of a value, without a newline at its end.</summary>
    public string Print(DecodedValue value)
    {
        _text.Clear();
        Write(value, 0, 0, 0);
        return _text.ToString();
    }

    /// <param name="value">What to write.</param>
    /// <param name="indent">The column where it begins.</param>
    /// <param name="allowance">Columns that must stay free after it.</param>
    /// <param name="level">How deep it stands; 0 for the outermost value.</param>
    private void Write(DecodedValue value, int indent, int allowance, int level)
    {
        if (FitsIn(value, width - indent - allowance, out string line))
        {
            _text.Append(line);
            return;
        }
        switch (value)
        {
            case DecodedNode node:
                WriteNode(node, indent, allowance, level + 1);
                break;
            case DecodedList list:
                WriteList(list, indent, allowance, level + 1);
                break;
            case DecodedText text:
                WriteText(text.Value, indent, allowance, level + 1);
                break;
            case DecodedBytes bytes:
                WriteBytes(bytes.Value, indent, allowance, level + 1);
                break;
            default:
                _text.Append(PythonText.Of(value));
                break;
        }
    }

    private void WriteNode(DecodedNode node, int indent, int allowance, int level)
    {
        _text.Append('{');
        int left = node.Count;
        foreach ((string key, DecodedValue value) in Entries(node))
        {
            string name = PythonText.Of(key);
            _text.Append(name).Append(": ");
            left--;
            Write(value, indent + 1 + name.Length + 2, left == 0 ? allowance + 1 : 1, level);
            if (left > 0)
                _text.Append(",\n").Append(' ', indent + 1);
        }
        _text.Append('}');
    }

    private void WriteList(DecodedList list, int indent, int allowance, int level)
    {
        _text.Append('[');
        indent++;
        allowance++;
        string newLine = ",\n" + new string(' ', indent);
        string delimiter = "";
        int most = width - indent + 1;
        int room = most;
        for (int i = 0; i < list.Count; i++)
        {
            bool last = i == list.Count - 1;
            if (last)
            {
                most -= allowance;
                room -= allowance;
            }
            if (compact && FitsIn(list.Items[i], most, out string line))
            {
                int wanted = line.Length + 2;
                if (room < wanted)
                {
                    room = most;
                    if (delimiter.Length > 0)
                        delimiter = newLine;
                }
                if (room >= wanted)
                {
                    room -= wanted;
                    _text.Append(delimiter).Append(line);
                    delimiter = ", ";
                    continue;
                }
            }
            else if (compact)
            {
                room = most;
                if (delimiter.Length > 0)
                    delimiter = newLine;
            }
            _text.Append(delimiter);
            delimiter = newLine;
            Write(list.Items[i], indent, last ? allowance : 1, level);
        }
        _text.Append(']');
    }

    private void WriteText(string value, int indent, int allowance, int level)
    {
        if (level == 1)
        {
            indent++;
            allowance++;
        }
        if (value.Length == 0)
        {
            _text.Append(PythonText.Of(value));
            return;
        }
        var pieces = new List<string>();
        string[] lines = [.. Lines(value)];
        int most = width - indent;
        for (int i = 0; i < lines.Length; i++)
        {
            bool lastLine = i == lines.Length - 1;
            string whole = PythonText.Of(lines[i]);
            if (whole.Length <= most - (lastLine ? allowance : 0))
            {
                pieces.Add(whole);
                continue;
            }
            string current = "";
            string[] words = [.. Words(lines[i])];
            for (int j = 0; j < words.Length; j++)
            {
                string candidate = current + words[j];
                int room = lastLine && j == words.Length - 1 ? most - allowance : most;
                if (PythonText.Of(candidate).Length <= room)
                {
                    current = candidate;
                    continue;
                }
                if (current.Length > 0)
                    pieces.Add(PythonText.Of(current));
                current = words[j];
            }
            if (current.Length > 0)
                pieces.Add(PythonText.Of(current));
        }
        WritePieces(pieces, indent, level == 1 && pieces.Count > 1);
    }

    private void WriteBytes(ReadOnlyMemory<byte> value, int indent, int allowance, int level)
    {
        if (value.Length <= BytesGroup)
        {
            _text.Append(PythonText.Of(new DecodedBytes(value)));
            return;
        }
        if (level == 1)
        {
            indent++;
            allowance++;
        }
        var pieces = new List<string>();
        int room = width - indent;
        int start = 0, end = 0;
        int last = value.Length / BytesGroup * BytesGroup;
        for (int i = 0; i < value.Length; i += BytesGroup)
        {
            int candidate = Math.Min(i + BytesGroup, value.Length);
            if (i == last)
                room -= allowance;
            if (BytesOf(start, candidate).Length > room)
            {
                if (end > start)
                    pieces.Add(BytesOf(start, end));
                start = i;
            }
            end = candidate;
        }
        pieces.Add(BytesOf(start, end));
        WritePieces(pieces, indent, level == 1);

        string BytesOf(int from, int to) => PythonText.Of(new DecodedBytes(value[from..to]));
    }

    private void WritePieces(List<string> pieces, int indent, bool parentheses)
    {
        if (parentheses)
            _text.Append('(');
        for (int i = 0; i < pieces.Count; i++)
        {
            if (i > 0)
                _text.Append('\n').Append(' ', indent);
            _text.Append(pieces[i]);
        }
        if (parentheses)
            _text.Append(')');
    }

    private IEnumerable<(string Key, DecodedValue Value)> Entries(DecodedNode node)
    {
        IEnumerable<(string Key, DecodedValue Value)> entries = node.Keys.Select((key, index) => (key, node.Values[index]));
        return sortKeys ? entries.OrderBy(entry => entry.Key, StringComparer.Ordinal) : entries;
    }

    /// <summary>The text on one line, when it is at most so long. It is given up as soon as it is longer.</summary>
    private bool FitsIn(DecodedValue value, int most, out string line)
    {
        var text = new StringBuilder();
        bool fits = TryAppend(text, value, most);
        line = fits ? text.ToString() : "";
        return fits;
    }

    private bool TryAppend(StringBuilder text, DecodedValue value, int most)
    {
        if (value is DecodedNode node)
        {
            text.Append('{');
            string comma = "";
            foreach ((string key, DecodedValue entry) in Entries(node))
            {
                text.Append(comma).Append(PythonText.Of(key)).Append(": ");
                if (!TryAppend(text, entry, most))
                    return false;
                comma = ", ";
            }
            text.Append('}');
        }
        else if (value is DecodedList list)
        {
            text.Append('[');
            for (int i = 0; i < list.Count; i++)
            {
                if (i > 0)
                    text.Append(", ");
                if (!TryAppend(text, list.Items[i], most))
                    return false;
            }
            text.Append(']');
        }
        else
        {
            PythonText.Append(text, value);
        }
        return text.Length <= most;
    }

    private static IEnumerable<string> Lines(string value)
    {
        for (int start = 0; start < value.Length;)
        {
            int end = value.IndexOf('\n', start);
            end = end < 0 ? value.Length : end + 1;
            yield return value[start..end];
            start = end;
        }
    }

    /// <summary>Runs of other characters, each with the spaces after it.</summary>
    private static IEnumerable<string> Words(string line)
    {
        for (int start = 0; start < line.Length;)
        {
            int end = start;
            while (end < line.Length && !char.IsWhiteSpace(line[end]))
                end++;
            while (end < line.Length && char.IsWhiteSpace(line[end]))
                end++;
            yield return line[start..end];
            start = end;
        }
    }
}
