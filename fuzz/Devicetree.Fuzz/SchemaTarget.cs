using Devicetree.Flattened;
using Devicetree.Schema.Decoding.Trees;
using Devicetree.Schema.Findings;
using Devicetree.Schema.Findings.Explained;
using Devicetree.Schema.Findings.Python;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Processing;
using Devicetree.Schema.Style;
using Devicetree.Schema.Validation.Bindings;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Fuzz;

/// <summary>Bindings from strangers: read, worked out, and used to check trees that were made for them.</summary>
internal static class SchemaTarget
{
    private static readonly Tree[] _trees = [.. BindingSeeds.Blobs.Select(Read)];

    public static void Run(byte[] input, int choice)
    {
        var source = new SourceText("fuzz.yaml", input);
        var report = new SchemaLoadReport();
        // The core schemas are many times a binding, so few cases have them.
        ProcessedSchemas schemas = SchemaLoader.Load([source, BindingSeeds.Good], report, withBuiltIn: (choice & 0x1f) == 0);
        foreach (Diagnostic diagnostic in report.Diagnostics.Items.Take(3))
            _ = diagnostic.Render();
        var validator = new BindingValidator(schemas);
        var explainer = new FindingExplainer(validator);
        var original = new OriginalText("fuzz.dtb", verbose: (choice & 0x20) != 0);
        foreach (Tree tree in _trees)
        {
            var options = new TreeCheckOptions { Undocumented = (choice & 0x40) != 0 };
            new TreeCheck(validator, options).Run(TreeDecoder.Decode(tree, validator.Types), finding => _ = original.Of(finding));
            _ = explainer.Explain(new TreeCheck(validator, options), TreeDecoder.Decode(tree, validator.Types), "fuzz.dtb",
                new SourcePlaces(null));
        }
        var style = new DiagnosticBag();
        StyleChecker.Check(source, style);
        if ((choice & 0x180) == 0)
            WriteAndRead(schemas);
    }

    /// <summary>What is processed can be kept in a file.</summary>
    private static void WriteAndRead(ProcessedSchemas schemas)
    {
        using var file = new MemoryStream();
        ProcessedSchemaFile.Write(schemas, file);
        var diagnostics = new DiagnosticBag();
        ProcessedSchemas? again = ProcessedSchemaFile.Read(new SourceText("processed.json", file.ToArray()), diagnostics);
        Targets.Expect(again is not null,
            $"the file of processed schemas cannot be read: {string.Join(' ', diagnostics.Items.Take(1))}");
        Targets.Expect(again!.Schemas.Count == schemas.Schemas.Count, "the file of processed schemas has lost some");
    }

    private static Tree Read(byte[] blob) =>
        FdtReader.TryRead(blob, out Tree? tree, out FdtError? error)
        ? tree : throw new InvalidOperationException(error.ToString());
}
