using Conformance.Tests.Tools;
using Devicetree;
using Devicetree.Decompilation;
using Devicetree.Flattened;
using Devicetree.Overlays;

namespace Conformance.Tests.Devicetree;

public class FdtOverlayTests
{
    private const int Seeds = 150;

    /// <summary>A base and an overlay.</summary>
    public static TheoryData<string, string> Pairs => new()
    {
        // Case 68.
        { "/ { n: n { p; phandle = <1>; c1 { }; }; };", "&n { z; p = <9>; y; n1 { }; n2 { }; c1 { w; }; };" },
        // Case 70.
        { "/ { n { }; };", "&{/n} { l: m { }; k: o { }; };" },
        { "/ { n { }; };", "&n { };" },
        // Case 74.
        { "/ { x@1 { y@2 { }; }; };", "&{/x} { y { p; }; y@2 { q; }; x@1 { }; };" },
        { "/ { a: x@1 { }; x { }; };", "&{/} { x { p; }; };" },
        { "/ { aliases { al = \"/soc/n@1\"; }; soc { n@1 { }; }; };",
            "/ { fragment@0 { target-path = \"al/m\"; __overlay__ { p; }; }; };" },
        { "/ { aliases { al = \"/soc/n@1\"; }; soc { n@1 { m { }; }; }; };",
            "/ { fragment@0 { target-path = \"al//m/\"; __overlay__ { l: k { }; }; }; };" },
        // Case 73.
        { "/ { n { phandle = <5>; }; };", "/ { fragment@0 { target = <0>; target-path = \"/n\"; __overlay__ { p; }; }; };" },
        { "/ { n { phandle = <5>; }; };", "/ { fragment@0 { target = <5>; __overlay__ { p; }; }; };" },
        { "/ { n { phandle = <5>; }; };", "/ { fragment@0 { target = <6>; __overlay__ { p; }; }; };" },
        { "/ { n { phandle = <5>; }; };", "/ { fragment@0 { __overlay__ { p; }; }; };" },
        { "/ { a: a { }; b: b { }; };", "&a { r = <&b &c>; c: c { phandle = <77>; q = <&c &a>; }; }; &{/a/c} { late; };" },
        { "/ { a: a { }; };", "/ { notes { }; fragment@7 { target = <&a>; __overlay__ { s: s { }; }; }; t: other { }; };" },
        { "/memreserve/ 1 2; / { a: a { }; };", "/memreserve/ 3 4; &a { p = \"longer than it was\"; };" },
    };

    [Theory, MemberData(nameof(Pairs))]
    public void An_overlay_is_applied_as_fdtoverlay_applies_it(string @base, string overlay)
    {
        ExternalTool.Require("dtc", "fdtoverlay");
        Compare("/dts-v1/; " + @base, "/dts-v1/; /plugin/; " + overlay, "table");
    }

    [Fact]
    public void Random_overlays_are_applied_as_fdtoverlay_applies_them()
    {
        ExternalTool.Require("dtc", "fdtoverlay");
        int applied = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            string @base = new RandomSource(seed).Base();
            byte[]? blob = Dtc.CompileHere(@base, out _, new() { GenerateSymbols = true });
            if (blob is null)
                continue;
            Tree tree = Dtc.Read(blob);
            // A label on a node that the base numbers itself and one that the overlay numbers must not meet: before 1.7.1
            // fdtoverlay renumbers the base. The nodes of the overlay are new ones or have no label then.
            string[] labels = [.. tree.Find("/__symbols__")?.Properties.Select(property => property.Name) ?? []];
            string[] paths = [.. tree.Root.SelfAndDescendants().Select(node => node.Path)
                .Where(path => !path.Contains("__", StringComparison.Ordinal))];
            string overlay = new RandomSource(seed + Seeds).Overlay(labels, paths);
            if (Compare(@base, overlay, $"seed {seed}"))
                applied++;
        }
        Assert.InRange(applied, Seeds / 3, Seeds);
    }

    [Fact]
    public void What_the_builder_builds_is_applied_by_fdtoverlay_too()
    {
        ExternalTool.Require("dtc", "fdtoverlay");
        var builder = new OverlayBuilder();
        Node hypervisor = builder.Fragment("/").AddChild("hypervisor");
        hypervisor.SetString("compatible", "gunyah-hypervisor-1.0", "gunyah-hypervisor");
        Node manager = hypervisor.AddChild("gunyah-resource-mgr@0");
        manager.SetU64("reg", 0, 1);
        manager.SetCells("interrupt-parent", uint.MaxValue);
        manager.SetCells("self", builder.PhandleOf(manager));
        builder.AddLocalReference(manager, "self", 0);
        builder.AddLabelReference(manager, "interrupt-parent", 0, "gic");
        builder.AddSymbol("rm", manager);
        byte[] @base = (Dtc.Compile("/dts-v1/; / { gic: intc { }; };", "-@"))!;

        CompareBlobs(@base, FdtWriter.Write(builder.Build()), "builder", protectionMatters: false);
    }

    private static bool Compare(string baseSource, string overlaySource, string what)
    {
        byte[]? @base = Dtc.Compile(baseSource, "-@");
        byte[]? overlay = Dtc.Compile(overlaySource, "-@");
        Assert.NotNull(@base);
        if (overlay is null)
        {
            Assert.Null(Dtc.CompileHere(overlaySource, out _, new() { GenerateSymbols = true }));
            return false;
        }
        return CompareBlobs(@base, overlay, what + "\n" + baseSource + "\n" + overlaySource,
            MeetNumbered(Dtc.Read(@base), Dtc.Read(overlay)));
    }

    /// <summary>
    /// Applies on both sides, unless versions of fdtoverlay differ because base and overlay number the same node.
    /// </summary>
    /// <returns>Whether there were two results to compare.</returns>
    private static bool CompareBlobs(byte[] @base, byte[] overlay, string what, bool protectionMatters)
    {
        bool applied = OverlayApplier.TryApply(Dtc.Read(@base), Dtc.Read(overlay), out Tree? result, out OverlayError? error);
        if (protectionMatters)
            return false;
        using var directory = new TemporaryDirectory();
        string output = directory.PathOf("out.dtb");
        ToolResult theirs = ExternalTool.Start(
            "fdtoverlay", "-i", directory.Write("base.dtb", @base), "-o", output, directory.Write("overlay.dtbo", overlay));

        Assert.True(applied == (theirs.ExitCode == 0), $"{what}\nours: {error}\ntheirs: {theirs.StandardError}");
        if (!applied)
        {
            Assert.Contains($"FDT_ERR_{error!.Kind}".ToUpperInvariant(), theirs.StandardError, StringComparison.Ordinal);
            return false;
        }
        Assert.Equal(DtsPrinter.Print(Dtc.Read(File.ReadAllBytes(output))), DtsPrinter.Print(result!));
        return true;
    }

    /// <summary>True when a node of the overlay with a phandle merges, now or later, into a node with another.</summary>
    private static bool MeetNumbered(Tree @base, Tree overlay)
    {
        if (!OverlayApplier.TryApply(@base, overlay, out Tree? result, out _))
            return false;
        int before = @base.Root.SelfAndDescendants().Count(node => node.Phandle is not null);
        int added = overlay.Root.SelfAndDescendants().Count(node => node.Phandle is not null);
        return result.Root.SelfAndDescendants().Count(node => node.Phandle is not null) != before + added;
    }
}
