using System.CommandLine;
using Devicetree.Formatting;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;
using Devicetree.Tool.Input;

namespace Devicetree.Tool.Verbs;

/// <summary><c>dt format [--check|--write] FILE…</c>: lays out devicetree sources.</summary>
internal static class FormatVerb
{
    public static Command Create(VerbConsole console)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Sources (.dts, .dtsi, .dtso); '-' or none for the standard input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var check = new Option<bool>("--check") { Description = "Change nothing; end with 1 when a file would change." };
        var write = new Option<bool>("--write", "-w") { Description = "Write the result back into the files." };
        var width = new Option<int>("--width")
        {
            Description = "The width at which long values are broken.",
            DefaultValueFactory = _ => DtsFormatter.DefaultWidth,
            HelpName = "COLUMNS",
        };
        width.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, out int columns) && columns > 0))
                result.AddError("--width takes a number of columns.");
        });
        var findings = new FindingSwitches();
        var command = new Command("format",
            "Lay out devicetree sources in the style of the Linux kernel; comments and directives stay.")
        {
            files, check, write, width,
        };
        findings.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(check) && result.GetValue(write))
                result.AddError("--check and --write exclude each other.");
        });
        command.SetAction(result =>
        {
            string[] names = result.GetValue(files) is { Length: > 0 } given ? given : [VerbConsole.Standard];
            var report = new FindingReport(console, "format", findings.Read(result), isResult: result.GetValue(check));
            int code = ExitCodes.Good;
            foreach (string name in names)
                code = Math.Max(code, Format(console, report, name, result.GetValue(check), result.GetValue(write),
                    result.GetValue(width)));
            return report.Complete(code);
        });
        return command;
    }

    private static int Format(VerbConsole console, FindingReport report, string name, bool check, bool write, int width)
    {
        int code = ExitCodes.Good;
        var diagnostics = new DiagnosticBag();
        SourceText? source = console.Read(name, diagnostics, ref code);
        string? text = source is null ? null : DtsFormatter.Format(source, diagnostics, width);
        if (text is not null && check && FirstDifference(source!, text) is int offset)
        {
            int end = offset + source!.Bytes.Span[offset..].IndexOf((byte)'\n');
            diagnostics.Report(LayoutRules.NotFormatted, source.Span(offset, Math.Max(end, offset)), name);
        }
        report.Begin(name);
        report.Add(diagnostics, name);
        if (diagnostics.HasErrors)
            code = Math.Max(code, ExitCodes.Findings);
        if (text is null || check)
            return code;
        if (!write)
            return Math.Max(code, console.Write(VerbConsole.Standard, text));
        return name == VerbConsole.Standard || FirstDifference(source!, text) is not null
            ? Math.Max(code, console.Write(name, text))
            : code;
    }

    /// <summary>The offset of the first line of a source that a text does not have; null when they are the same.</summary>
    private static int? FirstDifference(SourceText source, string text)
    {
        ReadOnlySpan<byte> old = source.Bytes.Span;
        ReadOnlySpan<byte> now = System.Text.Encoding.UTF8.GetBytes(text);
        int same = old.CommonPrefixLength(now);
        if (same == old.Length && same == now.Length)
            return null;
        return old[..same].LastIndexOf((byte)'\n') + 1;
    }
}
