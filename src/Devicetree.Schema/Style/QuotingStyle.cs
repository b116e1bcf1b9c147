using System.Text.RegularExpressions;
using Devicetree.Text.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace Devicetree.Schema.Style;

/// <summary>Finds quotes that change nothing: without them the value would be the same text.</summary>
internal static partial class QuotingStyle
{
    /// <summary>Whether a value has quotes that it does not need and that are not allowed all the same.</summary>
    /// <param name="value">The value.</param>
    /// <param name="previous">The token before it.</param>
    /// <param name="settings">What may stand in quotes.</param>
    public static bool IsRedundant(Scalar value, Token? previous, StyleSettings settings) =>
        value.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted
        && previous is BlockEntry or FlowEntry or FlowSequenceStart or Value
        && value.Value.Length > 0
        && !OtherTypes().IsMatch(value.Value)
        && IsPlain(value.Value)
        && !settings.QuotesAllowed.Any(allowed => allowed.IsMatch(value.Value));

    /// <summary>Whether a text behind a key is read as it is.</summary>
    private static bool IsPlain(string text)
    {
        var scanner = new YamlScanner("key: " + text);
        try
        {
            for (int i = 0; i < 5; i++)
                scanner.MoveNext();
            return scanner.MoveNext() && scanner.Current is Scalar { Style: ScalarStyle.Plain } plain && plain.Value == text
                && scanner.MoveNext() && scanner.Current is BlockEnd;
        }
        catch (YamlException)
        {
            return false;
        }
    }

    /// <summary>
    /// What YAML 1.1 reads as something else than text: truth values, whole and real numbers, dates, nothing, the merge key, the
    /// value key (yaml.org/type).
    /// </summary>
    [GeneratedRegex("""
        ^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF
        |[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?
        |\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?
        |[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*
        |[-+]?\.(?:inf|Inf|INF)
        |\.(?:nan|NaN|NAN)
        |[-+]?0b[0-1_]+
        |[-+]?0[0-7_]+
        |[-+]?(?:0|[1-9][0-9_]*)
        |[-+]?0x[0-9a-fA-F_]+
        |[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+
        |<<
        |~|null|Null|NULL
        |[0-9]{4}-[0-9]{2}-[0-9]{2}
        |[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[\ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[\ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?
        |=)$
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex OtherTypes();
}
