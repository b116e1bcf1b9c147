using System.Collections.Concurrent;
using Conformance.Tests.Boards;
using Conformance.Tests.Tools;
using Devicetree.Comparison;
using Devicetree.Compatibility;
using Devicetree.Decompilation;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;

namespace Conformance.Tests.Decompiler;

/// <summary>Boards of the kernel, whose phandles have other numbers with symbols than without.</summary>
public class ComparedBoardTests
{
    [Fact]
    public void Compiled_with_symbols_a_board_differs_from_itself_in_those_and_in_what_they_keep()
    {
        KernelCorpus.Require();
        var problems = new ConcurrentBag<string>();
        int renumbered = 0;
        Parallel.ForEach(KernelCorpus.Boards("arm64").Where((_, index) => index % 16 == 5), board =>
        {
            using var directory = new TemporaryDirectory();
            string source = directory.PathOf("in.dts");
            Assert.True(KernelCorpus.TryPreprocess("arm64", board, source), board);
            LiveTree plain = Read(Recompiled.Compile(source, symbols: false, Path.GetDirectoryName(board)!));
            LiveTree named = Read(Recompiled.Compile(source, symbols: true, Path.GetDirectoryName(board)!));
            foreach (TreeDifference difference in TreeComparer.Compare(plain, named).Differences)
            {
                // Symbols also keep nodes that are left out when nothing refers to them.
                string path = difference.New?.Path ?? "";
                if (difference.Kind != DifferenceKind.NodeAdded
                    || !(path == "/__symbols__" || path.Contains("/pinctrl", StringComparison.Ordinal)))
                    problems.Add($"{board}: {difference.Kind} {path} {difference.OldProperty?.Name}");
            }
            Interlocked.Add(ref renumbered, TreeComparer.Compare(plain, named, new() { Phandles = true }).Differences.Count);
        });
        Assert.True(problems.IsEmpty, string.Join('\n', problems.Order(StringComparer.Ordinal).Take(20)));
        Assert.True(renumbered > 4_000, $"only {renumbered} values have other numbers");
    }

    /// <summary>
    /// Boards with phandles where no table of references has them: in vendors' properties, arguments, interrupts of a GIC.
    /// </summary>
    private static readonly (string Architecture, string Board)[] _movedBoards =
    [
        ("arm64", "allwinner/sun50i-a64-pine64"), ("arm64", "amlogic/meson-g12b-odroid-n2"), ("arm64", "apple/t8103-j274"),
        ("arm64", "freescale/imx8mq-evk"), ("arm64", "hisilicon/hip07-d05"), ("arm64", "marvell/armada-8040-mcbin"),
        ("arm64", "mediatek/mt8183-evb"),
        ("arm64", "nvidia/tegra210-p2371-2180"), ("arm64", "qcom/apq8016-sbc"), ("arm64", "qcom/sdm845-mtp"),
        ("arm64", "renesas/r8a77951-salvator-xs"),
        ("arm64", "rockchip/rk3399-rock960"), ("arm", "dra7-evm"), ("arm", "exynos5422-odroidxu4"), ("arm", "keystone-k2e-evm"),
        ("arm", "omap5-uevm"),
        ("arm", "qcom-apq8064-ifc6410"),
    ];

    [Fact]
    public void Case_08_With_every_phandle_moved_by_one_a_board_differs_from_itself_in_nothing_but_the_node_that_moved_them()
    {
        KernelCorpus.Require();
        var problems = new ConcurrentBag<string>();
        int renumbered = 0;
        Parallel.ForEach(_movedBoards, board =>
        {
            using var directory = new TemporaryDirectory();
            string source = directory.PathOf("in.dts"), moved = directory.PathOf("moved.dts");
            string path = KernelCorpus.Boards(board.Architecture)
                .Single(each => each.EndsWith($"/{board.Board}.dts", StringComparison.Ordinal));
            Assert.True(KernelCorpus.TryPreprocess(board.Architecture, path, source), board.Board);
            // The first reference of the first node takes the first phandle.
            string text = File.ReadAllText(source);
            int root = text.IndexOf("\n/ {", StringComparison.Ordinal) + "\n/ {".Length;
            File.WriteAllText(moved, text[..root] + " first = <&first>; " + text[root..] + "\n/ { first: first { }; };\n");
            LiveTree before = Read(Recompiled.Compile(source, symbols: false, Path.GetDirectoryName(path)!));
            LiveTree after = Read(Recompiled.Compile(moved, symbols: false, Path.GetDirectoryName(path)!));
            foreach (TreeDifference difference in TreeComparer.Compare(before, after).Differences)
            {
                if (difference is not ({ Kind: DifferenceKind.NodeAdded, New.Path: "/first" }
                    or { Kind: DifferenceKind.PropertyAdded, NewProperty.Name: "first" }))
                    problems.Add($"{board.Board}: {difference.Kind} {difference.New?.Path}: {difference.OldProperty?.Name} {difference.OldText} {difference.NewText}");
            }
            Interlocked.Add(ref renumbered, TreeComparer.Compare(before, after, new() { Phandles = true }).Differences.Count);
        });
        Assert.True(problems.IsEmpty, string.Join('\n', problems.Order(StringComparer.Ordinal).Take(40)));
        Assert.True(renumbered > 8_000, $"only {renumbered} values have other numbers");
    }

    private static LiveTree Read(byte[] blob)
    {
        var diagnostics = new DiagnosticBag();
        LiveTree? tree = BlobReader.Read(blob, DtcVersion.Newest, diagnostics);
        Assert.NotNull(tree);
        Restoration.RestoreLabels(tree, diagnostics);
        return tree;
    }
}
