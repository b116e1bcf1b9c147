using Devicetree.Schema.Model;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Processing;

/// <summary>What became of one file.</summary>
/// <param name="FileName">The file.</param>
/// <param name="Schema">The rewritten schema; null when the file is ignored.</param>
/// <param name="Errors">What is wrong with its YAML, null when nothing is.</param>
/// <param name="InvalidAt">The path to what JSON Schema does not allow; null when there is nothing.</param>
/// <param name="Span">Where the error is.</param>
internal readonly record struct SchemaFileResult(
    string FileName, SchemaObject? Schema, DiagnosticBag? Errors, IReadOnlyList<string>? InvalidAt, SourceSpan Span)
{
    /// <summary>What others refer to the schema by; null when it has no ID and cannot be used.</summary>
    public string? Id => (Schema?["$id"] as SchemaString)?.Value.TrimEnd('#');

    /// <summary>Judges and rewrites what was read of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="value">What was read; null when its YAML is wrong.</param>
    /// <param name="errors">What is wrong with the YAML.</param>
    public static SchemaFileResult Of(string path, SchemaValue? value, DiagnosticBag errors)
    {
        SourceSpan span = value?.Span ?? (errors.Items.Count > 0 ? errors.Items[0].Span : default);
        if (value is not SchemaObject binding)
            return new(path, null, errors, null, span);
        return SchemaValidity.FirstError(binding) is IReadOnlyList<string> place
            ? new(path, null, null, place, SchemaValidity.At(binding, place).Span)
            : new(path, SchemaRewriter.Rewrite(binding, path), null, null, span);
    }
}
