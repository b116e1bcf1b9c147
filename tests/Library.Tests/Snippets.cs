using Devicetree;
using Devicetree.Decompilation;
using Devicetree.Flattened;
using Devicetree.Live;
using Devicetree.Loading;
using Devicetree.Overlays;
using Devicetree.Schema.Decoding.Trees;
using Devicetree.Schema.Findings;
using Devicetree.Schema.Findings.Explained;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Validation.Bindings;
using Devicetree.Source;
using Devicetree.Source.Preprocessing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;

namespace Library.Tests;

/// <summary>
/// The snippets of <c>docs/library.md</c>, each between its region's lines. They run in a copy of <c>examples/library</c>.
/// </summary>
internal static class Snippets
{
    public static DevicetreeDocument? Load(string path)
    {
        #region load
        var diagnostics = new DiagnosticBag();
        var loader = new DocumentLoader(new()
        {
            Preprocessing = new() { IncludeDirectories = ["include"], Files = new DiskIncludeFiles() },
            Compilation = new() { GenerateSymbols = true, Files = new DiskSourceFiles() },
        });
        DevicetreeDocument? document = loader.Load(new(path, File.ReadAllBytes(path)), diagnostics);
        foreach (Diagnostic diagnostic in diagnostics.Items)
            Console.Error.WriteLine(diagnostic.Render());
        #endregion
        return document;
    }

    public static void Edit(DevicetreeDocument document)
    {
        #region edit
        Tree tree = document.Tree;
        Node lamp = tree.Find("/lamp@1000")!;
        lamp.SetCells("acme,level", 2);
        lamp.SetString("status", "okay");
        lamp.RemoveProperty("acme,old");
        Node sensor = tree.Root.GetOrAddChild("sensor@2000");
        sensor.SetString("compatible", "acme,sensor");
        sensor.SetCells("reg", 0x2000, 0x10);
        #endregion
    }

    public static void Compile(Tree tree)
    {
        #region compile
        byte[] blob = FdtWriter.Write(tree);
        File.WriteAllBytes("board.dtb", blob);
        #endregion
    }

    public static Tree Overlay(Tree tree, DevicetreeDocument overlay)
    {
        #region overlay
        var stack = new OverlayStack(tree);
        if (stack.Apply(overlay.Tree) is OverlayError error)
            throw new InvalidDataException(error.ToString());
        foreach (OverlayNote note in stack.Notes)
            Console.Error.WriteLine($"{note.Place}: {note.Kind}");
        Tree merged = stack.Tree;
        #endregion
        return merged;
    }

    public static List<string> Validate(DevicetreeDocument document, Tree tree)
    {
        var lines = new List<string>();
        #region validate
        var validator = new BindingValidator(SchemaLoader.Load(["bindings"], CoreSchemas.BuiltIn, new()));
        var explainer = new FindingExplainer(validator);
        var check = new TreeCheck(validator, new());
        foreach (ReportItem item in explainer.Explain(
            check, TreeDecoder.Decode(tree, validator.Types), document.File.Path, new SourcePlaces(document.Source)))
        {
            lines.Add($"{item.NodePath} {item.Property}: {item.Diagnostic}");
        }
        #endregion
        return lines;
    }

    public static List<string> Places(DevicetreeDocument document)
    {
        var lines = new List<string>();
        #region places
        foreach (LiveNode node in document.Live.Nodes)
        {
            foreach (Label label in node.LiveLabels)
                lines.Add($"{label.Name}: {node.Path} ({label.Span.Location})");
            foreach (LiveProperty property in node.LiveProperties)
                lines.Add($"{node.Path} {property.Name}: {property.Value.Length} bytes ({property.Span.Location})");
        }
        #endregion
        return lines;
    }

    public static string Print(Tree tree)
    {
        #region print
        var diagnostics = new DiagnosticBag();
        var reader = new DocumentLoader(new() { RestoresReferences = true });
        DevicetreeDocument? read = reader.Load(new("board.dtb", FdtWriter.Write(tree)), diagnostics);
        string text = System.Text.Encoding.UTF8.GetString(LivePrinter.Print(read!.Live));
        #endregion
        return text;
    }
}
