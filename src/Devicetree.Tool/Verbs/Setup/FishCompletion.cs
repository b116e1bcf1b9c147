using System.CommandLine;
using System.Text;

namespace Devicetree.Tool.Verbs.Setup;

/// <summary>Completion for fish.</summary>
internal static class FishCompletion
{
    /// <summary>The script.</summary>
    public static string Of(CompletionTable table)
    {
        var text = new StringBuilder("# Completion of dt for fish: dt completion fish | source\n");
        foreach (CommandRow row in table.Rows)
        {
            string[] words = row.Words.Split(' ');
            text.Append(words.Length == 1
                ? $"complete -c dt -n __fish_use_subcommand -f -a {words[0]} -d {Quoted(row.Command.Description)}\n"
                : $"complete -c dt -n '__fish_seen_subcommand_from {words[0]}' -f -a {words[1]} -d {Quoted(row.Command.Description)}\n");
            if (CompletionTable.ArgumentWords(row).Any())
                text.Append($"complete -c dt -n '{Condition(words)}' -f -a {Quoted(string.Join(' ', CompletionTable.ArgumentWords(row)))}\n");
            foreach (Option option in row.Options)
            {
                text.Append($"complete -c dt -n '{Condition(words)}'");
                foreach (string spelling in CommandRow.Spellings(option))
                    text.Append(Spelled(spelling));
                if (CommandRow.TakesValue(option))
                    text.Append(" -r");
                if (CommandRow.Values(option).Any())
                    text.Append($" -f -a {Quoted(string.Join(' ', CommandRow.Values(option)))}");
                text.Append($" -d {Quoted(option.Description)}\n");
            }
        }
        foreach (string name in table.Names)
            text.Append($"complete -c dt -n __fish_use_subcommand -a {name} -d {Quoted($"As the original {name}")}\n");
        return text.ToString();
    }

    /// <summary>The last word decides: an option of <c>schema check</c> is not one of <c>check</c>.</summary>
    private static string Condition(string[] words) => words.Length == 1
        ? $"__fish_seen_subcommand_from {words[0]}; and not __fish_seen_subcommand_from schema"
        : string.Join("; and ", words.Select(static word => $"__fish_seen_subcommand_from {word}"));

    private static string Spelled(string option) => option.StartsWith("--", StringComparison.Ordinal) ? $" -l {option[2..]}"
        : option.Length == 2 ? $" -s {Quoted(option[1..])}"
        : $" -o {option[1..]}";

    private static string Quoted(string? text) =>
        $"'{text?.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
