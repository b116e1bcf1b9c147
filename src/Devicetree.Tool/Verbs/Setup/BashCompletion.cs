using System.Text;

namespace Devicetree.Tool.Verbs.Setup;

/// <summary>Completion for bash. What is no option and no word of a table is a file, which bash completes by itself.</summary>
internal static class BashCompletion
{
    /// <summary>The script.</summary>
    public static string Of(CompletionTable table)
    {
        var text = new StringBuilder("""
            # Completion of dt for bash: eval "$(dt completion bash)"
            _dt() {
              local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} verb= words= i
              COMPREPLY=()
              for ((i = 1; i < COMP_CWORD && i < 3; i++)); do
                case "$verb ${COMP_WORDS[i]}" in

            """);
        foreach (CommandRow row in table.Rows)
            text.Append($"      \"{Parent(row)} {row.Command.Name}\") verb='{row.Words}' ;;\n");
        text.Append("""
                esac
              done
              case "$verb $prev" in

            """);
        foreach ((CommandRow row, IReadOnlyList<string> spellings, string words) in table.Choices)
        {
            string patterns = string.Join(" | ", spellings.Select(each => $"'{row.Words} {each}'"));
            text.Append($"    {patterns}) COMPREPLY=($(compgen -W '{words}' -- \"$cur\")); return ;;\n");
        }
        text.Append("""
              esac
              case $verb in

            """);
        text.Append($"    '') [ \"$COMP_CWORD\" = 1 ] && words='{string.Join(' ', table.FirstWords)}' ;;\n");
        foreach (CommandRow row in table.Rows)
        {
            string always = string.Join(' ', [.. row.Command.Subcommands.Select(static command => command.Name),
                .. CompletionTable.ArgumentWords(row)]);
            text.Append($"    '{row.Words}') words='{always}'; [[ $cur == -* ]] && words='{string.Join(' ', CompletionTable.WordsAfter(row))}' ;;\n");
        }
        return text.Append("""
              esac
              COMPREPLY=($(compgen -W "$words" -- "$cur"))
            }
            complete -o default -F _dt dt

            """).ToString();
    }

    private static string Parent(CommandRow row) =>
        row.Words.LastIndexOf(' ') is int at and > 0 ? row.Words[..at] : "";
}
