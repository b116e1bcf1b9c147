using System.Text;
using Devicetree.Schema.Caching;
using Devicetree.Schema.Findings.Python;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Processing;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Tool.DropIns;

/// <summary>
/// What dt-schema's tools take for their schemas: one file of processed schemas, or bindings and directories of them, to which
/// core schemas are added.
/// </summary>
internal static class SchemaArgument
{
    /// <summary>Loads schemas; prints what is wrong with them in the words of the originals.</summary>
    /// <param name="host">The outside.</param>
    /// <param name="program">The name that messages begin with.</param>
    /// <param name="paths">The paths as the user wrote them; core schemas only when there are none.</param>
    /// <param name="cached">Whether they may come from the cache on disk and are kept there.</param>
    /// <returns>The schemas; null when a file of processed schemas is of no use.</returns>
    public static ProcessedSchemas? Load(ToolHost host, string program, IReadOnlyList<string> paths, bool cached)
    {
        SchemaCache? cache = cached && SchemaCache.DefaultDirectory(host.Variable) is string directory ? new(directory) : null;
        return paths.Count == 1 && ProcessedSchemaFile.IsOne(host.FullPath(paths[0]))
            ? LoadProcessed(host, program, paths[0], cache)
            : LoadBindings(host, paths, cache);
    }

    /// <summary>Whether a path names anything, as the originals test it.</summary>
    public static bool Exists(ToolHost host, string path) =>
        File.Exists(host.FullPath(path)) || Directory.Exists(host.FullPath(path));

    private static ProcessedSchemas? LoadProcessed(ToolHost host, string program, string path, SchemaCache? cache)
    {
        var errors = new DiagnosticBag();
        ProcessedSchemas? processed = cache is null
            ? ProcessedSchemaFile.Read(host.FullPath(path), errors)
            : cache.LoadProcessed(host.FullPath(path), errors);
        Print(host, errors.Items.Select(error => $"{program}: {path}: {error.Message}"));
        return processed;
    }

    private static ProcessedSchemas LoadBindings(ToolHost host, IReadOnlyList<string> paths, SchemaCache? cache)
    {
        var report = new SchemaLoadReport();
        CoreSchemas core = CoreSchemaSearch.Find(host.Variable, host.FullPath);
        SchemaPlace[] places = [.. paths.Select(path => new SchemaPlace(host.FullPath(path), path))];
        ProcessedSchemas schemas = cache is null
            ? SchemaLoader.Load(places, core, report, host.Workers)
            : cache.Load(places, core, report, host.Workers);
        Print(host, report.Remarks.Select(OriginalRemark.Of));
        return schemas;
    }

    private static void Print(ToolHost host, IEnumerable<string> lines)
    {
        foreach (string line in lines)
            host.Error.Write(Encoding.UTF8.GetBytes(line + "\n"));
        host.Error.Flush();
    }
}
