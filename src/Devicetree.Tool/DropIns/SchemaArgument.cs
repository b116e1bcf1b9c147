using System.Text;
using Devicetree.Diagnostics;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Processing;

namespace Devicetree.Tool.DropIns;

/// <summary>
/// What dt-schema's tools take for their schemas: one file of processed schemas, or bindings and folders of them, to which core schemas
/// are added.
/// </summary>
internal static class SchemaArgument
{
    /// <summary>Loads schemas; prints what is wrong with them in the words of the originals.</summary>
    /// <param name="host">The outside.</param>
    /// <param name="program">The name that messages begin with.</param>
    /// <param name="paths">The paths as the user wrote them; core schemas only when there are none.</param>
    /// <returns>The schemas; null when a file of processed schemas is of no use.</returns>
    public static ProcessedSchemas? Load(ToolHost host, string program, IReadOnlyList<string> paths)
    {
        if (paths.Count == 1 && ProcessedSchemaFile.IsOne(host.FullPath(paths[0])))
        {
            var mistakes = new DiagnosticBag();
            ProcessedSchemas? processed = ProcessedSchemaFile.Read(host.FullPath(paths[0]), mistakes);
            foreach (Diagnostic mistake in mistakes.Items)
                Print(host, $"{program}: {paths[0]}: {mistake.Message}");
            host.Error.Flush();
            return processed;
        }
        var report = new SchemaLoadReport();
        CoreSchemas core = CoreSchemaSearch.Find(host.Variable, host.FullPath);
        ProcessedSchemas schemas = SchemaLoader.Load([.. paths.Select(path => new SchemaPlace(host.FullPath(path), path))], core, report, host.Workers);
        foreach (string line in report.Original)
            Print(host, line);
        host.Error.Flush();
        return schemas;
    }

    /// <summary>Whether a path names anything, as the originals test it.</summary>
    public static bool Exists(ToolHost host, string path) => File.Exists(host.FullPath(path)) || Directory.Exists(host.FullPath(path));

    private static void Print(ToolHost host, string line) => host.Error.Write(Encoding.UTF8.GetBytes(line + "\n"));
}
