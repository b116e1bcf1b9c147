using System.Text;
using Conformance.Tests.Tools;
using Devicetree.Tests.Checks;
using Devicetree.Text.Sources;

namespace Conformance.Tests.Checks;

/// <summary>Small trees, given to dtc while the tests run.</summary>
public class LiveCheckTests
{
    private const int Seeds = 200;

    [Fact]
    public void What_was_recorded_is_what_dtc_says()
    {
        CheckCase[] cases = [.. CheckCase.All.Values.Where(one => one.Recorded.ContainsKey(DtcChecks.Version))];
        if (cases.Length == 0)
            ExternalTool.Missing($"nothing was recorded of dtc {DtcChecks.Version}");
        Parallel.ForEach(cases, DtcChecks.OneEachCore, one =>
        {
            using var directory = new TemporaryDirectory();
            (int code, string error) = DtcChecks.Run("dts", directory.Write("in.dts", Encoding.UTF8.GetBytes(one.Source)),
                directory.PathOf("out.dtb"), one.Options);
            error = error.Replace(directory.PathOf("") + "/", "", StringComparison.Ordinal);
            if (one.Recorded[DtcChecks.Version] is var (exit, said))
                Assert.True((code, error) == (exit, said), $"{one}: {code}\n{error}");
            else
                Assert.True(DtcChecks.IsCrash(code), one.Name);
        });
    }

    [Fact]
    public void Random_trees_get_the_lines_of_dtc()
    {
        ExternalTool.Require("dtc");
        int compared = 0;
        Parallel.For(0, Seeds, DtcChecks.OneEachCore, seed =>
        {
            using var directory = new TemporaryDirectory();
            string text = new RandomTree(seed).Text();
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            string source = directory.Write("in.dts", bytes), output = directory.PathOf("out.dtb");
            // Twice of three times what is an error stops nothing, so that all other checks run.
            string[] options = seed % 3 == 0 ? [.. DtcChecks.AllOn] : [.. DtcChecks.AllOn, .. RandomTree.ErrorsOff];
            // dtc reads past the end of a 'ranges' that is too short, and finds what happens to stand there.
            if (text.Contains("simple-bus", StringComparison.Ordinal) && text.Contains("ranges", StringComparison.Ordinal))
                options = [.. options, "-Wno-simple_bus_reg"];
            (int ExitCode, string Error) theirs = DtcChecks.Run("dts", source, output, options);
            (int ExitCode, string Error) ours = CheckRun.Of(new SourceText(source, bytes), output, DtcChecks.Version, options);
            if (DtcChecks.IsCrash(theirs.ExitCode))
                return;
            if (DtcChecks.Difference(theirs, ours) is string difference)
                Assert.Fail($"seed {seed}: {difference}\n{text}");
            Interlocked.Increment(ref compared);
        });
        Assert.InRange(compared, Seeds / 2, Seeds);
    }
}
