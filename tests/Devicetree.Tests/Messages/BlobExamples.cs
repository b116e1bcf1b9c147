using System.Text;
using Devicetree.Compatibility;
using Devicetree.Compilation;
using Devicetree.Decompilation;
using Devicetree.Flattened;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.Messages;

/// <summary>A blob that breaks one rule, and the one that its remedy makes of it.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Place">The offset that the message names; of symbols and fixups, the property or node that it names.</param>
/// <param name="Deed">The verb with which the remedy begins: what was done to get from the one blob to the other.</param>
/// <param name="Broken">The blob that breaks the rule.</param>
/// <param name="Mended">The blob after that.</param>
internal sealed record BlobExample(DiagnosticRule Rule, string Place, string Deed, byte[] Broken, byte[] Mended)
{
    /// <summary>True when the place is an offset.</summary>
    public bool HasOffset => Place.StartsWith("0x", StringComparison.Ordinal);

    /// <summary>How both are read.</summary>
    public BlobTolerance Tolerance { get; init; } = BlobTolerance.Looking;
}

/// <summary>An example of every rule of blobs.</summary>
internal static class BlobExamples
{
    private const uint Far = 0x100000;
    private const string Compile = "Compile";

    private static readonly byte[] _good = Rooted().Prop(BlobBuilder.A, 7).EndNode().End().Build();

    public static IReadOnlyList<BlobExample> All =>
    [
        .. Headers, .. Structures, .. Trees, .. Oddities, .. Overlays,
    ];

    private static BlobExample[] Headers =>
    [
        new(BlobRules.NoMagic, "0x2", "Check", _good[..2], _good),
        new(BlobRules.BadMagic, "0x0", "Give", Patched(FdtField.Magic, 0x4d5a0091), _good),
        new(BlobRules.NoSize, "0x6", "Check", _good[..6], _good),
        new(BlobRules.TooSmall, "0x4", Compile, Patched(FdtField.TotalSize, 16), _good),
        new(BlobRules.FileTooShort, "0x61", "Copy", _good[..^1], _good),
        new(BlobRules.ReservationsOutside, "0x10", Compile, Patched(FdtField.ReservationsOffset, Far), _good),
        new(BlobRules.StructureOutside, "0x8", Compile, Patched(FdtField.StructOffset, Far), _good),
        new(BlobRules.StringsOutside, "0xc", Compile, Patched(FdtField.StringsOffset, Far), _good),
        new(BlobRules.StringsTooLong, "0x20", Compile, Patched(FdtField.StringsSize, 0xffffff), _good),
        new(BlobRules.StructureTooLong, "0x24", Compile, Patched(FdtField.StructSize, 0xffffff), _good),
        new(BlobRules.HeaderCut, "0x4", Compile, CutInHeader(), _good),
        new(BlobRules.BadVersion, "0x14", Compile, Rooted().EndNode().End().Build(99, 99), Rooted().EndNode().End().Build()),
    ];

    private static BlobExample[] Structures =>
    [
        new(BlobRules.PrematureEnd, "0x40", Compile, Rooted().Words(3, 0x10000, BlobBuilder.A, 7).EndNode().End().Build(), _good),
        new(BlobRules.NoRoot, "0x38", Compile, Patched(56, 9), _good),
        new(BlobRules.NoEnd, "0x54", Compile,
            Rooted().Prop(BlobBuilder.A, 7).EndNode().Begin("").EndNode().End().Build(), _good),
        new(BlobRules.PrematureEndTag, "0x50", Compile, Rooted().Prop(BlobBuilder.A, 7).End().EndNode().Build(), _good),
        new(BlobRules.BadTag, "0x50", Compile, Rooted().Prop(BlobBuilder.A, 7).Words(7).EndNode().End().Build(), _good),
        new(BlobRules.BadStringOffset, "0x40", Compile, Rooted().Prop(0x10000, 7).EndNode().End().Build(), _good),
        new(BlobRules.BadPath, "0x4c", Compile, OldChild("/cpus/cpu@0"), OldChild("/soc/cpu@0")),
        new(BlobRules.PropertyTooLong, "0x40", Compile,
            Rooted().Words(3, 0x80000000, BlobBuilder.A, 7).EndNode().End().Build(), _good),
        new(BlobRules.TooDeep, "0x838", "Check", Nested(257), Nested(256)),
        new(BlobRules.TooLarge, "0x40", "Check", Child(new string('n', 1025)), Child("n"))
        {
            Tolerance = BlobTolerance.Strict(FdtReaderOptions.Default),
        },
    ];

    private static BlobExample[] Trees =>
    [
        new(BlobRules.BadNodeName, "0x40", "Rename", Child("a/b"), Child("a-b")),
        new(BlobRules.BadPropertyName, "0x40", "Rename", Named("a/b"), Named("a-b")),
        new(BlobRules.TwinNodes, "0x54", "Remove", Children("uart@1000", "uart@1000"), Children("uart@1000", "uart@2000")),
        new(BlobRules.TwinProperties, "0x50", "Remove",
            Rooted().Prop(BlobBuilder.A, 7).Prop(BlobBuilder.A, 7).EndNode().End().Build(), _good),
        new(BlobRules.TwinPhandles, "0x64", "Give", Phandles(1, 1), Phandles(1, 2)),
        new(BlobRules.NamedRoot, "0x38", Compile,
            new BlobBuilder().Begin("root").Prop(BlobBuilder.A, 7).EndNode().End().Build(), _good),
    ];

    private static BlobExample[] Oddities =>
    [
        new(BlobRules.PropertyAfterNode, "0x4c", Compile,
            Rooted().Begin("n").EndNode().Prop(BlobBuilder.A, 7).EndNode().End().Build(),
            Rooted().Prop(BlobBuilder.A, 7).Begin("n").EndNode().EndNode().End().Build()),
        new(BlobRules.NopInOldVersion, "0x40", Compile,
            new BlobBuilder().Begin("/").Nop().EndNode().End().Build(3, 1),
            new BlobBuilder().Begin("/").EndNode().End().Build(3, 1)),
        new(BlobRules.Misaligned, "0x8", Compile, Shifted(), _good),
        new(BlobRules.Overlap, "0xc", Compile,
            BlobBuilder.Patch(Rooted().EndNode().End().Build(), FdtField.StringsOffset, 56), Rooted().EndNode().End().Build()),
        new(BlobRules.StructureSize, "0x58", Compile,
            Rooted().Prop(BlobBuilder.A, 7).EndNode().End().Words(0).Build(), _good),
    ];

    private static BlobExample[] Overlays =>
    [
        OfTree(RestorationRules.SymbolWithoutNode, "'uart0' of /__symbols__", "__symbols__ { uart0 = \"/soc/uart@1000\"; };",
            "__symbols__ { uart0 = \"/fragment@0\"; };"),
        OfFixup(RestorationRules.MalformedFixup, "/fragment@0:target"),
        OfFixup(RestorationRules.FixupWithoutNode, "/fragment@9:target:0"),
        OfFixup(RestorationRules.FixupWithoutProperty, "/fragment@0:trget:0"),
        OfFixup(RestorationRules.FixupOutside, "/fragment@0:target:8"),
        OfLocalFixup(RestorationRules.LocalFixupWithoutProperty, "'clock' of /fragment@0", "fragment@0 { clock = <0>; };"),
        OfLocalFixup(RestorationRules.MalformedLocalFixup, "'clocks' of /fragment@0", "fragment@0 { clocks = [00 00]; };"),
        OfLocalFixup(RestorationRules.LocalFixupWithoutNode, "'fragment@9' of /", "fragment@9 { clocks = <0>; };"),
        OfLocalFixup(RestorationRules.LocalFixupOutside, "offset 8 of 'clocks'", "fragment@0 { clocks = <8>; };"),
        OfLocalFixup(RestorationRules.LocalFixupWithoutTarget, "'target'", "fragment@0 { target = <0>; };"),
    ];

    private static BlobBuilder Rooted() => new BlobBuilder().Begin("");

    private static byte[] Patched(int field, uint value) => BlobBuilder.Patch([.. _good], field, value);

    private static byte[] Child(string name) => Rooted().Begin(name).EndNode().EndNode().End().Build();

    private static byte[] Children(string first, string second) =>
        Rooted().Begin(first).EndNode().Begin(second).EndNode().EndNode().End().Build();

    private static byte[] OldChild(string path) =>
        new BlobBuilder().Begin("/").Begin("/soc").Begin(path).EndNode().EndNode().EndNode().End().Build(3, 1);

    private static byte[] Named(string property) =>
        new BlobBuilder { Strings = Encoding.Latin1.GetBytes(property + '\0') }.Begin("").Prop(0, 7).EndNode().End().Build();

    private static byte[] Phandles(uint first, uint second) => Rooted()
        .Begin("a").Prop(BlobBuilder.Phandle, first).EndNode().Begin("b").Prop(BlobBuilder.Phandle, second).EndNode()
        .EndNode().End().Build();

    private static byte[] Nested(int levels)
    {
        BlobBuilder blob = Rooted();
        for (int level = 1; level < levels; level++)
            blob.Begin("n");
        for (int level = 0; level < levels; level++)
            blob.EndNode();
        return blob.End().Build();
    }

    /// <summary>Nothing but the first eight fields, although the version has ten.</summary>
    private static byte[] CutInHeader()
    {
        byte[] blob = Patched(FdtField.TotalSize, 32)[..32];
        foreach (int field in (int[])[FdtField.StructOffset, FdtField.StringsOffset, FdtField.ReservationsOffset])
            BlobBuilder.Patch(blob, field, 28);
        return blob;
    }

    /// <summary>Two bytes stand before the structure block.</summary>
    private static byte[] Shifted()
    {
        byte[] blob = [.. _good[..56], 0, 0, .. _good[56..]];
        foreach (int field in (int[])[FdtField.TotalSize, FdtField.StructOffset, FdtField.StringsOffset])
            BlobBuilder.Patch(blob, field, FdtField.Read(blob, field) + 2);
        return blob;
    }

    private static BlobExample OfFixup(DiagnosticRule rule, string fixup) => OfTree(rule, "'uart0' of /__fixups__",
        $"__fixups__ {{ uart0 = \"{fixup}\"; }};", "__fixups__ { uart0 = \"/fragment@0:target:0\"; };");

    private static BlobExample OfLocalFixup(DiagnosticRule rule, string place, string mirror) => OfTree(rule, place,
        $"__local_fixups__ {{ {mirror} }};", "__local_fixups__ { fragment@0 { clocks = <0>; }; };");

    /// <summary>Both are compiled by a release that takes such nodes for ordinary ones.</summary>
    private static BlobExample OfTree(DiagnosticRule rule, string place, string broken, string mended)
    {
        return new(rule, place, Compile, Blob(broken), Blob(mended));

        static byte[] Blob(string nodes)
        {
            var diagnostics = new DiagnosticBag();
            LiveTree? tree = DevicetreeCompiler.Compile(
                new SourceText("a.dts", "/dts-v1/; / { fragment@0 { target = <0xffffffff>; clocks = <1>; phandle = <1>; }; "
                    + nodes + " };"),
                diagnostics, new() { Version = DtcVersion.Debian, Strict = false });
            Assert.True(tree is not null, string.Join('\n', diagnostics.Items));
            return FdtWriter.Write(tree).ToArray();
        }
    }
}
