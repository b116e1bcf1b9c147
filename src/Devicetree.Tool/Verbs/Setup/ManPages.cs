using System.CommandLine;
using System.Text;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Tool.Verbs.Setup;

/// <summary>Manual pages in the macros of man(7).</summary>
internal static class ManPages
{
    private static readonly (int Code, string Meaning)[] _exitCodes =
    [
        (ExitCodes.Good, "Good."),
        (ExitCodes.Findings, "Findings, or an error in the input."),
        (ExitCodes.Usage, "Wrong usage."),
        (ExitCodes.InputOutput,
            "A file that exists could not be read, or a file could not be written, the standard output among them."),
        (ExitCodes.Fault, "A fault of dt: one line that asks for a report; DT_DEBUG=1 adds the trace."),
        (ExitCodes.ClosedPipe, "Nobody reads the standard output any more."),
    ];

    /// <summary>The pages by their file names.</summary>
    public static IReadOnlyDictionary<string, string> Of(Command root)
    {
        CommandRow[] rows = [.. CommandRow.Below(root)];
        var pages = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["dt.1"] = Program(root, rows) };
        foreach (CommandRow row in rows.Where(static row => row.Command.Subcommands.Count == 0))
            pages[$"{PageOf(row)}.1"] = Verb(row);
        return pages;
    }

    private static string PageOf(CommandRow row) => "dt-" + row.Words.Replace(' ', '-');

    private static string Program(Command root, CommandRow[] rows)
    {
        var text = new StringBuilder();
        Head(text, "DT", "dt", root.Description!);
        text.Append(".SH SYNOPSIS\n.B dt\n.I verb\n.RI [ option ...]\n.I file ...\n");
        text.Append(".SH VERBS\n");
        foreach (CommandRow row in rows.Where(static row => row.Command.Subcommands.Count == 0))
            text.Append($".TP\n.BR {Escaped(PageOf(row))} (1)\n{Escaped(row.Command.Description!)}\n");
        text.Append(".SH EXIT STATUS\n");
        foreach ((int code, string meaning) in _exitCodes)
            text.Append($".TP\n.B {code}\n{Escaped(meaning)}\n");
        return text.ToString();
    }

    private static string Verb(CommandRow row)
    {
        var text = new StringBuilder();
        Head(text, PageOf(row).ToUpperInvariant(), $"dt {row.Words}", row.Command.Description!);
        text.Append($".SH SYNOPSIS\n.B dt {Escaped(row.Words)}\n.RI [ option ...]\n");
        foreach (Argument argument in row.Command.Arguments)
        {
            string name = Escaped(argument.HelpName ?? argument.Name);
            string more = argument.Arity.MaximumNumberOfValues > 1 ? " ..." : "";
            text.Append(argument.Arity.MinimumNumberOfValues == 0 ? $".RI [ {name}{more} ]\n" : $".I {name}{more}\n");
        }
        text.Append(".SH ARGUMENTS\n");
        foreach (Argument argument in row.Command.Arguments)
            text.Append($".TP\n.I {Escaped(argument.HelpName ?? argument.Name)}\n{Escaped(argument.Description!)}\n");
        text.Append(".SH OPTIONS\n");
        foreach (Option option in row.Options)
        {
            string value = CommandRow.TakesValue(option) ? " \\fI" + Escaped(CommandRow.ValueName(option)) + "\\fR" : "";
            text.Append($".TP\n\\fB{string.Join("\\fR, \\fB", CommandRow.Spellings(option).Select(Escaped))}\\fR{value}\n{Escaped(option.Description!)}\n");
        }
        return text.Append(".SH SEE ALSO\n.BR dt (1)\n").ToString();
    }

    private static void Head(StringBuilder text, string title, string name, string description) =>
        text.Append($".TH \"{title}\" 1 \"\" \"dt {ToolVersion.Text}\"\n.SH NAME\n{Escaped(name.Replace(' ', '-'))} \\- {Escaped(description.TrimEnd('.'))}\n");

    /// <summary>Text that means nothing to the macros: no line begins with a dot or a quote, hyphens stay hyphens.</summary>
    private static string Escaped(string text)
    {
        string plain = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);
        plain = string.Concat(plain.Select(static each => each < 0x80 ? $"{each}" : $"\\[u{(int)each:X4}]"));
        return plain.StartsWith('.') || plain.StartsWith('\'') ? "\\&" + plain : plain;
    }
}
