using Devicetree.Compatibility;
using Devicetree.Compilation;
using Devicetree.Flattened;
using Devicetree.Live;
using Devicetree.Source.Preprocessing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Fuzz;

/// <summary>
/// The preprocessor, and the compiler behind it. Whatever a source includes is mostly the source itself, so that inclusion never
/// ends by itself; the limits are so low that macros and includes which grow without bound meet them at once.
/// </summary>
internal static class PreprocessorTarget
{
    private const int Most = 256 * 1024;

    /// <summary>Known to all cases, and so used by several threads at once.</summary>
    private static readonly IncludeCache _shared = new();

    public static void Run(byte[] input, int choice)
    {
        var options = new PreprocessorOptions
        {
            IncludeDirectories = ["a", "b"],
            Macros = (choice & 1) == 0 ? [] : [CommandLineMacro.Define("A=A B"), CommandLineMacro.Define("F(x)=x F(x)")],
            Files = new Files(input),
            EmitLineMarkers = (choice & 2) != 0,
            MaxIncludeDepth = 16,
            MaxIncludes = 200,
            MaxSourceBytes = Most,
            MaxOutputBytes = Most,
            MaxExpandedTokens = 20_000,
            MaxNesting = 32,
        };
        var diagnostics = new DiagnosticBag();
        var main = new SourceText("a/fuzz.dts", input);
        PreprocessedSource? result = Preprocessor.Run(main, options, diagnostics);
        foreach (Diagnostic diagnostic in diagnostics.Items.Take(3))
            _ = diagnostic.Render();
        if (result is null)
        {
            Targets.Expect(diagnostics.HasErrors, "a source is refused without a reason");
            return;
        }
        ReadOnlyMemory<byte> text = result.Text.Bytes;
        Targets.Expect(text.Length <= Most, "the text is longer than it may be");
        for (int at = 0; at <= text.Length; at += 1 + text.Length / 8)
            Targets.Expect(result.Text.Resolve(at, Math.Min(at + 8, text.Length)).Span.Source is not null,
                "a piece of text has no place");
        if ((choice & 0x1c) == 0)
            Again(main, options, text, (choice & 1) == 0);
        if (!options.EmitLineMarkers)
            Compile(result.Text, choice);
    }

    /// <summary>
    /// A second time, what the first has left behind must not show: neither in what is used again nor in what is shared.
    /// </summary>
    private static void Again(SourceText main, PreprocessorOptions options, ReadOnlyMemory<byte> text, bool shared)
    {
        // The included files are not the same for all cases, so only sources without them can share what is known of files.
        bool includes = main.Bytes.Span.IndexOf("include"u8) >= 0 || main.Bytes.Span.IndexOf("embed"u8) >= 0;
        PreprocessedSource? again = Preprocessor.Run(main, options with { Cache = shared && !includes ? _shared : null },
            new DiagnosticBag());
        Targets.Expect(again is not null && again.Text.Bytes.Span.SequenceEqual(text.Span),
            "the second time another text comes out");
    }

    private static void Compile(SourceText text, int choice)
    {
        var diagnostics = new DiagnosticBag();
        DtcVersion version = (choice & 0x20) == 0 ? DtcVersion.Debian : DtcVersion.Newest;
        LiveTree? tree = DevicetreeCompiler.Compile(text, diagnostics,
            new() { Version = version, MaxValueBytes = Most, MaxDepth = 64 });
        foreach (Diagnostic diagnostic in diagnostics.Items.Take(3))
            _ = diagnostic.Render();
        Targets.Expect(tree is not null || diagnostics.HasErrors, "a source is refused without a reason");
        if (tree is not null)
            _ = FdtWriter.Write(tree);
    }

    /// <summary>The source under most names; names of one letter are other files, or none.</summary>
    private sealed class Files(byte[] self) : IIncludeFiles
    {
        public IncludeLookup Read(string path, int maxLength, out ReadOnlyMemory<byte> bytes, out string reason)
        {
            bytes = default;
            reason = "";
            switch (path.Length == 0 ? '\0' : path[^1])
            {
                case '/' or '\0':
                    return IncludeLookup.Missing;
                case 'x':
                    reason = "it is a device";
                    return IncludeLookup.Refused;
                case 'i':
                    bytes = Seeds.PreprocessorBytes[path.Length % Seeds.PreprocessorBytes.Count];
                    break;
                default:
                    bytes = self;
                    break;
            }
            if (bytes.Length <= maxLength)
                return IncludeLookup.Read;
            reason = "it is too long";
            return IncludeLookup.Refused;
        }
    }
}
