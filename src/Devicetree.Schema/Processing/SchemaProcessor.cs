using Devicetree.Schema.Model;

namespace Devicetree.Schema.Processing;

/// <summary>
/// Puts rewritten schemas together, in the order in which they are added, and works out what holds over all of them.
/// </summary>
/// <param name="report">Takes what is wrong.</param>
internal sealed class SchemaProcessor(SchemaLoadReport report)
{
    private readonly List<LoadedSchema> _schemas = [];
    private readonly Dictionary<string, LoadedSchema> _byId = new(StringComparer.Ordinal);

    /// <summary>Adds the schema of a file.</summary>
    /// <param name="file">What was read.</param>
    /// <param name="isCore">Whether it is one of the core schemas.</param>
    /// <returns>Whether it is used.</returns>
    public bool Add(SchemaFileResult file, bool isCore = false)
    {
        if (file.Schema is null)
        {
            Explain(file);
            return false;
        }
        if (file.Id is not string id)
            return false; // some file that is no binding; the original passes over it in silence
        var schema = new LoadedSchema(id, file.FileName, file.Schema, isCore);
        if (_byId.TryAdd(id, schema))
        {
            _schemas.Add(schema);
            return true;
        }
        report.Add(new(SchemaRules.DuplicateId, file.FileName, id), file.Schema.Find("$id")!.Value.Value.Span, id);
        return false;
    }

    /// <summary>Works out types and compatible strings. Call it once, after the last schema.</summary>
    public ProcessedSchemas Finish()
    {
        var collector = new PropertyTypeCollector();
        var documented = new HashSet<string>(StringComparer.Ordinal);
        foreach (LoadedSchema loaded in _schemas)
        {
            collector.Add(loaded.Id, loaded.Schema);
            CompatibleStrings.CollectDocumented(loaded.Schema, documented);
        }
        (OrderedDictionary<string, List<CollectedType>> names, OrderedDictionary<string, List<CollectedType>> patterns) =
            collector.Finish();
        PropertyTypeFindings.Report(names, _byId, report);
        var store = new MemoryStore(
            _schemas.Select(loaded => (loaded.Id, loaded.FileName, loaded.Schema)), names.Select(Convert),
            patterns.Select(Convert), documented.Where(text => !CompatibleStrings.IsPattern(text)),
            documented.Where(text => CompatibleStrings.IsPattern(text) && CompatibleStrings.IsNarrowPattern(text))
                .Order(StringComparer.Ordinal));
        ReportSharedCompatibles();
        return new ProcessedSchemas(store);
    }

    private static KeyValuePair<string, IReadOnlyList<PropertyType>> Convert(KeyValuePair<string, List<CollectedType>> entry) =>
        new(entry.Key, [.. entry.Value.Select(type => new PropertyType(type.Name, type.Dimensions))]);

    private void Explain(SchemaFileResult file)
    {
        if (file.InvalidAt is IReadOnlyList<string> place)
        {
            string where = string.Join(": ", place);
            report.Add(new(SchemaRules.NotValid, file.FileName, where), file.Span, where);
            return;
        }
        report.Add(new SchemaRemark(SchemaRules.NotReadable, file.FileName), file.Span);
        report.Add(file.Errors!);
    }

    private void ReportSharedCompatibles()
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string id, _, SchemaObject schema, _) in _schemas)
        {
            foreach (string compatible in CompatibleStrings.ThatChoose(schema))
            {
                if (owners.TryGetValue(compatible, out string? owner))
                {
                    SchemaValue written = schema["$id"]!;
                    report.Add(
                        new(SchemaRules.DuplicateCompatible, owner, compatible, ((SchemaString)written).Value), written.Span,
                        compatible, owner);
                }
                owners[compatible] = id;
            }
        }
    }
}
