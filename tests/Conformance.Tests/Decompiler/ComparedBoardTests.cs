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
            using var folder = new TemporaryFolder();
            string source = folder.PathOf("in.dts");
            Assert.True(KernelCorpus.TryPreprocess("arm64", board, source), board);
            LiveTree plain = Read(Recompiled.Compile(source, symbols: false, Path.GetDirectoryName(board)!));
            LiveTree named = Read(Recompiled.Compile(source, symbols: true, Path.GetDirectoryName(board)!));
            foreach (TreeDifference difference in TreeComparer.Compare(plain, named).Differences)
            {
                // Symbols also keep nodes that are left out when nothing refers to them.
                string path = difference.New?.Path ?? "";
                if (difference.Kind != DifferenceKind.NodeAdded || !(path == "/__symbols__" || path.Contains("/pinctrl", StringComparison.Ordinal)))
                    problems.Add($"{board}: {difference.Kind} {path} {difference.OldProperty?.Name}");
            }
            Interlocked.Add(ref renumbered, TreeComparer.Compare(plain, named, new() { Phandles = true }).Differences.Count);
        });
        Assert.True(problems.IsEmpty, string.Join('\n', problems.Order(StringComparer.Ordinal).Take(20)));
        Assert.True(renumbered > 4_000, $"only {renumbered} values have other numbers");
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
