using System.Text.RegularExpressions;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Schema.Style;

/// <summary>How many spaces may be somewhere.</summary>
/// <param name="Fewest">At least so many; -1 for any number.</param>
/// <param name="Most">At most so many; -1 for any number.</param>
internal readonly record struct SpaceRange(int Fewest, int Most);

/// <summary>
/// How bindings are to be written: yamllint's options of the rules that kernels use, and which rules count. What stands here is
/// the configuration of Linux 6.1, for trees that have none.
/// </summary>
public sealed record StyleSettings
{
    /// <summary>The configuration of Linux 6.1.</summary>
    public static StyleSettings Default { get; } = new();

    /// <summary>What yamllint calls relaxed, which the configurations of kernels build on.</summary>
    public static StyleSettings Relaxed { get; } = new()
    {
        Levels = Default.Levels.Where(level => level.Key is not ("comments" or "document-start" or "empty-values"))
            .Append(new(StyleRules.TrailingSpaces.Name, Severity.Error)).ToDictionary(StringComparer.Ordinal),
        LongestLine = 80,
        EmptyBraces = new(-1, -1),
        EmptyBrackets = new(-1, -1),
        EmptyLines = 2,
        EmptyLinesAtEnd = 0,
        BeforeComment = 2,
        CommentsBeginWithSpace = true,
    };

    /// <summary>The severity of each rule that counts, by yamllint's name.</summary>
    internal IReadOnlyDictionary<string, Severity> Levels { get; init; } =
        new Dictionary<string, Severity>(StringComparer.Ordinal)
        {
            [StyleRules.Braces.Name] = Severity.Warning,
            [StyleRules.Brackets.Name] = Severity.Warning,
            [StyleRules.Colons.Name] = Severity.Warning,
            [StyleRules.Commas.Name] = Severity.Warning,
            [StyleRules.Comments.Name] = Severity.Error,
            [StyleRules.DocumentStart.Name] = Severity.Error,
            [StyleRules.EmptyLines.Name] = Severity.Warning,
            [StyleRules.EmptyValues.Name] = Severity.Error,
            [StyleRules.Hyphens.Name] = Severity.Warning,
            [StyleRules.Indentation.Name] = Severity.Warning,
            [StyleRules.KeyDuplicates.Name] = Severity.Error,
            [StyleRules.LineLength.Name] = Severity.Warning,
            [StyleRules.NewLineAtEnd.Name] = Severity.Error,
            [StyleRules.NewLines.Name] = Severity.Error,
        };

    /// <summary>The longest line.</summary>
    internal int LongestLine { get; init; } = 110;

    /// <summary>Inside of braces.</summary>
    internal SpaceRange Braces { get; init; } = new(0, 1);

    /// <summary>Inside of braces without anything between them; -1 for what holds of others.</summary>
    internal SpaceRange EmptyBraces { get; init; } = new(0, 0);

    /// <summary>Inside of brackets.</summary>
    internal SpaceRange Brackets { get; init; } = new(0, 1);

    /// <summary>Inside of brackets without anything between them; -1 for what holds of others.</summary>
    internal SpaceRange EmptyBrackets { get; init; } = new(0, 0);

    /// <summary>The most spaces before a colon.</summary>
    internal int BeforeColon { get; init; }

    /// <summary>The most spaces after a colon.</summary>
    internal int AfterColon { get; init; } = 1;

    /// <summary>The most spaces before a comma.</summary>
    internal int BeforeComma { get; init; }

    /// <summary>After a comma.</summary>
    internal SpaceRange AfterComma { get; init; } = new(1, 1);

    /// <summary>The most spaces after a hyphen.</summary>
    internal int AfterHyphen { get; init; } = 1;

    /// <summary>The fewest spaces between content and a comment behind it.</summary>
    internal int BeforeComment { get; init; } = 1;

    /// <summary>Whether a comment begins with a space.</summary>
    internal bool CommentsBeginWithSpace { get; init; }

    /// <summary>The most empty lines in a row.</summary>
    internal int EmptyLines { get; init; } = 3;

    /// <summary>The most empty lines at the start.</summary>
    internal int EmptyLinesAtStart { get; init; }

    /// <summary>The most empty lines at the end.</summary>
    internal int EmptyLinesAtEnd { get; init; } = 1;

    /// <summary>The spaces of a level.</summary>
    internal int Indentation { get; init; } = 2;

    /// <summary>Whether values without text are reported in blocks.</summary>
    internal bool NoEmptyValuesInBlocks { get; init; } = true;

    /// <summary>Whether values without text are reported in braces.</summary>
    internal bool NoEmptyValuesInFlow { get; init; } = true;

    /// <summary>What may stand in quotes that it does not need.</summary>
    internal IReadOnlyList<Regex> QuotesAllowed { get; init; } = [];
}
