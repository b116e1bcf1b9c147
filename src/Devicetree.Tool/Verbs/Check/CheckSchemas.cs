using Devicetree.Schema.Caching;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Processing;
using Devicetree.Text.Diagnostics;
using Devicetree.Tool.Bindings;

namespace Devicetree.Tool.Verbs.Check;

/// <summary>Loads the schemas that <c>dt check</c> is given.</summary>
internal static class CheckSchemas
{
    /// <summary>
    /// What is of interest to who writes bindings, not to who checks trees with them: <c>dt-mk-schema</c> and <c>dt schema
    /// check</c> say it.
    /// </summary>
    private static readonly DiagnosticRule[] _authorsOnly =
    [
        SchemaRules.MissingType, SchemaRules.IncompatibleTypes, SchemaRules.DuplicateCompatible, SchemaRules.DuplicateId,
        SchemaRules.ClashWithCore,
    ];

    /// <summary>Loads the schemas of <c>dt check</c>.</summary>
    /// <param name="host">The outside.</param>
    /// <param name="options">Which.</param>
    /// <param name="diagnostics">Takes what is wrong with the places, or keeps the schemas from being used.</param>
    /// <param name="ofBindings">What is wrong with single bindings, which are left out.</param>
    /// <returns>The schemas; null when they cannot be used.</returns>
    public static ProcessedSchemas? Load(ToolHost host, CheckOptions options, DiagnosticBag diagnostics,
        out DiagnosticBag ofBindings)
    {
        var report = new SchemaLoadReport();
        ofBindings = new();
        ProcessedSchemas? schemas = Load(host, options.Schemas, options.CoreSchemas, options.CacheDirectory, report, diagnostics);
        BindingNames names = NamesOf(host, options);
        foreach (Diagnostic diagnostic in report.Diagnostics.Items)
        {
            if (!_authorsOnly.Any(rule => rule.Id == diagnostic.Rule.Id))
                ofBindings.Add(names.Of(diagnostic));
        }
        return schemas;
    }

    /// <summary>What the files of the bindings are called.</summary>
    public static BindingNames NamesOf(ToolHost host, CheckOptions options) =>
        new(host, options.CoreSchemas is string core ? options.Schemas.Append(core) : options.Schemas);

    /// <summary>Loads schemas.</summary>
    /// <param name="host">The outside.</param>
    /// <param name="paths">Bindings, directories of them, or one file of processed schemas; core schemas alone when
    /// empty.</param>
    /// <param name="coreSchemas">The directory of the core schemas; null to look for them.</param>
    /// <param name="cacheDirectory">The directory of the cache of processed schemas; null for no cache.</param>
    /// <param name="report">Takes what is wrong with single bindings, which are left out.</param>
    /// <param name="diagnostics">Takes what is wrong with the places.</param>
    /// <returns>The schemas; null when they cannot be used.</returns>
    public static ProcessedSchemas? Load(
        ToolHost host, IReadOnlyList<string> paths, string? coreSchemas, string? cacheDirectory, SchemaLoadReport report,
        DiagnosticBag diagnostics)
    {
        foreach (string path in coreSchemas is not null ? paths.Append(coreSchemas) : paths)
        {
            if (!File.Exists(host.FullPath(path)) && !Directory.Exists(host.FullPath(path)))
                diagnostics.Report(CheckRules.NoSchemas, default, path);
        }
        if (diagnostics.HasErrors)
            return null;
        SchemaCache? cache = cacheDirectory is not null ? new(host.FullPath(cacheDirectory)) : null;
        if (paths.Count == 1 && ProcessedSchemaFile.IsOne(host.FullPath(paths[0])))
        {
            string file = host.FullPath(paths[0]);
            return cache is null ? ProcessedSchemaFile.Read(file, diagnostics) : cache.LoadProcessed(file, diagnostics);
        }
        CoreSchemas core = coreSchemas is not null
            ? CoreSchemas.In(host.FullPath(coreSchemas)) : CoreSchemaSearch.Find(host.Variable, host.FullPath);
        if (core.PassedOver is string old && (coreSchemas ?? host.Variable(CoreSchemaSearch.Variable)) is { Length: > 0 })
            diagnostics.Report(CheckRules.OldCoreSchemas, default, old);
        SchemaPlace[] places = [.. paths.Select(path => new SchemaPlace(host.FullPath(path), path))];
        return cache is null
            ? SchemaLoader.Load(places, core, report, host.Workers)
            : cache.Load(places, core, report, host.Workers);
    }
}
