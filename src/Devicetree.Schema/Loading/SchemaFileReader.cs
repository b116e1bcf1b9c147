using Devicetree.Schema.Model;
using Devicetree.Schema.Processing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Loading;

/// <summary>What became of one file.</summary>
/// <param name="FileName">The file.</param>
/// <param name="Schema">The rewritten schema; null when the file is ignored.</param>
/// <param name="Mistakes">What is wrong with its YAML, null when nothing is.</param>
/// <param name="InvalidAt">The path to what JSON Schema does not allow; null when there is nothing.</param>
/// <param name="Span">Where the mistake is.</param>
internal readonly record struct SchemaFileResult(
    string FileName, SchemaObject? Schema, DiagnosticBag? Mistakes, IReadOnlyList<string>? InvalidAt, SourceSpan Span)
{
    /// <summary>Reads, judges and rewrites one file. Nothing is shared between calls, so that many can run at once.</summary>
    public static SchemaFileResult Read(string path)
    {
        var mistakes = new DiagnosticBag();
        return Of(path, YamlLoader.LoadFile(path, mistakes), mistakes);
    }

    /// <summary>The same for a file that is in memory.</summary>
    public static SchemaFileResult Read(SourceText source)
    {
        var mistakes = new DiagnosticBag();
        return Of(source.Path, YamlLoader.Load(source, mistakes), mistakes);
    }

    /// <summary>What others refer to the schema by; null when it has no ID and cannot be used.</summary>
    public string? Id => (Schema?["$id"] as SchemaString)?.Value.TrimEnd('#');

    private static SchemaFileResult Of(string path, SchemaValue? value, DiagnosticBag mistakes)
    {
        SourceSpan span = value?.Span ?? (mistakes.Items.Count > 0 ? mistakes.Items[0].Span : default);
        if (value is not SchemaObject binding)
            return new(path, null, mistakes, null, span);
        return SchemaValidity.FirstMistake(binding) is IReadOnlyList<string> place
            ? new(path, null, null, place, SchemaValidity.At(binding, place).Span)
            : new(path, SchemaRewriter.Rewrite(binding, path), null, null, span);
    }
}
