using Devicetree.Schema.BuiltIn;
using Devicetree.Schema.Processing;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Loading;

/// <summary>Reads bindings and core schemas and works out of them what blobs are checked against.</summary>
public static class SchemaLoader
{
    /// <summary>Reads schemas.</summary>
    /// <param name="places">
    /// Files and directories of bindings; files are read first. Of several schemas with one ID the first is used, so that
    /// bindings go before core schemas.
    /// </param>
    /// <param name="core">The core schemas that are read last.</param>
    /// <param name="report">Takes what is wrong; a file that is wrong is left out.</param>
    /// <param name="workers">How many threads may read at once.</param>
    /// <returns>The schemas; none when nothing was found.</returns>
    public static ProcessedSchemas Load(IReadOnlyList<SchemaPlace> places, CoreSchemas core, SchemaLoadReport report,
        int workers = 1)
    {
        ArgumentNullException.ThrowIfNull(places);
        ArgumentNullException.ThrowIfNull(core);
        ArgumentNullException.ThrowIfNull(report);
        var files = new SchemaFileSet(core.Directory is string directory ? [.. places, directory] : places);
        SchemaFileResult[] results = ReadAll(files.Files, workers);
        var processor = new SchemaProcessor(report);
        for (int i = 0; i < files.SingleFiles; i++)
            processor.Add(results[i]);
        int coreDirectory = core.Directory is null ? -1 : files.Directories.Count - 1;
        for (int i = 0; i < files.Directories.Count; i++)
        {
            int end = i + 1 < files.Directories.Count ? files.Directories[i + 1].Start : results.Length;
            int used = 0;
            for (int j = files.Directories[i].Start; j < end; j++)
                used += processor.Add(results[j], isCore: i == coreDirectory) ? 1 : 0;
            if (used == 0)
                report.Add(new(SchemaRules.EmptyDirectory, files.Directories[i].Name), default, files.Directories[i].Name);
        }
        foreach (SourceText source in core.Sources)
            processor.Add(SchemaFileReader.Read(source), isCore: true);
        return processor.Finish();
    }

    /// <summary>Reads schemas that are in memory, one after the other.</summary>
    /// <param name="sources">The schemas.</param>
    /// <param name="report">Takes what is wrong; a schema that is wrong is left out.</param>
    /// <param name="withBuiltIn">True to read our own core schemas after them.</param>
    public static ProcessedSchemas Load(IReadOnlyList<SourceText> sources, SchemaLoadReport report, bool withBuiltIn = false)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(report);
        var processor = new SchemaProcessor(report);
        foreach (SourceText source in sources)
            processor.Add(SchemaFileReader.Read(source));
        foreach (SourceText source in withBuiltIn ? BuiltInSchemas.All : [])
            processor.Add(SchemaFileReader.Read(source), isCore: true);
        return processor.Finish();
    }

    private static SchemaFileResult[] ReadAll(IReadOnlyList<SchemaFile> files, int workers)
    {
        var results = new SchemaFileResult[files.Count];
        // Long files first, so that no thread starts one when the others are done.
        int[] order = [.. Enumerable.Range(0, files.Count).OrderByDescending(index => files[index].Length)];
        Parallel.For(0, order.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(workers, 1) },
            i => results[order[i]] = SchemaFileReader.Read(files[order[i]].Path));
        return results;
    }
}
