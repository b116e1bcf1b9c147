using System.Text;

namespace Devicetree.Tool.Verbs.Setup;

/// <summary>Completion for zsh.</summary>
internal static class ZshCompletion
{
    /// <summary>The script.</summary>
    public static string Of(CompletionTable table)
    {
        var text = new StringBuilder("""
            #compdef dt
            # Completion of dt for zsh: eval "$(dt completion zsh)", or this as a file _dt in a directory of $fpath
            _dt() {
              local verb= i
              for ((i = 2; i < CURRENT && i < 4; i++)); do
                case "$verb ${words[i]}" in

            """);
        foreach (CommandRow row in table.Rows)
        {
            string parent = row.Words.LastIndexOf(' ') is int at and > 0 ? row.Words[..at] : "";
            text.Append($"      \"{parent} {row.Command.Name}\") verb='{row.Words}' ;;\n");
        }
        text.Append("""
                esac
              done
              case "$verb ${words[CURRENT-1]}" in

            """);
        foreach ((CommandRow row, IReadOnlyList<string> spellings, string words) in table.Choices)
        {
            string patterns = string.Join("|", spellings.Select(each => $"'{row.Words} {each}'"));
            text.Append($"    {patterns}) compadd -- {words}; return ;;\n");
        }
        text.Append("""
              esac
              case $verb in

            """);
        text.Append($"    '') ((CURRENT == 2)) && compadd -- {string.Join(' ', table.FirstWords)} ;;\n");
        foreach (CommandRow row in table.Rows)
        {
            string always = string.Join(' ', [.. row.Command.Subcommands.Select(static command => command.Name),
                .. CompletionTable.ArgumentWords(row)]);
            string files = always.Length > 0 ? $"compadd -- {always}" : "_files";
            text.Append($"    '{row.Words}') if [[ $PREFIX == -* ]]; then compadd -- {string.Join(' ', CompletionTable.WordsAfter(row))}; else {files}; fi ;;\n");
        }
        return text.Append("""
              esac
            }
            if [ "$funcstack[1]" = _dt ]; then _dt "$@"; else compdef _dt dt; fi

            """).ToString();
    }
}
