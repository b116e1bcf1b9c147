namespace Devicetree.Schema.Processing;

/// <summary>JSON Schema 2019-09 has two keywords in place of the earlier <c>dependencies</c>.</summary>
internal static class DependencyRules
{
    /// <summary>
    /// Splits <c>dependencies</c> into <c>dependentRequired</c>, names of properties, and <c>dependentSchemas</c>.
    /// </summary>
    public static void Split(DraftObject schema)
    {
        if (schema.Take("dependencies")?.Value is not DraftObject dependencies)
            return;
        foreach (DraftObject.Entry entry in dependencies.Entries)
        {
            DraftObject? target = schema.MappingOrNew(entry.Value is DraftArray ? "dependentRequired" : "dependentSchemas");
            target?.Take(entry.Key);
            target?.Append(entry);
        }
    }
}
