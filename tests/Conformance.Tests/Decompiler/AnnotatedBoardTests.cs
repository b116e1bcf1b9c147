using System.Collections.Concurrent;
using System.Text;
using Conformance.Tests.Boards;
using Devicetree.Compatibility;
using Devicetree.Compilation;
using Devicetree.Decompilation;
using Devicetree.Decompilation.Annotation;
using Devicetree.Diagnostics;
using Devicetree.Flattened;
using Devicetree.Live;
using Devicetree.Source;
using Devicetree.Source.Preprocessing;

namespace Conformance.Tests.Decompiler;

/// <summary>Every arm64 board of the kernel, compiled with and without symbols, decompiled with annotations, and compiled again.</summary>
public class AnnotatedBoardTests
{
    private const int Boards = 766;
    private const int Shown = 10;

    /// <summary>
    /// Of the references that the sources write: what is not found is in properties of single vendors, or in values that do not fit their
    /// binding. Seen: 98.6 percent.
    /// </summary>
    private const double LeastFound = 0.985;

    [Fact]
    public void Every_annotated_board_compiles_back_and_its_references_are_those_of_its_source()
    {
        KernelCorpus.Require();
        var problems = new ConcurrentBag<string>();
        int compared = 0;
        long written = 0, found = 0;
        string[] folders = [.. ((string[])["scripts/dtc/include-prefixes", "arch/arm64/boot/dts", "include"]).Select(folder => Path.Combine(KernelCorpus.Source!, folder))];
        var preprocessing = new PreprocessorOptions { IncludeFolders = folders, Files = new DiskIncludeFiles(), Cache = new IncludeCache() };
        Parallel.ForEach(KernelCorpus.Boards("arm64"), board =>
        {
            SourceText source = Preprocessor.Run(new SourceText(board, File.ReadAllBytes(board)), preprocessing, new DiagnosticBag())!.Text;
            foreach (bool symbols in (bool[])[false, true])
            {
                var options = new CompilationOptions { Strict = false, GenerateSymbols = symbols, Files = new DiskSourceFiles(Path.GetDirectoryName(board)!) };
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
        Assert.True(problems.IsEmpty, $"{problems.Count} problems:\n{string.Join('\n', problems.Order(StringComparer.Ordinal).Take(Shown))}");
        Assert.Equal(2 * Boards, compared);
        Assert.True(found >= LeastFound * written, $"{found} of {written} references were found");
    }

    private static LiveTree Annotate(byte[] blob, out string text)
    {
        var diagnostics = new DiagnosticBag();
        LiveTree tree = BlobReader.Read(blob, DtcVersion.Newest, diagnostics)!;
        Assert.True(DevicetreeCompiler.Finish(tree, diagnostics, new() { Version = DtcVersion.Newest, Strict = false }), string.Join('\n', diagnostics.Items));
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
