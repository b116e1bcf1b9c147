using Conformance.Tests.Boards;
using Conformance.Tests.Devicetree;
using Conformance.Tests.Tools;
using Devicetree.Compatibility;
using Devicetree.Tool.Tests;

namespace Conformance.Tests.Overlays;

/// <summary>Every overlay of the kernel's source, applied by fdtoverlay and by us.</summary>
public class KernelOverlayTests
{
    /// <summary>What the makefiles of Linux 6.1 apply for arm64 boards, and the two of its own tests.</summary>
    private const int LeastApplied = 18, Stacks = 2;

    /// <summary>Overlays that no makefile applies, on boards that they were written for.</summary>
    private static readonly (string Name, string[] Parts)[] _others =
    [
        ("salvator-panel", ["arch/arm64/boot/dts/renesas/r8a77951-salvator-xs",
            "arch/arm64/boot/dts/renesas/salvator-panel-aa104xd12"]),
        ("draak-ebisu-panel", ["arch/arm64/boot/dts/renesas/r8a77990-ebisu",
            "arch/arm64/boot/dts/renesas/draak-ebisu-panel-aa104xd12"]),
    ];

    [Fact]
    public void What_the_makefiles_of_boards_apply_has_the_bytes_of_fdtoverlay()
    {
        KernelCorpus.Require();
        (string Name, string[] Parts)[] applied =
            [.. KernelOverlays.Applied("arch/arm64/boot/dts"), .. KernelOverlays.Applied("arch/arm/boot/dts"), .. _others];
        Assert.True(applied.Length >= LeastApplied + _others.Length, $"only {applied.Length}");
        Parallel.ForEach(applied, each => Assert.True(Apply(each.Name, each.Parts), each.Name));
    }

    [Fact]
    public void The_stacks_of_the_kernel_s_own_tests_have_the_bytes_of_fdtoverlay()
    {
        KernelCorpus.Require();
        (string Name, string[] Parts)[] stacks = [.. KernelOverlays.Applied(KernelOverlays.Unittest)];
        Assert.Equal(Stacks, stacks.Length);
        Assert.All(stacks, each => Assert.True(Apply(each.Name, each.Parts), each.Name));
    }

    [Fact]
    public void Each_overlay_of_the_kernel_s_own_tests_the_bad_ones_too_ends_as_with_fdtoverlay_on_each_of_their_bases()
    {
        KernelCorpus.Require();
        string[] names = [.. Directory.EnumerateFiles(Path.Combine(KernelCorpus.Source!, KernelOverlays.Unittest), "overlay*.dts")
            .Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal)];
        Assert.Contains("overlay_bad_phandle", names);
        var pairs = from @base in (string[])["static_base_1", "static_base_2", "testcases",
            "overlay_base"]
                    from overlay in names
                    select (@base, overlay);
        int applied = 0;
        Parallel.ForEach(pairs, pair =>
        {
            if (Apply($"{pair.overlay} on {pair.@base}",
                [Path.Combine(KernelOverlays.Unittest, pair.@base), Path.Combine(KernelOverlays.Unittest, pair.overlay)]))
                Interlocked.Increment(ref applied);
        });
        Assert.InRange(applied, names.Length, 4 * names.Length - 4);
    }

    /// <summary>
    /// Applies with both programs, and where there is a result with <c>dt overlay</c>, whose tree is the same but for orders.
    /// </summary>
    /// <returns>Whether there was one.</returns>
    private static bool Apply(string what, string[] parts)
    {
        using var pair = new DropInPair("fdtoverlay");
        using var strict = new TestHost();
        byte[][] blobs = [.. parts.Select(KernelOverlays.Compile)];
        string[] names = [.. blobs.Select((_, index) => $"{index}.dtb")];
        for (int i = 0; i < blobs.Length; i++)
        {
            pair.With(names[i], blobs[i]);
            strict.Write(names[i], blobs[i]);
        }
        pair.Run(what, ["-i", "{0.dtb}", "-o", "{out.dtb}", .. names[1..].Select(name => $"{{{name}}}")], "out.dtb");
        if (pair.Theirs.ExitCode != 0)
            return false;
        Assert.True(strict.Dt(["overlay", .. names, "-o", "strict.dtb"]) == 0, strict.Error);
        // Debian's version renumbers the base where both number a node; the newest does not, and dt overlay is as the newest.
        Assert.Equal(0, strict.Run("fdtoverlay",
            ["--dtc-version", DtcVersion.Newest.ToString(), "-i", names[0], "-o", "newest.dtb", .. names[1..]]));
        Assert.True(SortedTree.Of(Dtc.Read(strict.Read("newest.dtb"))) == SortedTree.Of(Dtc.Read(strict.Read("strict.dtb"))),
            what);
        return true;
    }
}
