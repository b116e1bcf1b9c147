using System.Globalization;
using System.Text.RegularExpressions;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;
using Devicetree.Text.Yaml;

namespace Devicetree.Schema.Style;

/// <summary>Reads a tree's own configuration of yamllint, as far as kernels use it.</summary>
public static class StyleConfiguration
{
    /// <summary>The name of the file.</summary>
    public const string FileName = ".yamllint";

    private const string Relaxed = "relaxed";
    private const string LevelOption = "level";

    private static readonly Dictionary<(string Rule, string Option), Func<StyleSettings, int, StyleSettings?>> _options = new()
    {
        [("line-length", "max")] = static (settings, value) => settings with { LongestLine = value },
        [("line-length", "allow-non-breakable-words")] = Fixed(1),
        [("line-length", "allow-non-breakable-inline-mappings")] = Fixed(1),
        [("braces", "min-spaces-inside")] = static (settings, value) => settings
            with
        { Braces = settings.Braces with { Fewest = value } },
        [("braces", "max-spaces-inside")] = static (settings, value) => settings
            with
        { Braces = settings.Braces with { Most = value } },
        [("braces", "min-spaces-inside-empty")] = static (settings, value) => settings
            with
        { EmptyBraces = settings.EmptyBraces with { Fewest = value } },
        [("braces", "max-spaces-inside-empty")] = static (settings, value) => settings
            with
        { EmptyBraces = settings.EmptyBraces with { Most = value } },
        [("brackets", "min-spaces-inside")] = static (settings, value) => settings
            with
        { Brackets = settings.Brackets with { Fewest = value } },
        [("brackets", "max-spaces-inside")] = static (settings, value) => settings
            with
        { Brackets = settings.Brackets with { Most = value } },
        [("brackets", "min-spaces-inside-empty")] = static (settings, value) => settings
            with
        { EmptyBrackets = settings.EmptyBrackets with { Fewest = value } },
        [("brackets", "max-spaces-inside-empty")] = static (settings, value) => settings
            with
        { EmptyBrackets = settings.EmptyBrackets with { Most = value } },
        [("colons", "max-spaces-before")] = static (settings, value) => settings with { BeforeColon = value },
        [("colons", "max-spaces-after")] = static (settings, value) => settings with { AfterColon = value },
        [("commas", "max-spaces-before")] = static (settings, value) => settings with { BeforeComma = value },
        [("commas", "min-spaces-after")] = static (settings, value) => settings
            with
        { AfterComma = settings.AfterComma with { Fewest = value } },
        [("commas", "max-spaces-after")] = static (settings, value) => settings
            with
        { AfterComma = settings.AfterComma with { Most = value } },
        [("comments", "require-starting-space")] = static (settings, value) => settings
            with
        { CommentsBeginWithSpace = value != 0 },
        [("comments", "min-spaces-from-content")] = static (settings, value) => settings with { BeforeComment = value },
        [("document-start", "present")] = Fixed(1),
        [("empty-lines", "max")] = static (settings, value) => settings with { EmptyLines = value },
        [("empty-lines", "max-start")] = static (settings, value) => settings with { EmptyLinesAtStart = value },
        [("empty-lines", "max-end")] = static (settings, value) => settings with { EmptyLinesAtEnd = value },
        [("empty-values", "forbid-in-block-mappings")] = static (settings, value) => settings
            with
        { NoEmptyValuesInBlocks = value != 0 },
        [("empty-values", "forbid-in-flow-mappings")] = static (settings, value) => settings
            with
        { NoEmptyValuesInFlow = value != 0 },
        [("hyphens", "max-spaces-after")] = static (settings, value) => settings with { AfterHyphen = value },
        [("indentation", "spaces")] = static (settings, value) => settings with { Indentation = value },
        [("indentation", "indent-sequences")] = Fixed(1),
        [("indentation", "check-multi-line-strings")] = Fixed(0),
    };

    /// <summary>Rules that a configuration may name and turn off, but not on.</summary>
    private static readonly string[] _onlyOff =
        ["comments-indentation", "document-end", "key-ordering", "octal-values", "float-values", "truthy"];

    private static readonly HashSet<string> _rules = [.. _options.Keys.Select(key => key.Rule), "quoted-strings",
        "trailing-spaces", "key-duplicates", "new-lines", "new-line-at-end-of-file"];

    /// <summary>Reads a configuration.</summary>
    /// <param name="source">The file.</param>
    /// <param name="diagnostics">Takes what cannot be used, each once: it does not count.</param>
    public static StyleSettings Read(SourceText source, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(diagnostics);
        StyleSettings settings = StyleSettings.Relaxed;
        if (YamlFile.Load(source, diagnostics) is not YamlMapping file)
            return StyleSettings.Default;
        foreach ((YamlScalar key, YamlNode value) in file.Entries)
        {
            if (key.Value == "extends" && value is YamlScalar { Value: not Relaxed } other)
                diagnostics.Report(StyleRules.UnknownOption, other.Span, $"extends: {other.Value}");
            if (key.Value != "rules" || value is not YamlMapping rules)
                continue;
            foreach ((YamlScalar name, YamlNode options) in rules.Entries)
                settings = WithRule(settings, name, options, diagnostics);
        }
        return settings;
    }

    private static StyleSettings WithRule(StyleSettings settings, YamlScalar name, YamlNode options, DiagnosticBag diagnostics)
    {
        bool isOff = options is YamlScalar { Value: "disable" or "false" or "False" or "no" };
        if (isOff)
            return settings with
            {
                Levels = settings.Levels.Where(level => level.Key != name.Value)
                .ToDictionary(StringComparer.Ordinal)
            };
        if (!_rules.Contains(name.Value))
        {
            diagnostics.Report(_onlyOff.Contains(name.Value) ? StyleRules.UnknownOption : StyleRules.UnknownRule, name.Span,
                name.Value);
            return settings;
        }
        var levels = settings.Levels.ToDictionary(StringComparer.Ordinal);
        levels.TryAdd(name.Value, Severity.Error);
        settings = settings with { Levels = levels };
        foreach ((YamlScalar option, YamlNode value) in (options as YamlMapping)?.Entries ?? [])
        {
            if (option.Value == LevelOption && value is YamlScalar level)
                levels[name.Value] = level.Value == "error" ? Severity.Error : Severity.Warning;
            else if (name.Value == "quoted-strings")
                settings = WithQuotes(settings, option, value, diagnostics);
            else if (Number(value) is int number
                && _options.TryGetValue((name.Value, option.Value), out Func<StyleSettings, int, StyleSettings?>? apply)
                && apply(settings, number) is StyleSettings changed)
                settings = changed;
            else
                diagnostics.Report(StyleRules.UnknownOption, option.Span, $"{name.Value}: {option.Value}");
        }
        return settings;
    }

    private static StyleSettings WithQuotes(StyleSettings settings, YamlScalar option, YamlNode value, DiagnosticBag diagnostics)
    {
        if (option.Value == "extra-allowed" && value is YamlSequence list)
        {
            var allowed = new List<Regex>();
            foreach (YamlScalar pattern in list.Items.OfType<YamlScalar>())
            {
                try
                {
                    allowed.Add(new Regex(pattern.Value, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking));
                }
                catch (Exception error) when (error is ArgumentException or NotSupportedException)
                {
                    diagnostics.Report(StyleRules.UnknownOption, pattern.Span, $"extra-allowed: {pattern.Value}");
                }
            }
            return settings with { QuotesAllowed = allowed };
        }
        bool isKnown = (option.Value, (value as YamlScalar)?.Value) is ("required", "only-when-needed") or ("quote-type", "any");
        if (!isKnown)
            diagnostics.Report(StyleRules.UnknownOption, option.Span, $"quoted-strings: {option.Value}");
        return settings;
    }

    /// <summary>A number, or a truth value as 0 or 1.</summary>
    private static int? Number(YamlNode value) => (value as YamlScalar)?.Value switch
    {
        "true" or "True" or "yes" or "enable" => 1,
        "false" or "False" or "no" or "disable" => 0,
        string text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) =>
            number,
        _ => null,
    };

    /// <summary>An option that can have one value only, the one that kernels give it: anything else is reported.</summary>
    private static Func<StyleSettings, int, StyleSettings?> Fixed(int only) =>
        (settings, value) => value == only ? settings : null;
}
