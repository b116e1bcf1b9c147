using System.Collections.Concurrent;
using Conformance.Tests.Boards;
using Conformance.Tests.Tools;
using Devicetree.Decompilation;
using Devicetree.Live;
using Devicetree.Source;
using Devicetree.Tests.Checks;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Conformance.Tests.Checks;

/// <summary>Every board of the kernel, checked by dtc and by us: the same lines in the same order, places included.</summary>
public class CorpusCheckTests
{
    private const int Shown = 5;

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
        int compared = 0;
        Parallel.ForEach(KernelCorpus.Boards(architecture), DtcChecks.OneEachCore, board =>
        {
            using var directory = new TemporaryDirectory();
            string source = directory.PathOf("in.dts"), blob = directory.PathOf("in.dtb"), output = directory.PathOf("out.dtb");
            if (!KernelCorpus.TryPreprocess(architecture, board, source))
                return;
            SourceText text() => new(source, File.ReadAllBytes(source));
            string[] include = ["-i", Path.GetDirectoryName(board)!];
            var files = new DiskSourceFiles(include[1]);
            Compare(DtcChecks.Run("dts", source, blob, include), CheckRun.Of(text(), blob, DtcChecks.Version, _defaults, files),
                board, differences);
            (int, string) all = DtcChecks.Run("dts", source, output, [.. include, .. DtcChecks.AllOn]);
            Compare(all, CheckRun.Of(text(), output, DtcChecks.Version, DtcChecks.AllOn, files), board + ", all checks",
                differences);
            Compare(DtcChecks.Run("dtb", blob, output, DtcChecks.AllOn), OfBlob(blob, output), board + ", its blob", differences);
            Interlocked.Increment(ref compared);
        });
        Assert.True(differences.IsEmpty,
            $"{differences.Count} differ:\n{string.Join('\n', differences.Order(StringComparer.Ordinal).Take(Shown))}");
        Assert.InRange(compared, atLeast, int.MaxValue);
    }

    private static (int, string) OfBlob(string path, string output)
    {
        LiveTree? tree = BlobReader.Read(File.ReadAllBytes(path), DtcChecks.Version, new DiagnosticBag());
        Assert.NotNull(tree);
        return CheckRun.Of(tree, output, DtcChecks.Version, DtcChecks.AllOn);
    }

    private static void Compare((int, string) theirs, (int, string) ours, string what, ConcurrentBag<string> differences)
    {
        if (DtcChecks.Difference(theirs, ours) is string difference)
            differences.Add($"{what}: {difference}");
    }
}
