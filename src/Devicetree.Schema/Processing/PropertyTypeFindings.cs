namespace Devicetree.Schema.Processing;

/// <summary>What the type table shows to be wrong with the schemas it was made of.</summary>
internal static class PropertyTypeFindings
{
    /// <summary>A property whose mixture of types is known and dealt with where it is decoded.</summary>
    private const string Exempt = "dma-masters";

    /// <summary>Reports properties without a type, then those with types that cannot be told apart.</summary>
    /// <param name="names">The type table, in the order in which it was found.</param>
    /// <param name="schemas">The schemas by their IDs.</param>
    /// <param name="report">Takes what is wrong.</param>
    public static void Report(
        OrderedDictionary<string, List<CollectedType>> names, IReadOnlyDictionary<string, LoadedSchema> schemas,
        SchemaLoadReport report)
    {
        foreach ((string name, List<CollectedType> types) in names)
        {
            if (types[0].Name is not null)
                continue;
            foreach (string id in types[0].SchemaIds)
                report.Add(new(SchemaRules.MissingType, schemas[id].FileName, name), schemas[id].PlaceOf(name), name);
        }
        var clashing = new HashSet<(string Id, string Name)>();
        foreach ((string name, List<CollectedType> types) in names)
        {
            foreach ((CollectedType type, string ofCore) in CoreTypeClashes.In(types, id => schemas[id].IsCore))
            {
                foreach (string id in type.SchemaIds)
                {
                    clashing.Add((id, name));
                    report.Diagnostics.Report(SchemaRules.ClashWithCore, schemas[id].PlaceOf(name), name, type.Name!, ofCore);
                }
            }
        }
        foreach ((string name, List<CollectedType> types) in names)
        {
            if (name == Exempt || !AreConfusing(types))
                continue;
            foreach (CollectedType type in types)
            {
                foreach (string id in type.SchemaIds)
                {
                    report.Add(new SchemaRemark(SchemaRules.IncompatibleTypes, schemas[id].FileName, name, type.Name!));
                    if (!clashing.Contains((id, name)))
                        report.Diagnostics.Report(SchemaRules.IncompatibleTypes, schemas[id].PlaceOf(name), name, type.Name!);
                }
            }
        }
    }

    /// <summary>Numbers of one width, single and in lists, or lists and lists of lists.</summary>
    private static bool AreConfusing(List<CollectedType> types)
    {
        var scalars = new HashSet<int>();
        var arrays = new HashSet<int>();
        var matrices = new HashSet<int>();
        long smallest = 0;
        foreach (CollectedType collected in types)
        {
            if (collected.Name is null)
                break;
            var type = new PropertyType(collected.Name, collected.Dimensions);
            bool isMatrix = type.Shape == ElementShape.Matrix && PropertyType.HasDimensions(type.Name);
            if (isMatrix)
                smallest = type.Dimensions is PropertyDimensions sizes ? sizes.Outer.Minimum * sizes.Inner.Minimum : 1;
            if (isMatrix)
                matrices.Add(type.Bits);
            else if (type.Kind == ElementKind.Number)
                (type.Shape == ElementShape.Array ? arrays : scalars).Add(type.Bits);
        }
        return scalars.Overlaps(arrays) || (scalars.Overlaps(matrices) && smallest == 1)
            || (arrays.Count > 0 && matrices.Count > 0);
    }
}
