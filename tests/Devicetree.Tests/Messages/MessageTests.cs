using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Devicetree.Checks;
using Devicetree.Compatibility;
using Devicetree.Compilation;
using Devicetree.Source;
using Devicetree.Source.Preprocessing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.Messages;

/// <summary>
/// Typical errors, each a file in <c>cases</c>, and what is said of them, in <c>golden</c>. Set GUNYAH_UPDATE_DOCS=1 to write
/// that again, and read the difference: nothing but a reader can tell a good message from a bad one.
/// </summary>
public partial class MessageTests
{
    private const string Extension = ".dts";

    private static readonly string _home = Checkout.File("tests", "Devicetree.Tests", "Messages");

    public static TheoryData<string> Cases =>
        [.. Directory.EnumerateFiles(Path.Combine(_home, "cases"), "*" + Extension)
        .Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Cases))]
    public void An_error_is_explained_as_recorded(string name)
    {
        string path = Path.Combine(_home, "golden", name + ".txt");
        string report = Report(name);
        if (Environment.GetEnvironmentVariable("GUNYAH_UPDATE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, report);
        }
        Assert.Equal(File.Exists(path) ? File.ReadAllText(path) : "", report);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Every_message_has_a_place_the_line_with_a_caret_and_what_to_do(string name)
    {
        string[] messages = Start().Split(Report(name))[1..];
        Assert.NotEmpty(messages);
        Assert.All(messages, message =>
        {
            Assert.Matches(@"\n +\d+ \| .*\n +\| +\^", message);
            Assert.Contains("\n    help: ", message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Thirty_errors_are_held() => Assert.InRange(Cases.Count, 30, int.MaxValue);

    [Fact]
    public void Errors_of_all_kinds_are_found_in_one_pass() =>
        Assert.InRange(Start().Count(Report("many-at-once")), 9, int.MaxValue);

    /// <summary>
    /// What a user reads: the report without colours, of a source that is preprocessed and compiled by the rules of the newest
    /// dtc with all that it checks by default.
    /// </summary>
    private static string Report(string name)
    {
        var diagnostics = new DiagnosticBag();
        var files = new CaseFiles();
        var source = new SourceText(name + Extension, File.ReadAllBytes(Path.Combine(_home, "cases", name + Extension)));
        SourceText? text = name.Contains("preprocessed", StringComparison.Ordinal)
            ? source
            : Preprocessor.Run(source, new() { Files = files, IncludeDirectories = ["include"] }, diagnostics)?.Text;
        if (text is not null)
        {
            DevicetreeCompiler.Compile(text, diagnostics, new()
            {
                Version = DtcVersion.Newest,
                Strict = true,
                Checks = CheckSettings.DefaultWithOwn(),
                Files = files,
            });
        }
        var written = new StringWriter { NewLine = "\n" };
        var report = ReportWriter.Create(written, new(new("dt compile", "0"), new(_home, _home)));
        report.Add(diagnostics);
        report.Complete();
        return written.ToString();
    }

    [GeneratedRegex(@"^\S+:\d+:\d+: (?:error|warning) (?:DTS|CPP)\d+: ", RegexOptions.Multiline)]
    private static partial Regex Start();

    /// <summary>The directory of the cases, under names without directories.</summary>
    private sealed class CaseFiles : ISourceFiles, IIncludeFiles
    {
        private readonly DiskSourceFiles _disk = new();
        private readonly DiskIncludeFiles _includes = new();

        public bool TryRead(
            string name, string includingPath, int maxLength, [NotNullWhen(true)] out SourceText? file,
            [NotNullWhen(false)] out string? reason)
        {
            if (!_disk.TryRead(name, Path.Combine(_home, "cases", includingPath), maxLength, out file, out reason))
                return false;
            file = new SourceText(name, file.Bytes);
            return true;
        }

        public IncludeLookup Read(string path, int maxLength, out ReadOnlyMemory<byte> bytes, out string reason) =>
            _includes.Read(Path.Combine(_home, "cases", path), maxLength, out bytes, out reason);
    }
}
