using Devicetree.Loading;
using Devicetree.Schema.Decoding.Trees;
using Devicetree.Schema.Findings;
using Devicetree.Schema.Findings.Explained;
using Devicetree.Schema.Model;
using Devicetree.Schema.Validation.Bindings;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Examples;

/// <summary>
/// Compiles the examples of bindings, includes and macros among them, and checks the trees against bindings, as the kernel's
/// <c>dt_binding_check</c> does with four programs. Safe for use by several threads.
/// </summary>
/// <param name="validator">The bindings.</param>
/// <param name="options">How.</param>
/// <param name="nameOf">What the user calls the file of a binding, by its absolute path; null to call it by that.</param>
public sealed class ExampleChecker(BindingValidator validator, ExampleOptions options, Func<string, string>? nameOf = null)
{
    private readonly FindingExplainer _explainer = new(validator, nameOf);

    private readonly DocumentLoader _loader = new(new()
    {
        Accepts = DocumentKinds.Source,
        Preprocessing = options.Preprocessing,
        Compilation = options.Compilation,
    });

    /// <summary>Checks the examples of a binding.</summary>
    /// <param name="binding">The binding.</param>
    /// <param name="file">What the user calls its file; what examples include with quotes is looked for beside it.</param>
    /// <returns>What is wrong, with the places of the binding.</returns>
    internal IReadOnlyList<ReportItem> Check(SchemaObject binding, string file)
    {
        ArgumentNullException.ThrowIfNull(binding);
        ArgumentNullException.ThrowIfNull(file);
        var items = new List<ReportItem>();
        var broken = new BrokenExamples();
        while (true)
        {
            var unusable = new DiagnosticBag();
            ExampleSource example = ExampleExtractor.Extract(binding, unusable, broken);
            if (items.Count == 0)
                items.AddRange(unusable.Items.Select(item => new ReportItem(item) { File = file }));
            if (binding.Find("examples") is not { Value: SchemaArray } examples)
                return items;
            var diagnostics = new DiagnosticBag();
            var text = new SourceText(file, example.Text);
            var places = new ExamplePlaces(example, text, examples.KeySpan);
            DevicetreeDocument? document = _loader.Load(text, diagnostics);
            // The examples are one source, which compiles as a whole or not at all: what is broken is taken out, until the others
            // show what is wrong with them.
            IReadOnlyList<Diagnostic> told = document is null ? broken.Add(diagnostics.Items, places) : [];
            items.AddRange((told.Count > 0 ? told : diagnostics.Items).Select(
                item => places.Of(new ReportItem(item) { File = file })));
            if (told.Count > 0)
                continue;
            if (document is not null)
                items.AddRange(Check(document, file).Select(places.Of));
            return items;
        }
    }

    private IReadOnlyList<ReportItem> Check(DevicetreeDocument document, string file) => _explainer.Explain(
        new TreeCheck(validator, options.Checking with { AllProblems = true }),
        TreeDecoder.Decode(document.Tree, validator.Types, document.Live.Root), file, new SourcePlaces(document.Live));
}
