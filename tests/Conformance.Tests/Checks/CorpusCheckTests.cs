using System.Collections.Concurrent;
using System.Globalization;
using Conformance.Tests.Boards;
using Conformance.Tests.Tools;
using Devicetree.Compilation;
using Devicetree.Decompilation;
using Devicetree.Flattened;
using Devicetree.Live;
using Devicetree.Source;
using Devicetree.Tests.Checks;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Conformance.Tests.Checks;

/// <summary>
/// Every board of the kernel, checked by dtc (<see cref="BoardAnswers"/>) and by us: the same lines in the same order, places
/// included.
/// </summary>
public class CorpusCheckTests
{
    private const int Shown = 5;
    private const string Source = "in.dts", Blob = "in.dtb", Output = "out.dtb";

    private static readonly string[] _asked = ["", ", all checks", ", its blob"];

    private static readonly string[] _defaults = [];

    [Theory]
    [InlineData("arm64", 766, false)]
    [InlineData("arm", 1400, true)]
    public void The_findings_on_every_board_are_those_of_dtc_with_default_checks_and_with_all(string architecture, int atLeast,
    bool isLong)
    {
        KernelCorpus.Require();
        Assert.SkipUnless(!isLong || Environment.GetEnvironmentVariable("GUNYAH_LONG_TESTS") == "1",
            "GUNYAH_LONG_TESTS=1 runs it");
        var differences = new ConcurrentBag<string>();
        var texts = new BoardTexts(architecture);
        BoardAnswers answers = BoardAnswers.Of(architecture);
        int compared = 0;
        Parallel.ForEach(KernelCorpus.Boards(architecture), DtcChecks.OneEachCore, board =>
        {
            if (texts.Of(board, out _) is not byte[] text)
                return;
            string include = Path.GetDirectoryName(board)!;
            byte[] blob = BlobOf(text, include);
            (int, string)[] ours = Ours(text, blob, include);
            if (!answers.Settle(board, BoardQuestion.Checks, DigestOf(ours)))
            {
                (int, string)[] theirs = Theirs(text, blob, include);
                for (int i = 0; i < ours.Length; i++)
                {
                    if (DtcChecks.Difference(theirs[i], ours[i]) is string difference)
                        differences.Add($"{board}{_asked[i]}: {difference}");
                }
                answers.Note(board, BoardQuestion.Checks, DigestOf(theirs));
            }
            Interlocked.Increment(ref compared);
        });
        answers.Save();
        Assert.True(differences.IsEmpty,
            $"{differences.Count} differ:\n{string.Join('\n', differences.Order(StringComparer.Ordinal).Take(Shown))}");
        Assert.InRange(compared, atLeast, int.MaxValue);
    }

    private static (int, string)[] Ours(byte[] text, byte[] blob, string include)
    {
        var files = new DiskSourceFiles(include);
        LiveTree? tree = BlobReader.Read(blob, DtcChecks.Version, new DiagnosticBag());
        Assert.NotNull(tree);
        return
        [
            CheckRun.Of(new SourceText(Source, text), Blob, DtcChecks.Version, _defaults, files),
            CheckRun.Of(new SourceText(Source, text), Output, DtcChecks.Version, DtcChecks.AllOn, files),
            CheckRun.Of(tree, Output, DtcChecks.Version, DtcChecks.AllOn),
        ];
    }

    private static (int, string)[] Theirs(byte[] text, byte[] blob, string include)
    {
        using var directory = new TemporaryDirectory();
        string source = directory.Write(Source, text), made = directory.PathOf(Blob), output = directory.PathOf(Output);
        (int ExitCode, string Error)[] answers =
        [
            DtcChecks.Run("dts", source, made, ["-i", include]),
            DtcChecks.Run("dts", source, output, ["-i", include, .. DtcChecks.AllOn]),
            DtcChecks.Run("dtb", made, output, DtcChecks.AllOn),
        ];
        Assert.True(File.ReadAllBytes(made).AsSpan().SequenceEqual(blob), "dtc makes another blob");
        return [.. answers.Select(answer =>
            (answer.ExitCode, answer.Error.Replace(directory.PathOf("") + "/", "", StringComparison.Ordinal)))];
    }

    private static byte[] BlobOf(byte[] text, string include)
    {
        var diagnostics = new DiagnosticBag();
        LiveTree? tree = DevicetreeCompiler.Compile(new SourceText(Source, text), diagnostics,
            new() { Version = DtcChecks.Version, Strict = false, Files = new DiskSourceFiles(include) });
        Assert.True(tree is not null, string.Join('\n', diagnostics.Items));
        return FdtWriter.Write(tree).ToArray();
    }

    private static string DigestOf((int ExitCode, string Error)[] answers) => BoardAnswers.Digest(
        [.. answers.Select(answer => BoardAnswers.Neutral(string.Create(CultureInfo.InvariantCulture,
            $"{answer.ExitCode}\n{answer.Error}")))]);
}
