using Devicetree.Diagnostics;
using Devicetree.Schema.Caching;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Processing;

namespace Devicetree.Tool.Verbs.Check;

/// <summary>Loads the schemas that <c>dt check</c> is given.</summary>
internal static class CheckSchemas
{
    /// <summary>
    /// What is of interest to who writes bindings, not to who checks trees with them: <c>dt-mk-schema</c> and <c>dt schema check</c> say it.
    /// </summary>
    private static readonly DiagnosticRule[] _authorsOnly =
        [SchemaRules.MissingType, SchemaRules.IncompatibleTypes, SchemaRules.DuplicateCompatible, SchemaRules.DuplicateId];

    /// <summary>Loads schemas.</summary>
    /// <param name="host">The outside.</param>
    /// <param name="options">Which.</param>
    /// <param name="diagnostics">Takes what is wrong with them.</param>
    /// <returns>The schemas; null when they cannot be used.</returns>
    public static ProcessedSchemas? Load(ToolHost host, CheckOptions options, DiagnosticBag diagnostics)
    {
        foreach (string path in options.CoreSchemas is string named ? options.Schemas.Append(named) : options.Schemas)
        {
            if (!File.Exists(host.FullPath(path)) && !Directory.Exists(host.FullPath(path)))
                diagnostics.Report(CheckRules.NoSchemas, default, path);
        }
        if (diagnostics.HasErrors)
            return null;
        SchemaCache? cache = options.CacheFolder is string folder ? new(host.FullPath(folder)) : null;
        if (options.Schemas.Count == 1 && ProcessedSchemaFile.IsOne(host.FullPath(options.Schemas[0])))
        {
            string file = host.FullPath(options.Schemas[0]);
            return cache is null ? ProcessedSchemaFile.Read(file, diagnostics) : cache.LoadProcessed(file, diagnostics);
        }
        var report = new SchemaLoadReport();
        CoreSchemas core = options.CoreSchemas is string given ? CoreSchemas.In(host.FullPath(given)) : CoreSchemaSearch.Find(host.Variable, host.FullPath);
        if (core.PassedOver is string old && (options.CoreSchemas ?? host.Variable(CoreSchemaSearch.Variable)) is { Length: > 0 })
            diagnostics.Report(CheckRules.OldCoreSchemas, default, old);
        SchemaPlace[] places = [.. options.Schemas.Select(path => new SchemaPlace(host.FullPath(path), path))];
        ProcessedSchemas schemas = cache is null
            ? SchemaLoader.Load(places, core, report, host.Workers)
            : cache.Load(places, core, report, host.Workers);
        foreach (Diagnostic diagnostic in report.Diagnostics.Items)
        {
            if (!_authorsOnly.Any(rule => rule.Id == diagnostic.Rule.Id))
                diagnostics.Add(diagnostic);
        }
        return schemas;
    }
}
