using System.Text;
using System.Text.RegularExpressions;
using Devicetree.Checks;
using Devicetree.Compatibility;
using Devicetree.Compilation;
using Devicetree.Decompilation;
using Devicetree.Flattened;
using Devicetree.Formatting;
using Devicetree.Live;
using Devicetree.Overlays;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Fuzz;

/// <summary>Everything in this library that takes bytes from strangers, and what must hold when it takes them.</summary>
internal static partial class Targets
{
    /// <summary>Small, so that a case that asks for much is refused early.</summary>
    private const int Budget = 4 * 1024 * 1024;

    private static readonly DtcVersion[] _versions = [DtcVersion.Debian, DtcVersion.Newest];

    private static readonly CheckSettings[] _allChecks = [.. _versions.Select(EveryCheckOf)];

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("blob", 10_000_000, IsText: false, Seeds.Blobs, Blob),
        new("source", 1_000_000, IsText: true, Seeds.SourceBytes, Source),
        new("overlay", 1_000_000, IsText: false, [.. Seeds.Blobs, .. Seeds.Bases], Overlay),
        new("preprocessor", 1_000_000, IsText: true, Seeds.PreprocessorBytes, PreprocessorTarget.Run),
        new("schema", 1_000_000, IsText: true, BindingSeeds.Bytes, SchemaTarget.Run),
        new("format", 1_000_000, IsText: true, Seeds.PreprocessorBytes, Format),
        new("guest", 1_000_000, IsText: false, GuestTarget.Seeds, GuestTarget.Run),
    ];

    /// <summary>
    /// A blob that the strict reader takes is written and read again as the same tree; one that dtc's reader takes prints as
    /// source of the same blob.
    /// </summary>
    private static void Blob(byte[] input, int choice)
    {
        if (FdtReader.TryRead(input, out Tree? tree, out FdtError? error))
        {
            byte[] written = FdtWriter.Write(tree);
            Expect(FdtReader.TryRead(written, out Tree? again, out _) && FdtWriter.Write(again).AsSpan().SequenceEqual(written),
                "a tree changes when it is written and read");
        }
        else
        {
            Expect(error.Offset >= 0, "an error has no place");
        }
        DtcVersion version = _versions[choice & 1];
        FlatTargets.View(input, version);
        FlatTargets.Edit(input, version, choice);
        var diagnostics = new DiagnosticBag();
        LiveTree? live = BlobReader.Read(input, new BlobReaderOptions { Version = version, MaxTotalSize = Budget }, diagnostics);
        if (live is null)
        {
            Expect(diagnostics.HasErrors, "a blob is refused without a reason");
            return;
        }
        if (!DevicetreeCompiler.Finish(live, diagnostics, Options(version, choice)) || !HasSource(live))
            return;
        byte[] blob = FdtWriter.Write(live).ToArray();
        byte[] text = LivePrinter.Print(live, new LivePrinterOptions { Version = version });
        // Newer versions write fixups again from the references they restored, and so mend those that were damaged.
        if (version != DtcVersion.Debian)
            return;
        var recompiled = DevicetreeCompiler.Compile(new SourceText("printed.dts", text), diagnostics,
            new() { Version = version, BootCpu = live.BootCpu, MaxDepth = 4096, Strict = false });
        Expect(recompiled is not null && FdtWriter.Write(recompiled).Span.SequenceEqual(blob),
            "what was printed is not the source of the same blob");
    }

    /// <summary>A blob may have properties and nodes without a name, and a root with one, which no source can write.</summary>
    private static bool HasSource(LiveTree tree) => tree.Nodes.All(node =>
        node.Name.Length > 0 == (node.Parent is not null) && node.Properties.Live.All(property => property.Name.Length > 0));

    /// <summary>A source that compiles gives a blob that can be read.</summary>
    private static void Source(byte[] input, int choice)
    {
        DtcVersion version = _versions[choice & 1];
        var diagnostics = new DiagnosticBag();
        LiveTree? tree = DevicetreeCompiler.Compile(new SourceText("fuzz.dts", input), diagnostics, Options(version, choice));
        Render(diagnostics);
        if (tree is null)
        {
            Expect(diagnostics.HasErrors, "a source is refused without a reason");
            return;
        }
        byte[] blob = FdtWriter.Write(tree).ToArray();
        Expect(BlobReader.Read(blob, version, new DiagnosticBag()) is not null, "the blob of a source cannot be read");
    }

    /// <summary>Either of the two is damaged.</summary>
    private static void Overlay(byte[] input, int choice)
    {
        IReadOnlyList<byte[]> others = (choice & 1) == 0 ? Seeds.Bases : [Seeds.Blobs[1], Seeds.Blobs[4]];
        byte[] other = others[(choice >> 1 & 0xff) % others.Count];
        (byte[] @base, byte[] overlay) = (choice & 1) == 0 ? (other, input) : (input, other);
        if (FdtReader.TryRead(@base, out Tree? tree, out _) && FdtReader.TryRead(overlay, out Tree? change, out _))
            Expect(OverlayApplier.TryApply(tree, change, out _, out OverlayError? error) || error.Message.Length > 0,
                "an overlay is refused without a reason");
        FlatTargets.Apply(@base, overlay, _versions[choice >> 9 & 1], (choice & 1 << 10) != 0);
    }

    /// <summary>Layout changes nothing but spaces; that of a source that compiles stays, and gives the same blob.</summary>
    private static void Format(byte[] input, int choice)
    {
        var diagnostics = new DiagnosticBag();
        if (DtsFormatter.Format(new SourceText("fuzz.dts", input), diagnostics) is not string once)
        {
            Render(diagnostics);
            Expect(diagnostics.HasErrors, "a source is left alone without a reason");
            return;
        }
        // Bytes that are no UTF-8 become others on the way through a string, which is no defect of the layout.
        if (!Ascii.IsValid(input))
            return;
        Expect(Essence(Encoding.ASCII.GetString(input) + "\n") == Essence(once), "something other than blanks changed");
        if (DevicetreeCompiler.Compile(new SourceText("fuzz.dts", input), diagnostics) is not LiveTree tree)
            return;
        Expect(DtsFormatter.Format(new SourceText("fuzz.dts", once), diagnostics) == once, "laid out twice it differs");
        LiveTree? again = DevicetreeCompiler.Compile(new SourceText("fuzz.dts", once), diagnostics);
        Expect(again is not null && FdtWriter.Write(again).Span.SequenceEqual(FdtWriter.Write(tree).Span),
            "laid out it gives another blob");
    }

    /// <summary>
    /// What is not blank. A backslash at the end of a line, with spaces after it or without, only joins it to the next.
    /// </summary>
    private static string Essence(string text) =>
        string.Concat(JoinedLines().Replace(text, "").Where(c => !char.IsWhiteSpace(c)));

    [GeneratedRegex(@"\\[ \t\f\v\r\0]*\n")]
    private static partial Regex JoinedLines();

    private static void Render(DiagnosticBag diagnostics)
    {
        foreach (Diagnostic diagnostic in diagnostics.Items.Take(3))
            _ = diagnostic.Render();
    }

    private static CompilationOptions Options(DtcVersion version, int choice) => new()
    {
        Version = version,
        Checks = _allChecks[Array.IndexOf(_versions, version)],
        GenerateSymbols = (choice & 4) != 0,
        GenerateAliases = (choice & 8) != 0,
        Strict = (choice & 16) != 0,
        MaxValueBytes = Budget,
        MaxDepth = 4096,
    };

    private static CheckSettings EveryCheckOf(DtcVersion version)
    {
        CheckSettings settings = CheckSettings.DefaultOf(version);
        foreach (CheckRow row in CheckTable.Rows)
            settings = settings.TryWith(CheckLevels.Warning, row.Name) ?? settings;
        return settings.TryWith(CheckLevels.Warning, "no-always_fail") ?? settings;
    }

    internal static void Expect(bool condition, string otherwise)
    {
        if (!condition)
            throw new InvalidOperationException(otherwise);
    }
}
