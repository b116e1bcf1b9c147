using Conformance.Tests.Boards;
using Conformance.Tests.Tools;
using Devicetree.Compilation;
using Devicetree.Flattened;
using Devicetree.Live;
using Devicetree.Source;
using Devicetree.Source.Preprocessing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Conformance.Tests.Schema;

/// <summary>
/// Blobs of the kernel's boards, made by our preprocessor and compiler: the bytes are those of <c>cpp | dtc</c>, as other tests
/// show, and no process is started for them. May be used by several threads.
/// </summary>
internal sealed class BoardBlobs
{
    private readonly PreprocessorOptions _preprocessing = new()
    {
        IncludeDirectories = [Path.Combine(KernelCorpus.Source!, "scripts/dtc/include-prefixes")],
        Files = new DiskIncludeFiles(),
        Cache = new IncludeCache(),
    };

    /// <summary>Where the arm64 boards are.</summary>
    public static string Directory => Path.Combine(KernelCorpus.Source!, "arch/arm64/boot/dts");

    /// <summary>Compiles a board.</summary>
    public ReadOnlyMemory<byte> Compile(string source)
    {
        var diagnostics = new DiagnosticBag();
        PreprocessedSource? preprocessed = Preprocessor.Run(new SourceText(source, File.ReadAllBytes(source)), _preprocessing,
            diagnostics);
        var options = new CompilationOptions
        {
            Version = ExternalTool.Dtc,
            BootCpu = 0,
            Strict = false,
            Files =
            new DiskSourceFiles(Path.GetDirectoryName(source)!)
        };
        LiveTree? tree = preprocessed is null ? null : DevicetreeCompiler.Compile(preprocessed.Text, diagnostics, options);
        Assert.True(tree is not null, $"{source}: {string.Join('\n', diagnostics.Items)}");
        return FdtWriter.Write(tree);
    }
}
