using System.Text;

namespace Devicetree.Formatting;

internal enum LineKind
{
    Blank,
    Comment,
    Directive,

    /// <summary>A property, a deletion, a header: what ends with a semicolon.</summary>
    Statement,

    /// <summary>A further line of a statement.</summary>
    Continuation,

    /// <summary>A line that stays as it is.</summary>
    Verbatim,

    /// <summary>What opens a body.</summary>
    Open,

    /// <summary>What closes a body.</summary>
    Close,
}

/// <summary>The lines of the result, and the blank lines between them.</summary>
internal sealed class LineList
{
    private readonly List<(string Text, LineKind Kind)> _lines = [];

    /// <summary>Adds a line; at most one blank line comes before it, none at the start of a body or before its end.</summary>
    /// <param name="text">The line without its newline.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="blankBefore">Whether the author left a blank line there.</param>
    public void Add(string text, LineKind kind, bool blankBefore)
    {
        if (kind == LineKind.Close)
        {
            while (_lines.Count > 0 && _lines[^1].Kind == LineKind.Blank)
                _lines.RemoveAt(_lines.Count - 1);
        }
        else if (blankBefore && _lines.Count > 0 && _lines[^1].Kind is not (LineKind.Blank or LineKind.Open))
        {
            _lines.Add(("", LineKind.Blank));
        }
        _lines.Add((text, kind));
        if (kind is LineKind.Open or LineKind.Statement)
            SeparateNodes();
    }

    /// <summary>Adds lines as they are.</summary>
    /// <param name="text">The lines, with newlines between them.</param>
    /// <param name="continues">Whether the first one goes on with the last line that is there.</param>
    /// <param name="blankBefore">Whether the author left a blank line there.</param>
    public void AddVerbatim(string text, bool continues, bool blankBefore)
    {
        string[] lines = text.Split('\n');
        if (continues)
            Append(" " + lines[0]);
        else
            Add(lines[0], LineKind.Verbatim, blankBefore);
        foreach (string line in lines.AsSpan(1))
            _lines.Add((line, LineKind.Verbatim));
    }

    /// <summary>Adds to the end of the last line, which a comment does that stands behind something.</summary>
    public void Append(string text) => _lines[^1] = (_lines[^1].Text + text, _lines[^1].Kind);

    public bool IsEmpty => _lines.Count == 0;

    public string ToText()
    {
        var text = new StringBuilder();
        foreach ((string line, LineKind kind) in _lines)
            text.Append(kind == LineKind.Verbatim ? line : line.AsSpan().TrimEnd()).Append('\n');
        return text.ToString();
    }

    /// <summary>Puts a blank line before a node and after one, above the comments that belong to what follows.</summary>
    private void SeparateNodes()
    {
        int first = _lines.Count - 1;
        while (first > 0 && _lines[first - 1].Kind == LineKind.Comment)
            first--;
        if (first == 0)
            return;
        LineKind before = _lines[first - 1].Kind;
        bool isNode = _lines[^1].Kind == LineKind.Open && before is LineKind.Statement or LineKind.Continuation
            && _lines[^1].Kind == LineKind.Open;
        if (isNode || before == LineKind.Close)
            _lines.Insert(first, ("", LineKind.Blank));
    }
}
