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
public sealed class ExampleChecker(BindingValidator validator, ExampleOptions options)
{
    private readonly FindingExplainer _explainer = new(validator);

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
    public IReadOnlyList<ReportItem> Check(SchemaObject binding, string file)
    {
        ArgumentNullException.ThrowIfNull(binding);
        ArgumentNullException.ThrowIfNull(file);
        var items = new List<ReportItem>();
        var diagnostics = new DiagnosticBag();
        ExampleSource example = ExampleExtractor.Extract(binding, diagnostics);
        if (diagnostics.HasErrors || binding.Find("examples") is not SchemaEntry examples)
        {
            items.AddRange(diagnostics.Items.Select(item => new ReportItem(item) { File = file }));
            return items;
        }
        var text = new SourceText(file, example.Text);
        DevicetreeDocument? document = _loader.Load(text, diagnostics);
        items.AddRange(diagnostics.Items.Select(item => new ReportItem(item) { File = file }));
        if (document is not null)
        {
            new TreeCheck(validator, options.Checking).Run(
                TreeDecoder.Decode(document.Tree, validator.Types, document.Live.Root),
                finding => items.AddRange(_explainer.Explain(finding, file, document.Live)));
        }
        var places = new ExamplePlaces(example, text, examples.KeySpan);
        return [.. items.Select(places.Of)];
    }
}
