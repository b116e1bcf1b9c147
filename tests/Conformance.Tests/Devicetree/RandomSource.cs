using System.Text;

namespace Conformance.Tests.Devicetree;

/// <summary>
/// Writes random devicetree source: bodies that merge, delete and refer to each other by few names, so that they meet often. Most
/// of it compiles; what does not must be refused by both compilers.
/// </summary>
internal sealed class RandomSource(int seed)
{
    private static readonly string[] _nodeNames = ["a", "b", "n@1", "n@2", "x-y", "cpus", "aliases"];
    private static readonly string[] _propertyNames = ["p", "q", "xp", "reg", "#cells", "a,b", "status"];

    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();
    private readonly List<string> _labels = [];

    /// <summary>A file with a root of its own.</summary>
    public string Base()
    {
        _text.Append("/dts-v1/;\n");
        for (int i = _random.Next(3); i > 0; i--)
            _text.Append($"/memreserve/ {Number()} {Number()};\n");
        _text.Append("/ ");
        Body(1, isPlugin: false);
        for (int i = _random.Next(5); i > 0; i--)
            Statement();
        return _text.ToString();
    }

    /// <summary>An overlay for a base that has the given labels and paths.</summary>
    public string Overlay(IReadOnlyList<string> labels, IReadOnlyList<string> paths)
    {
        _text.Append("/dts-v1/;\n/plugin/;\n");
        for (int i = 1 + _random.Next(4); i > 0; i--)
        {
            _text.Append(labels.Count > 0 && _random.Next(2) == 0 ? $"&{Pick(labels)} " : $"&{{{Pick(paths)}}} ");
            // What can be referred to is known before the bodies are: the base's labels.
            _labels.AddRange(labels);
            Body(1, isPlugin: true);
            _labels.RemoveAll(labels.Contains);
        }
        return _text.ToString();
    }

    private void Statement()
    {
        switch (_random.Next(20))
        {
            case 0:
                _text.Append($"&{{/{Pick(_nodeNames)}}} ");
                break;
            case 1 when _labels.Count > 0:
                _text.Append($"/delete-node/ &{Pick(_labels)};\n");
                return;
            case 2 when _labels.Count > 0:
                _text.Append($"{NewLabel()}: &{Pick(_labels)} ");
                break;
            case < 6 when _labels.Count > 0:
                _text.Append($"/omit-if-no-ref/ &{Pick(_labels)};\n");
                return;
            case < 14 when _labels.Count > 0:
                _text.Append($"&{Pick(_labels)} ");
                break;
            default:
                _text.Append("/ ");
                break;
        }
        Body(1, isPlugin: false);
    }

    private void Body(int depth, bool isPlugin)
    {
        string indent = new('\t', depth);
        _text.Append("{\n");
        foreach (string name in Some(_propertyNames))
        {
            if (!isPlugin && _random.Next(40) == 0)
                _text.Append($"{indent}/delete-property/ {Pick(_propertyNames)};\n");
            _text.Append(indent).Append(_random.Next(10) == 0 ? $"v{_text.Length}: " : "").Append(name);
            if (_random.Next(6) != 0)
                _text.Append(" = ").AppendJoin(", ", Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => Piece(isPlugin))
                    .ToArray());
            _text.Append(";\n");
        }
        if (depth < 4)
        {
            foreach (string name in Some(_nodeNames))
            {
                if (!isPlugin && _random.Next(40) == 0)
                    _text.Append($"{indent}/delete-node/ {Pick(_nodeNames)};\n");
                _text.Append(indent);
                if (!isPlugin && _random.Next(15) == 0)
                    _text.Append("/omit-if-no-ref/ ");
                for (int i = _random.Next(3); i > 0; i--)
                    _text.Append(NewLabel()).Append(": ");
                _text.Append(name).Append(' ');
                Body(depth + 1, isPlugin);
            }
        }
        _text.Append(indent[1..]).Append("};\n");
    }

    private string Piece(bool isPlugin) => _random.Next(8) switch
    {
        0 => $"\"{Pick(["", "okay", "a\\nb", "\\x41\\102", "x\\\"y", "tab\\t"])}\"",
        1 => "[" + string.Concat(Enumerable.Range(0, _random.Next(6)).Select(_ => $"{_random.Next(256):x2} ")) + "]",
        2 => $"/bits/ 8 <{_random.Next(256)} (-{_random.Next(128)})>",
        3 => $"/bits/ 16 <{_random.Next(65536)}> , /bits/ 64 <{Number()}>",
        4 when _labels.Count > 0 => $"<&{Pick(_labels)} {_random.Next()} &{Pick(_labels)}>",
        5 when _labels.Count > 0 && !isPlugin => "&" + Pick(_labels),
        6 => $"<({Expression(3)})>",
        _ => $"<{_random.Next()} 0x{_random.Next():x} 0{Convert.ToString(_random.Next(64), 8)} 'c'>",
    };

    /// <summary>An expression that fits into a cell and divides by nothing that could be zero.</summary>
    private string Expression(int depth) => depth == 0 ? $"{_random.Next(100)}" :
        $"(({Expression(depth - 1)} {Pick(["+", "-", "*", "<<", ">>", "&", "|", "^", "<", ">=", "==", "&&", "||"])} {Expression(depth - 1)}"
        + $" {Pick(["+", "/ 3 -", "% 7 *", "? 1 :"])} {Expression(depth - 1)}) & 0xffff)";

    private string Number() => $"0x{_random.NextInt64(1, long.MaxValue) >> _random.Next(63):x}";

    private string NewLabel()
    {
        _labels.Add($"l{_labels.Count}_{_text.Length}");
        return _labels[^1];
    }

    private string Pick(IReadOnlyList<string> from) => from[_random.Next(from.Count)];

    private string[] Some(string[] from)
    {
        string[] shuffled = [.. from];
        _random.Shuffle(shuffled);
        return shuffled[.._random.Next(4)];
    }
}
