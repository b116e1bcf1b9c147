using Devicetree.Text.Diagnostics;

namespace Devicetree.Text.Reports;

/// <summary>
/// Where more can be read about a rule: by the letters of its ID, the pages that the rules of that kind come from.
/// </summary>
internal static class RuleLinks
{
    private const string Specification = "https://www.devicetree.org/specifications/";
    private const string Bindings = "https://docs.kernel.org/devicetree/bindings/writing-schema.html";

    private static readonly (string Letters, string Uri)[] _rows =
    [
        ("BND", Bindings),
        ("CPP", "https://gcc.gnu.org/onlinedocs/cpp/"),
        ("DOC", Bindings),
        ("DTV", Bindings),
        ("EXA", Bindings),
        ("FMT", "https://docs.kernel.org/devicetree/bindings/dts-coding-style.html"),
        ("SCH", Bindings),
        ("STY", "https://yamllint.readthedocs.io/en/stable/rules.html"),
        ("YML", "https://yaml.org/spec/1.2.2/"),
    ];

    /// <summary>The page about a rule.</summary>
    public static string Of(DiagnosticRule rule)
    {
        foreach ((string letters, string uri) in _rows)
        {
            if (rule.Id.StartsWith(letters, StringComparison.Ordinal))
                return uri;
        }
        return Specification;
    }
}
