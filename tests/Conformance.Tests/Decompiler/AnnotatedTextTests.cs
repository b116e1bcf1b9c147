using System.Collections.Concurrent;
using System.Text;
using Conformance.Tests.Boards;
using Conformance.Tests.Devicetree;
using Conformance.Tests.Overlays;
using Conformance.Tests.Tools;
using Devicetree.Compatibility;
using Devicetree.Compilation;
using Devicetree.Decompilation;
using Devicetree.Decompilation.Annotation;
using Devicetree.Flattened;
using Devicetree.Live;
using Devicetree.Source;
using Devicetree.Source.Preprocessing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Conformance.Tests.Decompiler;

/// <summary>Blobs decompiled with annotations and compiled again.</summary>
public class AnnotatedTextTests
{
    private const int Boards = 766;
    private const int Shown = 10;

    /// <summary>
    /// Of the references that the sources write: what is not found is in properties of single vendors, or in values that do not
    /// fit their binding. Seen: 98.6 percent.
    /// </summary>
    private const double LeastFound = 0.985;

    [Fact]
    public void Every_annotated_board_compiles_back_and_its_references_are_those_of_its_source()
    {
        KernelCorpus.Require();
        var problems = new ConcurrentBag<string>();
        int compared = 0;
        long written = 0, found = 0;
        string[] directories = [.. ((string[])["scripts/dtc/include-prefixes", "arch/arm64/boot/dts", "include"]).Select(
            directory => Path.Combine(KernelCorpus.Source!, directory))];
        var preprocessing = new PreprocessorOptions
        {
            IncludeDirectories = directories,
            Files = new DiskIncludeFiles(),
            Cache =
            new IncludeCache()
        };
        Parallel.ForEach(KernelCorpus.Boards("arm64"), board =>
        {
            SourceText source = Preprocessor.Run(new SourceText(board, File.ReadAllBytes(board)), preprocessing,
                new DiagnosticBag())!.Text;
            foreach (bool symbols in (bool[])[false, true])
            {
                var options = new CompilationOptions
                {
                    Version = ExternalTool.Dtc,
                    Strict = false,
                    GenerateSymbols =
                    symbols,
                    Files = new DiskSourceFiles(Path.GetDirectoryName(board)!)
                };
                LiveTree compiled = DevicetreeCompiler.Compile(source, new DiagnosticBag(), options)!;
                byte[] blob = FdtWriter.Write(compiled).ToArray();
                LiveTree annotated = Annotate(blob, out string text);
                string what = $"{Path.GetFileNameWithoutExtension(board)}{(symbols ? " -@" : "")}";
                if (Recompiled.Difference(text, blob) is string difference)
                    problems.Add($"{what}: the text {difference}");
                HashSet<(string, string, int)> expected = ReferencesOf(compiled), shown = ReferencesOf(annotated);
                foreach ((string node, string property, int offset) in shown.Except(expected))
                    problems.Add($"{what}: {node}:{property} at {offset} is no reference in the source");
                Interlocked.Add(ref written, expected.Count);
                Interlocked.Add(ref found, expected.Intersect(shown).Count());
                Interlocked.Increment(ref compared);
            }
        });
        Assert.True(problems.IsEmpty,
            $"{problems.Count} problems:\n{string.Join('\n', problems.Order(StringComparer.Ordinal).Take(Shown))}");
        Assert.Equal(2 * Boards, compared);
        Assert.True(found >= LeastFound * written, $"{found} of {written} references were found");
    }

    [Fact]
    public void Every_annotated_overlay_of_the_kernel_compiles_back()
    {
        KernelCorpus.Require();
        string[] applied = [.. KernelOverlays.Applied("arch/arm64/boot/dts").SelectMany(each => each.Parts[1..]).Distinct()];
        string[] own = [.. Directory.EnumerateFiles(Path.Combine(KernelCorpus.Source!, KernelOverlays.Unittest), "overlay*.dts")
            .Select(file => Path.Combine(KernelOverlays.Unittest, Path.GetFileNameWithoutExtension(file)))];
        Assert.NotEmpty(applied);
        Assert.NotEmpty(own);
        Assert.All(applied.Concat(own), path =>
        {
            byte[] blob = KernelOverlays.Compile(path);
            Annotate(blob, out string text);
            Assert.Null(Recompiled.Difference(text, blob));
        });
    }

    [Fact]
    public void Random_annotated_trees_and_overlays_compile_back()
    {
        int compared = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            string source = seed % 2 == 0
                ? new RandomSource(seed).Base() : new RandomSource(seed).Overlay(["l1", "l2"], ["/a", "/b/n@1"]);
            var options = new CompilationOptions { Version = DtcVersion.Newest, Strict = false, GenerateSymbols = seed % 3 == 0 };
            if (DevicetreeCompiler.Compile(new SourceText("in.dts", Encoding.Latin1.GetBytes(source)), new DiagnosticBag(),
                options) is not LiveTree tree)
                continue;
            byte[] blob = FdtWriter.Write(tree).ToArray();
            // The boot CPU is what the compiler makes of /cpus, which no text can change.
            if (Recompiled.Difference(Recompiled.Decompile(blob, DtcVersion.Newest), blob) is not null)
                continue;
            Annotate(blob, out string text);
            Assert.True(Recompiled.Difference(text, blob) is null,
                $"seed {seed}: the text {Recompiled.Difference(text, blob)}\n{text}");
            compared++;
        }
        Assert.True(compared > 50, $"only {compared} trees");
    }

    private static LiveTree Annotate(byte[] blob, out string text)
    {
        var diagnostics = new DiagnosticBag();
        LiveTree tree = BlobReader.Read(blob, DtcVersion.Newest, diagnostics)!;
        Assert.True(DevicetreeCompiler.Finish(tree, diagnostics, new() { Version = DtcVersion.Newest, Strict = false }),
            string.Join('\n', diagnostics.Items));
        ITreeComments comments = TreeAnnotator.Annotate(tree);
        text = Encoding.Latin1.GetString(LivePrinter.Print(tree, new() { Version = DtcVersion.Newest, Comments = comments }));
        return tree;
    }

    private static HashSet<(string Node, string Property, int Offset)> ReferencesOf(LiveTree tree)
    {
        var references = new HashSet<(string, string, int)>();
        foreach (LiveNode node in tree.Nodes)
        {
            string path = node.Path;
            foreach (LiveProperty property in node.Properties.Live)
            {
                foreach (Marker marker in property.Value.Markers.Where(marker => marker.Kind == MarkerKind.PhandleReference))
                    references.Add((path, property.Name, marker.Offset));
            }
        }
        return references;
    }
}
