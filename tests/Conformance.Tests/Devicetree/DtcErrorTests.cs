using System.Text;
using Conformance.Tests.Boards;
using Conformance.Tests.Tools;
using Devicetree.Compatibility;
using Devicetree.Source.Preprocessing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;
using Devicetree.Tool.Tests.DropIns;

namespace Conformance.Tests.Devicetree;

/// <summary>
/// What dtc says of bad command lines and sources, and how it ends: the recorded cases, and sources of the kernel that were
/// damaged.
/// </summary>
public sealed class DtcErrorTests
{
    private const int Mutants = 400;
    private const int RandomSources = 400;

    /// <summary>Longer sources take dtc longer and do not break otherwise.</summary>
    private const int LongestSource = 40_000;

    private static readonly string[] _boards =
        ["broadcom/bcm2837-rpi-3-b", "amlogic/meson-a1-ad401", "arm/foundation-v8", "intel/socfpga_agilex_n6000",
        "nuvoton/ma35d1-som-256m", "sprd/sp9860g-1h10", "freescale/s32v234-evb", "synaptics/berlin4ct-dmp"];

    private static readonly string[] _switches =
        ["-@", "-A", "-s", "-f", "-q", "-Hboth", "-V16", "-Wno-unit_address_vs_reg", "-Eno-duplicate_label", "-b2"];

    /// <summary>What is put into a source: what sources consist of, in places where it does not belong.</summary>
    private static readonly string[] _pieces =
    [
        ";", "{", "}", "<", ">", ",", "=", "\"", "&", "[", "]", "(", ")", "/", "//", "/*", "*/", ":", "0", "08", "0x",
        "0x1ffffffff", "'a'", "''", "-1", "(1/0)",
        "label:", "&label", "&{/path}", "/delete-node/", "/delete-property/", "/bits/ 8", "/bits/ 7", "/incbin/(\"none\")",
        "/include/ \"none\"", "/plugin/;",
        "/memreserve/ 1 2;", "/omit-if-no-ref/", "/dts-v1/;", "#", "\\", "@", "name", "\n# 7 \"other.dtsi\" 1\n",
    ];

    [Fact]
    public void What_was_recorded_is_what_dtc_does()
    {
        ExternalTool.Require("dtc");
        DtcCase[] cases = [.. DtcCase.All.Values.Where(one => one.Recorded.ContainsKey(DtcVersion.Debian))];
        Assert.NotEmpty(cases);
        string help = ExternalTool.Start("dtc", "-h").StandardOutput;
        Parallel.ForEach(cases, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, one =>
        {
            using var directory = new TemporaryDirectory();
            foreach ((string file, byte[] bytes) in one.Files)
                directory.Write(file, bytes);
            ToolResult result = ExternalTool.Start("env", ["-C", directory.PathOf(""), "dtc", .. one.Arguments]);
            DtcRecord theirs = DtcRecord.Of(result.ExitCode, result.StandardError + result.StandardOutput, help,
                directory.PathOf);
            if (one.Recorded[DtcVersion.Debian] is DtcRecord recorded)
                Assert.True(recorded == theirs, $"{one}: {theirs}, recorded was {recorded}");
            else
                Assert.True(theirs.ExitCode > 128, $"{one}: {theirs}, recorded was a crash");
        });
    }

    [Fact]
    public void The_help_is_that_of_dtc()
    {
        ExternalTool.Require("dtc");
        using var pair = new DropInPair("dtc");
        pair.Run("help", ["-h"]);
    }

    [Fact]
    public void Damaged_sources_of_the_kernel_get_the_words_the_exit_code_and_the_bytes_of_dtc()
    {
        KernelCorpus.Require();
        string[] sources = [.. _boards.Select(Preprocess).OfType<string>().Where(text => text.Length < LongestSource)];
        Assert.InRange(sources.Length, 3, _boards.Length);
        int refused = 0;
        Parallel.For(0, Mutants, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
        {
            var random = new Random(seed);
            string text = Damage(sources[random.Next(sources.Length)], random);
            using var pair = new DropInPair("dtc");
            pair.With("in.dts", Encoding.Latin1.GetBytes(text)).Run($"seed {seed}", ["-o", "{out.dtb}", "{in.dts}"], "out.dtb");
            if (pair.Theirs.ExitCode != 0)
                Interlocked.Increment(ref refused);
        });
        Assert.InRange(refused, Mutants / 2, Mutants);
    }

    /// <summary>
    /// They merge, delete and refer; half of them lost or doubled a piece, and some of the options change what is checked or
    /// generated.
    /// </summary>
    [Fact]
    public void Random_sources_get_the_words_the_exit_code_and_the_bytes_of_dtc()
    {
        ExternalTool.Require("dtc");
        int refused = 0;
        Parallel.For(0, RandomSources, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
        {
            var random = new Random(seed);
            var source = new RandomSource(seed);
            string text = random.Next(3) == 0 ? source.Overlay(["known", "gic"], ["/", "/soc", "/soc/n@1"]) : source.Base();
            if (random.Next(2) == 0)
                text = Damage(text, random);
            string[] options = [.. _switches.Where(_ => random.Next(4) == 0)];
            using var pair = new DropInPair("dtc");
            pair.With("in.dts", Encoding.Latin1.GetBytes(text))
                .Run($"seed {seed} {string.Join(' ', options)}", [.. options, "-d", "{out.d}", "-o", "{out.dtb}", "{in.dts}"],
                "out.dtb");
            if (pair.Theirs.ExitCode != 0)
                Interlocked.Increment(ref refused);
        });
        Assert.InRange(refused, RandomSources / 10, RandomSources * 9 / 10);
    }

    /// <summary>Takes a piece out, doubles one, moves one, or puts a foreign one in; at most three times.</summary>
    private static string Damage(string text, Random random)
    {
        for (int times = 1 + random.Next(3); times > 0; times--)
        {
            int at = random.Next(text.Length);
            int end = Math.Min(text.Length, at + 1 + random.Next(random.Next(2) == 0 ? 3 : 60));
            text = random.Next(4) switch
            {
                0 => text[..at] + text[end..],
                1 => text[..end] + text[at..],
                2 => text[..at] + text[end..] + text[at..end],
                _ => text[..at] + " " + _pieces[random.Next(_pieces.Length)] + " " + text[at..],
            };
        }
        return text;
    }

    private static string? Preprocess(string board)
    {
        string directory = Path.Combine(KernelCorpus.Source!, "arch/arm64/boot/dts"),
            path = Path.Combine(directory, board + ".dts");
        if (!File.Exists(path))
            return null;
        var diagnostics = new DiagnosticBag();
        var options = new PreprocessorOptions
        {
            IncludeDirectories = [Path.Combine(KernelCorpus.Source!, "scripts/dtc/include-prefixes")],
            Files = new DiskIncludeFiles(),
            EmitLineMarkers = true,
        };
        PreprocessedSource? source = Preprocessor.Run(new SourceText(path, File.ReadAllBytes(path)), options, diagnostics);
        Assert.True(source is not null, string.Join('\n', diagnostics.Items.Select(item => item.Render())));
        return Encoding.Latin1.GetString(source.Text.Bytes.Span);
    }
}
