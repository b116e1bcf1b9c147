using System.CommandLine;

namespace Devicetree.Tool.Verbs.Setup;

/// <summary>What there is to complete.</summary>
/// <param name="root">The command.</param>
/// <param name="names">The names of the original tools, which stand where verbs do.</param>
internal sealed class CompletionTable(Command root, IReadOnlyList<string> names)
{
    /// <summary>The verbs, and those below them.</summary>
    public IReadOnlyList<CommandRow> Rows { get; } = [.. CommandRow.Below(root)];

    /// <summary>The names of the original tools.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>What can be the first word.</summary>
    public IEnumerable<string> FirstWords =>
    [
        .. root.Subcommands.Where(static command => !command.Hidden).Select(static command => command.Name), .. names,
        .. root.Options.Where(static option => !option.Hidden).SelectMany(CommandRow.Spellings),
    ];

    /// <summary>What can follow a verb besides files: its options, and the verbs below it.</summary>
    public static IEnumerable<string> WordsAfter(CommandRow row) =>
    [
        .. row.Command.Subcommands.Select(static command => command.Name), .. row.Options.SelectMany(CommandRow.Spellings),
    ];

    /// <summary>The words that the first argument of a verb takes; none where it takes files.</summary>
    public static IEnumerable<string> ArgumentWords(CommandRow row) => row.Command.Arguments.Take(1)
        .SelectMany(static argument => argument.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty))
        .Select(static item => item.Label);

    /// <summary>Verbs with an option that takes one of some words: verb, spellings, words.</summary>
    public IEnumerable<(CommandRow Row, IReadOnlyList<string> Spellings, string Words)> Choices =>
        from row in Rows
        from option in row.Options
        let words = string.Join(' ', CommandRow.Values(option))
        where words.Length > 0
        select (row, (IReadOnlyList<string>)[.. CommandRow.Spellings(option)], words);
}
