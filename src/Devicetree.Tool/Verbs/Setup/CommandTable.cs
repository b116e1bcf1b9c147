using System.CommandLine;
using System.CommandLine.Completions;

namespace Devicetree.Tool.Verbs.Setup;

/// <summary>
/// A verb as the command line declares it: the one table from which help, completion and manual pages are made.
/// </summary>
/// <param name="Words">What is written to get there: <c>check</c>, or <c>schema check</c>.</param>
/// <param name="Command">Its declaration.</param>
internal sealed record CommandRow(string Words, Command Command)
{
    /// <summary>The options that are shown.</summary>
    public IEnumerable<Option> Options => Command.Options.Where(static option => !option.Hidden);

    /// <summary>Every spelling of an option, the declared order kept.</summary>
    public static IEnumerable<string> Spellings(Option option) => option.Aliases.Prepend(option.Name).Distinct();

    /// <summary>Whether a value follows the option.</summary>
    public static bool TakesValue(Option option) => option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool);

    /// <summary>The words that an option takes; none where it takes any.</summary>
    public static IEnumerable<string> Values(Option option) =>
        TakesValue(option) ? option.GetCompletions(CompletionContext.Empty).Select(static item => item.Label) : [];

    /// <summary>What stands for the value in help.</summary>
    public static string ValueName(Option option) => option.HelpName ?? string.Join('|', Values(option)) switch
    {
        "" => "VALUE",
        string words => words,
    };

    /// <summary>The verbs below a command, each before those below it.</summary>
    public static IEnumerable<CommandRow> Below(Command command, string words = "")
    {
        foreach (Command each in command.Subcommands.Where(static each => !each.Hidden))
        {
            string path = words.Length == 0 ? each.Name : $"{words} {each.Name}";
            yield return new(path, each);
            foreach (CommandRow row in Below(each, path))
                yield return row;
        }
    }
}
