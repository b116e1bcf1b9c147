using Devicetree.Schema.Model;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Files;
using Devicetree.Text.Sources;
using Devicetree.Text.Yaml;

namespace Devicetree.Schema.Loading;

/// <summary>Reads YAML files as dt-schema does: one document, YAML 1.2, no key twice.</summary>
internal static class YamlLoader
{
    /// <summary>Reads a file that is in memory.</summary>
    /// <param name="source">The file; the spans of the result lie in it.</param>
    /// <param name="diagnostics">Takes what is wrong. Reading stops at the first error, behind which nothing can be
    /// trusted.</param>
    /// <param name="limits">What the file may ask for.</param>
    /// <returns>Its value, <see cref="SchemaNull"/> for an empty file; null when something is wrong.</returns>
    public static SchemaValue? Load(SourceText source, DiagnosticBag diagnostics, YamlLimits? limits = null) =>
        YamlFile.Load(source, diagnostics, limits ?? YamlLimits.Default, new SchemaValueBuilder(diagnostics));

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="diagnostics">Takes what is wrong, also that the file cannot be read.</param>
    /// <param name="limits">What the file may ask for.</param>
    /// <param name="name">What diagnostics and spans call the file instead.</param>
    /// <returns>Its value; null when something is wrong.</returns>
    public static SchemaValue? LoadFile(string path, DiagnosticBag diagnostics, YamlLimits? limits = null, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(diagnostics);
        limits ??= YamlLimits.Default;
        if (BoundedFile.TryRead(path, limits.MaxBytes, out byte[]? bytes, out string? reason))
            return Load(new SourceText(name ?? path, bytes), diagnostics, limits);
        diagnostics.Report(YamlRules.Unreadable, new SourceText(name ?? path, ReadOnlyMemory<byte>.Empty).Span(0, 0), reason);
        return null;
    }
}
