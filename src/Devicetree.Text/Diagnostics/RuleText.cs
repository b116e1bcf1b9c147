using System.Text;

namespace Devicetree.Text.Diagnostics;

/// <summary>The texts of rules without an input to fill them.</summary>
internal static class RuleText
{
    private const char Open = '…';

    /// <summary>A text of a rule as a sentence, its places left open.</summary>
    /// <param name="text">The text, with places <c>{0}</c>, <c>{1:x}</c> and doubled braces.</param>
    /// <param name="otherwise">Words with hyphens for a text that is nothing but places.</param>
    public static string Sentence(string text, string otherwise)
    {
        string open = WithoutPlaces(text);
        if (!open.Any(char.IsLetter))
            open = otherwise.Replace('-', ' ');
        open = open.Trim();
        if (open.Length == 0)
            return "";
        string end = open[^1] is '.' or '!' or '?' ? "" : ".";
        return char.ToUpperInvariant(open[0]) + open[1..] + end;
    }

    private static string WithoutPlaces(string text)
    {
        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            bool isDoubled = text[i] is '{' or '}' && i + 1 < text.Length && text[i + 1] == text[i];
            int end = text[i] == '{' && !isDoubled ? text.IndexOf('}', i) : -1;
            if (end > i)
            {
                result.Append(Open);
                i = end;
                continue;
            }
            result.Append(text[i]);
            i += isDoubled ? 1 : 0;
        }
        return result.ToString();
    }
}
