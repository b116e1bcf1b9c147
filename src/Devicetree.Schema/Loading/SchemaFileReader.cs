using Devicetree.Schema.Processing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Loading;

/// <summary>Reads, judges and rewrites one file. Nothing is shared between calls, so that many can run at once.</summary>
internal static class SchemaFileReader
{
    /// <summary>Reads a file.</summary>
    public static SchemaFileResult Read(string path)
    {
        var errors = new DiagnosticBag();
        return SchemaFileResult.Of(path, YamlLoader.LoadFile(path, errors), errors);
    }

    /// <summary>The same for a file that is in memory.</summary>
    public static SchemaFileResult Read(SourceText source)
    {
        var errors = new DiagnosticBag();
        return SchemaFileResult.Of(source.Path, YamlLoader.Load(source, errors), errors);
    }
}
