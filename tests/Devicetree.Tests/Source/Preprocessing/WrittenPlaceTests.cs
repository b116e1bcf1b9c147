using System.Text;
using System.Text.Json;
using Devicetree.Compilation;
using Devicetree.Source.Preprocessing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.Source.Preprocessing;

/// <summary>Reports on preprocessed sources.</summary>
public class WrittenPlaceTests
{
    private const string Main = "/dts-v1/;\n#define ONE 1\n#include \"part.dtsi\"\n/ { a = <ONE ONE>, WRONG; };\n";
    private const string Part = "#define INNER oops\n#define WRONG INNER\n\n/ { b = <ONE>; c = <ONE> };\n";

    [Fact]
    public void The_line_that_is_shown_is_that_of_the_file_with_its_includes_and_macros()
    {
        string[] lines = Report(ReportFormat.Text).Split('\n');
        Assert.Equal(
        [
            "part.dtsi:4:25: error DTS001: expected ';', found '}'",
            "    4 | / { b = <ONE>; c = <ONE> };",
            "      |                         ^",
            "    main.dts:3:1: included from here",
            "    help: End the statement with ';'.",
            "main.dts:4:20: error DTS001: expected a value: a string, '<', '[', '&' or '/incbin/', found 'oops'",
            "    4 | / { a = <ONE ONE>, WRONG; };",
            "      |                    ^~~~~",
            "    part.dtsi:1:15: from the macro 'INNER', which is defined here",
            "    part.dtsi:2:15: from the macro 'WRONG', which is defined here",
        ], lines[..10]);
    }

    [Fact]
    public void Columns_for_programs_are_those_of_the_file()
    {
        using var report = JsonDocument.Parse(Report(ReportFormat.Json));
        JsonElement last = report.RootElement.GetProperty("findings")[1];
        Assert.Equal(("main.dts", 4, 20), (last.GetProperty("file").GetString(), last.GetProperty("line").GetInt32(),
            last.GetProperty("column").GetInt32()));
        Assert.Equal(15, last.GetProperty("related")[0].GetProperty("column").GetInt32());
    }

    private static string Report(ReportFormat format)
    {
        var diagnostics = new DiagnosticBag();
        PreprocessedSource source = Preprocessor.Run(new SourceText("main.dts", Main), new() { Files = new OneFile() },
            diagnostics)!;
        Assert.Null(DtsParser.Parse(source.Text, diagnostics));
        var text = new StringWriter { NewLine = "\n" };
        var report = ReportWriter.Create(text, new(new("dt", "1"), new("/work", "/work")) { Format = format });
        report.Add(diagnostics);
        report.Complete();
        return text.ToString();
    }

    private sealed class OneFile : IIncludeFiles
    {
        public IncludeLookup Read(string path, int maxLength, out ReadOnlyMemory<byte> bytes, out string reason)
        {
            bytes = Encoding.UTF8.GetBytes(Part);
            reason = "";
            return path == "part.dtsi" ? IncludeLookup.Read : IncludeLookup.Missing;
        }
    }
}
