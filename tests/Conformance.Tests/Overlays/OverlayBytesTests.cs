using Conformance.Tests.Devicetree;
using Conformance.Tests.Tools;
using Devicetree.Overlays;

namespace Conformance.Tests.Overlays;

public class OverlayBytesTests
{
    private const int Seeds = 150;
    private const int DamageSeeds = 1000;

    /// <summary>The first seed for damaged bases; that of 785 gives the root a name.</summary>
    private const int BaseSeed = 500;

    [Theory, MemberData(nameof(OverlayCases.Names), MemberType = typeof(OverlayCases))]
    public void A_case_ends_as_with_fdtoverlay(string name)
    {
        ExternalTool.Require("dtc", "fdtoverlay");
        OverlayCase given = OverlayCases.All[name];

        Apply(name, given.Base(), given.Overlays());
    }

    [Fact]
    public void Random_overlays_give_the_bytes_of_fdtoverlay()
    {
        ExternalTool.Require("dtc", "fdtoverlay");
        int applied = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            byte[]? @base = Dtc.CompileHere(new RandomSource(seed).Base(), out _, new() { GenerateSymbols = true });
            if (@base is null)
                continue;
            byte[][] stack = [.. Enumerable.Range(1, 1 + seed % 3).Select(i => RandomOverlay(@base, seed + (i * Seeds)))
                .OfType<byte[]>()];
            if (stack.Length > 0 && Apply($"seed {seed}", @base, stack))
                applied++;
        }
        Assert.InRange(applied, Seeds / 4, Seeds);
    }

    [Fact]
    public void Random_overlays_on_a_stack_of_dt_give_the_tree_of_the_newest_fdtoverlay_in_another_order()
    {
        int applied = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            byte[]? @base = Dtc.CompileHere(new RandomSource(seed).Base(), out _, new() { GenerateSymbols = true });
            if (@base is null || RandomOverlay(@base, seed + Seeds) is not byte[] overlay)
                continue;
            Assert.True(FlatOverlayStack.TryOpen(@base, out FlatOverlayStack? flat, out _));
            var stack = new OverlayStack(Dtc.Read(@base));
            OverlayError? theirs = flat.Apply(overlay);
            OverlayError? ours = stack.Apply(Dtc.Read(overlay));
            // What only dt refuses would lead nowhere; a name that means several nodes is one of the differences.
            if (theirs is not null || ours is not null || stack.Notes.Any(note => note.Kind == OverlayNoteKind.MetLoosely))
            {
                Assert.True(theirs is null || ours is not null, $"seed {seed}: {theirs}");
                continue;
            }
            // Where two phandles meet in one node, the last one stays with fdtoverlay, and references to the others lead nowhere.
            if (Numbered(Dtc.Read(@base)) + Numbered(Dtc.Read(overlay)) != Numbered(stack.Tree))
                continue;
            Assert.True(flat.TryPack(out ReadOnlySpan<byte> packed, out _));
            Assert.Equal(SortedTree.Of(Dtc.Read(packed.ToArray())), SortedTree.Of(stack.Tree));
            applied++;
        }
        Assert.InRange(applied, Seeds / 8, Seeds);

        static int Numbered(global::Devicetree.Tree tree) =>
            tree.Root.SelfAndDescendants().Count(node => node.Phandle is not null);
    }

    [Fact]
    public void A_damaged_overlay_ends_as_with_fdtoverlay()
    {
        ExternalTool.Require("dtc", "fdtoverlay");
        byte[] @base = OverlayCases.RichBase();
        byte[] overlay = OverlayCases.RichOverlay();
        int applied = Enumerable.Range(0, DamageSeeds)
            .Count(seed => Apply($"seed {seed}", @base, [Mutations.Damage(overlay, new Random(seed))], sameWords: false));
        Assert.InRange(applied, DamageSeeds / 20, DamageSeeds * 19 / 20);
    }

    [Fact]
    public void An_overlay_on_a_damaged_base_ends_as_with_fdtoverlay()
    {
        ExternalTool.Require("dtc", "fdtoverlay");
        byte[] @base = OverlayCases.RichBase();
        byte[] overlay = OverlayCases.RichOverlay();
        int applied = Enumerable.Range(BaseSeed, DamageSeeds / 2)
            .Count(seed => Apply($"seed {seed}", Mutations.Damage(@base, new Random(seed)), [overlay], sameWords: false));
        Assert.InRange(applied, DamageSeeds / 40, DamageSeeds / 2 - 1);
    }

    [Fact]
    public void A_label_in_a_base_whose_root_has_a_name_has_no_path()
    {
        ExternalTool.Require("dtc", "fdtoverlay");
        const int RootName = 0x4c;
        Assert.False(Apply("named root", BlobBuilder.Patch(OverlayCases.RichBase(), RootName, 0x10000000),
            [OverlayCases.RichOverlay()]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(20)]
    [InlineData(36)]
    [InlineData(40)]
    [InlineData(60)]
    public void A_base_that_claims_less_than_it_has_is_refused(uint total)
    {
        ExternalTool.Require("dtc", "fdtoverlay");
        Assert.False(Apply($"{total} bytes", BlobBuilder.Patch(OverlayCases.RichBase(), 4, total), [OverlayCases.RichOverlay()],
            sameWords: false));
    }

    /// <summary>Applies on both sides.</summary>
    /// <returns>Whether there was a result, on both.</returns>
    private static bool Apply(string what, byte[] @base, byte[][] overlays, bool sameWords = true)
    {
        using var pair = new DropInPair("fdtoverlay");
        pair.With("base.dtb", @base);
        for (int i = 0; i < overlays.Length; i++)
            pair.With($"{i}.dtbo", overlays[i]);
        string[] names = [.. overlays.Select((_, i) => $"{{{i}.dtbo}}")];
        string[] args = ["-i", "{base.dtb}", "-o", "{out.dtb}", .. names];
        return (sameWords ? pair.Run(what, args, "out.dtb") : pair.RunForVerdict(what, args, "out.dtb")).Theirs.ExitCode == 0;
    }

    private static byte[]? RandomOverlay(byte[] @base, int seed)
    {
        global::Devicetree.Tree tree = Dtc.Read(@base);
        string[] labels = [.. tree.Find("/__symbols__")?.Properties.Select(property => property.Name) ?? []];
        string[] paths = [.. tree.Root.SelfAndDescendants().Select(node => node.Path)
            .Where(path => !path.Contains("__", StringComparison.Ordinal))];
        string source = new RandomSource(seed).Overlay(labels, paths);
        return Dtc.CompileHere(source, out _, new() { GenerateSymbols = seed % 2 == 0 });
    }
}
