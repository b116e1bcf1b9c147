using System.Text;
using System.Text.RegularExpressions;
using Conformance.Tests.Bindings;
using Conformance.Tests.Tools;
using Devicetree.Schema.Validation.Bindings;

namespace Conformance.Tests.Schema;

/// <summary>
/// Debian's dt-validate (2022.08) as a second opinion. It is of the older generation: other core schemas, every number a list of
/// lists, types that it guesses, and unevaluated properties by other rules. Whatever else it finds wrong by the kernel's
/// bindings, ours finds too.
/// </summary>
public sealed partial class LiveFindingsTests
{
    /// <summary>Small ones, as Debian's takes 30 ms for a node, of three vendors.</summary>
    private static readonly string[] _boards =
        ["realtek/rtd1295-probox2-ava", "broadcom/bcmbca/bcm4906-tplink-archer-c2300-v1", "xilinx/zynqmp-zc1751-xm019-dc5"];

    /// <summary>
    /// So many of Debian's findings in these boards are held against ours; fewer would say that its output is misread.
    /// </summary>
    private const int Compared = 23;

    /// <summary>In these words the older generation speaks of what the newer decides by other rules.</summary>
    private const string OtherRules = "Unevaluated properties are not allowed";

    [Fact]
    public void What_Debians_dt_validate_finds_by_the_kernels_bindings_ours_finds_too()
    {
        BindingCorpus.Require("dt-mk-schema", "dt-validate");
        using var directory = new TemporaryDirectory();
        string processed = directory.PathOf("processed.json");
        ExternalTool.Run("dt-mk-schema", "-j", "-o", processed, BindingCorpus.Root);
        var validator = new BindingValidator(ReferenceCore.OwnKernel);
        var blobs = new BoardBlobs();
        int compared = 0;
        foreach (string board in _boards)
        {
            ReadOnlyMemory<byte> blob = blobs.Compile(Path.Combine(BoardBlobs.Directory, board + ".dts"));
            string file = directory.Write("board.dtb", blob.ToArray());
            HashSet<string> ours = [.. BoardFindings.Split(BoardVerdicts.Check(file, blob, validator))
                .Select(finding => Normal(file, finding))];
            foreach (string finding in BoardFindings.Split(ExternalTool.Run("dt-validate", "-s", processed, file).StandardError))
            {
                bool isOfBinding = finding.Contains($"From schema: {BindingCorpus.Root}/", StringComparison.Ordinal);
                if (!isOfBinding || finding.Contains(OtherRules, StringComparison.Ordinal))
                    continue;
                Assert.Contains(Normal(file, finding), ours);
                compared++;
            }
        }
        Assert.Equal(Compared, compared);
    }

    /// <summary>
    /// A finding without what the generations write in different ways: the compatible string after the node's name, lists of
    /// lists of one number, the pattern for pin control, the schema.
    /// </summary>
    private static string Normal(string file, string finding)
    {
        string[] lines = finding[(finding.IndexOf(file, StringComparison.Ordinal) + file.Length)..].Split('\n');
        var text = new StringBuilder(Compatible().Replace(lines[0], "$1", 1));
        foreach (string line in lines[1..^1].Order(StringComparer.Ordinal))
            text.Append('\n').Append(line);
        return Number().Replace(text.ToString(), "$1")
            .Replace("'pinctrl-[0-9]+'", "'^pinctrl-[0-9]+$'", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^(: \S+) \([^)]*\)")]
    private static partial Regex Compatible();

    [GeneratedRegex(@"\[\[(\d+)\]\]")]
    private static partial Regex Number();
}
