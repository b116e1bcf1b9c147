using System.Globalization;
using System.Text;
using Devicetree.Schema.Decoding;

namespace Devicetree.Schema.Findings.Explained;

/// <summary>Writes decoded values as devicetree sources do.</summary>
internal static class ValueText
{
    /// <summary>The text of a value.</summary>
    public static string Of(DecodedValue value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    /// <summary>What kind of value it is, with an article.</summary>
    public static string Kind(DecodedValue value) => value switch
    {
        DecodedNode => "a node",
        DecodedFlag => "a flag",
        DecodedText => "a string",
        DecodedInteger or DecodedFloat => "a number",
        DecodedBytes bytes => $"a value of {bytes.Value.Length} bytes that fits none of its types",
        DecodedList { Count: > 0 } list => list.Items[0] switch
        {
            DecodedText => "a list of strings",
            DecodedList => "a list of rows of numbers",
            _ => "a list of numbers",
        },
        DecodedList => "an empty list",
        _ => "nothing",
    };

    private static void Append(StringBuilder text, DecodedValue value)
    {
        switch (value)
        {
            case DecodedText characters:
                AppendQuoted(text, characters.Value);
                break;
            case DecodedBytes bytes:
                AppendBytes(text, bytes.Value.Span);
                break;
            case DecodedNode node:
                text.Append("{ ").AppendJoin(' ', node.Keys.Where(key => key != DecodedNode.NameKey).Select(key => key + ";"))
                    .Append(" }");
                break;
            case DecodedList list:
                AppendList(text, list);
                break;
            case DecodedFlag flag:
                text.Append(flag.Value ? "a property without value" : "false");
                break;
            default:
                text.Append(Number(value));
                break;
        }
    }

    private static void AppendList(StringBuilder text, DecodedList list)
    {
        bool isRow = list.Count > 0 && list.Items.All(item => item is DecodedInteger);
        if (isRow)
        {
            text.Append('<').AppendJoin(' ', list.Items.Select(Number)).Append('>');
            return;
        }
        for (int i = 0; i < list.Count; i++)
        {
            if (i > 0)
                text.Append(", ");
            Append(text, list.Items[i]);
        }
    }

    private static string Number(DecodedValue value) => value switch
    {
        DecodedInteger integer => integer.Value.ToString(CultureInfo.InvariantCulture),
        DecodedFloat real => real.Value.ToString(CultureInfo.InvariantCulture),
        _ => "nothing",
    };

    private static void AppendBytes(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        text.Append('[');
        for (int i = 0; i < bytes.Length; i++)
            text.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? " " : "")}{bytes[i]:x2}");
        text.Append(']');
    }

    private static void AppendQuoted(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char c in value)
        {
            if (c is '"' or '\\')
                text.Append('\\').Append(c);
            else if (char.IsControl(c))
                text.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
            else
                text.Append(c);
        }
        text.Append('"');
    }
}
