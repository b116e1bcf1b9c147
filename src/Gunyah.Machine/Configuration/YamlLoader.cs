using System.Buffers;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Gunyah.Machine.Configuration;

/// <summary>What keeps a text from being read as YAML.</summary>
internal sealed record YamlProblem(string Message, int Start, int End);

/// <summary>
/// Turns a text into nodes with positions. One document; no anchors, aliases, tags or keys that are not scalars, none of which
/// a machine file needs; bounded depth.
/// </summary>
internal sealed class YamlLoader
{
    /// <summary>Deeper than any machine file, far less than a stack.</summary>
    private const int MaxDepth = 16;

    /// <summary>Control characters, which YAML 1.2 (section 5.1) does not allow; the parser does not check all of them.</summary>
    private static readonly SearchValues<char> NotYaml =
        SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(static c => (char)c).Where(static c => char.IsControl(c) && c is not ('\t' or '\n' or '\r' or '\u0085')), '\uFFFE', '\uFFFF']);

    private readonly Parser _parser;
    private readonly int _length;

    private YamlLoader(string text)
    {
        _parser = new Parser(new StringReader(text));
        _length = text.Length;
    }

    /// <summary>Reads the one document of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="problem">What is wrong, or null.</param>
    /// <returns>The root; null where something is wrong and for a text that holds nothing.</returns>
    public static YamlNode? Load(string text, out YamlProblem? problem)
    {
        int control = text.AsSpan().IndexOfAny(NotYaml);
        if (control >= 0)
        {
            problem = new("this character may not stand in a YAML file", control, control + 1);
            return null;
        }

        var loader = new YamlLoader(text);
        try
        {
            problem = null;
            return loader.Document();
        }
        catch (YamlException e)
        {
            // The parser reports a malformed text only in this way.
            problem = new(Sentence(e), loader.Clamp(e.Start.Index), loader.Clamp(Math.Max(e.Start.Index, e.End.Index)));
            return null;
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet 18.1's scanner gives up in this way on some malformed plain scalars, without a position.
            int place = loader.Clamp(loader._parser.Current?.End.Index ?? 0);
            problem = new("a value that cannot be read follows here", place, place);
            return null;
        }
    }

    private YamlNode? Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
            return null;

        _parser.Consume<DocumentStart>();
        YamlNode root = Node(depth: 0);
        _parser.Consume<DocumentEnd>();
        if (!_parser.Accept<StreamEnd>(out _))
            throw Refused(_parser.Current!, "a machine file has one document");
        return root;
    }

    private YamlNode Node(int depth)
    {
        ParsingEvent current = _parser.Current!;
        if (depth > MaxDepth)
            throw Refused(current, $"groups and lists are nested more than {MaxDepth} deep");
        if (current is NodeEvent node && (!node.Anchor.IsEmpty || !node.Tag.IsEmpty))
            throw Refused(current, "anchors and tags have no meaning in a machine file");

        switch (current)
        {
            case Scalar:
                return ScalarNode();
            case SequenceStart start:
                _parser.MoveNext();
                var items = new List<YamlNode>();
                while (!_parser.Accept<SequenceEnd>(out _))
                    items.Add(Node(depth + 1));
                return new YamlSequence(items, Clamp(start.Start.Index), Clamp(_parser.Consume<SequenceEnd>().End.Index));
            case MappingStart start:
                _parser.MoveNext();
                var entries = new List<(YamlScalar, YamlNode)>();
                while (!_parser.Accept<MappingEnd>(out _))
                {
                    if (!_parser.Accept<Scalar>(out _))
                        throw Refused(_parser.Current!, "a key is a word");
                    YamlScalar key = ScalarNode();
                    entries.Add((key, Node(depth + 1)));
                }

                return new YamlMapping(entries, Clamp(start.Start.Index), Clamp(_parser.Consume<MappingEnd>().End.Index));
            default:
                throw Refused(current, "aliases have no meaning in a machine file");
        }
    }

    private YamlScalar ScalarNode()
    {
        Scalar scalar = _parser.Consume<Scalar>();
        return new(scalar.Value, Clamp(scalar.Start.Index), Clamp(scalar.End.Index));
    }

    private static YamlException Refused(ParsingEvent place, string message) => new(place.Start, place.End, message);

    /// <summary>The parser's message without its own rendering of the position.</summary>
    private static string Sentence(YamlException e)
    {
        int end = e.Message.LastIndexOf("): ", StringComparison.Ordinal);
        return (end < 0 ? e.Message : e.Message[(end + 3)..]).TrimEnd('.');
    }

    private int Clamp(long index) => (int)Math.Clamp(index, 0, _length);
}
