using Devicetree.Compilation;
using Devicetree.Live;
using Devicetree.Schema.Decoding.Trees;
using Devicetree.Schema.Findings;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Processing;
using Devicetree.Schema.Validation;
using Devicetree.Schema.Validation.Bindings;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Tests.Findings;

/// <summary>A source checked with bindings and our own core schemas.</summary>
internal static class CheckedTree
{
    /// <summary>
    /// What is found, each once: the node and the way into it, the keyword that is broken, and the keys it is about.
    /// </summary>
    public static IReadOnlyList<string> Findings(string source, params string[] bindings) =>
        Findings(source, Validator(bindings));

    /// <inheritdoc cref="Findings(string, string[])"/>
    public static IReadOnlyList<string> Findings(string source, BindingValidator validator)
    {
        var diagnostics = new DiagnosticBag();
        LiveTree? tree = DevicetreeCompiler.Compile(new SourceText("t.dts", source), diagnostics, new() { Strict = false });
        Assert.True(tree is not null, string.Join('\n', diagnostics.Items));
        var findings = new List<string>();
        new TreeCheck(validator, new()).Run(TreeDecoder.Decode(tree.ToTree(), validator.Types), finding => findings.Add(
            finding.Error is SchemaError error
                ? string.Join(' ', [string.Join('/', [finding.Path, .. error.AbsolutePath]), error.Keyword ?? "false",
                    .. error.Keys])
                : $"{finding.Path} {finding.Kind} {finding.Problem?.Message}"));
        return [.. findings.Distinct()];
    }

    /// <summary>A validator with bindings.</summary>
    public static BindingValidator Validator(params string[] bindings)
    {
        SourceText[] sources = [.. bindings.Select((text, index) => new SourceText($"/bindings/{index}.yaml", text))];
        return new(SchemaLoader.Load(sources, new SchemaLoadReport(), withBuiltIn: true));
    }
}
