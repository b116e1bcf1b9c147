using System.Text;

namespace Devicetree.Source.Preprocessing;

/// <summary>File names in quotes, as line markers and <c>#line</c> write them.</summary>
internal static class QuotedText
{
    /// <summary>What stands between the quotes, a backslash taken away before each character that it protects.</summary>
    public static string Decode(ReadOnlySpan<byte> text)
    {
        if (!text.Contains((byte)'\\'))
            return Encoding.UTF8.GetString(text);
        var bytes = new byte[text.Length];
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
                i++;
            bytes[length++] = text[i];
        }
        return Encoding.UTF8.GetString(bytes.AsSpan(0, length));
    }
}
