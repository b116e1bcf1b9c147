namespace Devicetree.Schema.Processing;

/// <summary>
/// Rewrites the schema of one property's value into the shapes that blobs are decoded to: strings are always lists, addresses
/// lists of lists, a list of item schemas says how long the list is. What is written in the short form means the long one.
/// </summary>
internal static class ValueRules
{
    private static readonly string[] _propertyKeywords = ["properties", "$defs", "definitions"];

    private static readonly string[] _sizeKeywords = ["items", "minItems", "maxItems"];

    /// <summary>Rewrites a schema, the members of its conditions first.</summary>
    /// <param name="value">The schema; nothing happens when it is no mapping.</param>
    /// <param name="path">The keys that lead to it from the top of the file.</param>
    public static void Rewrite(Draft value, SchemaPath path)
    {
        if (value is not DraftObject schema)
            return;
        TurnConstantsIntoEnum(schema);
        foreach (string keyword in (ReadOnlySpan<string>)["allOf", "oneOf", "anyOf"])
        {
            if (schema.Get(keyword) is not DraftArray members)
                continue;
            path.Push(keyword);
            foreach (Draft member in members.Items)
                Rewrite(member, path);
            path.Pop();
        }
        if (schema.Get("then") is Draft then)
        {
            path.Push("then");
            Rewrite(then, path);
            path.Pop();
        }
        schema.Take("description");
        WrapAddress(schema, path);
        DropEmptyItems(schema);
        WrapUnit(schema, path);
        if (ScalarForms.IsString(schema))
            schema.Set("items", DraftArray.Of(ScalarForms.Extract(schema)));
        FixSizes(schema, path);
        DependencyRules.Split(schema);
    }

    /// <summary>Alternatives that are constants, each perhaps with a description, say the same as a list of values.</summary>
    private static void TurnConstantsIntoEnum(DraftObject schema)
    {
        Draft? alternatives = schema.Get("anyOf") ?? schema.Get("oneOf");
        if (alternatives is null && schema.Mapping("items") is DraftObject items)
            TurnConstantsIntoEnum(items);
        if (alternatives is not DraftArray list)
            return;
        var constants = new List<Draft>();
        foreach (Draft alternative in list.Items)
        {
            // Something else next to the constant does not count unless there is a description as well; a slip of the original.
            if (alternative is not DraftObject mapping || mapping.Get("const") is not Draft constant
                || (mapping.Has("description") && mapping.Count > 2))
                return;
            constants.Add(constant);
        }
        schema.Take("anyOf");
        schema.Take("oneOf");
        schema.Set("enum", new DraftArray(constants, default));
    }

    /// <summary>An address is a list of lists of numbers.</summary>
    private static void WrapAddress(DraftObject schema, SchemaPath path)
    {
        if (!path.Contains("reg"))
            return;
        Draft? item = schema.Get("items") switch
        {
            null => schema,
            DraftArray list => list.Items.FirstOrDefault(),
            Draft single => single,
        };
        if (item is DraftObject mapping && ScalarForms.IsInteger(mapping))
            schema.Set("items", DraftArray.Of(DraftObject.Of("items", DraftArray.Of(ScalarForms.Extract(mapping)))));
    }

    /// <summary>Items that say nothing but how many they are become numbers.</summary>
    private static void DropEmptyItems(DraftObject schema)
    {
        switch (schema.Get("items"))
        {
            case DraftObject single:
                DropEmptyItems(single);
                break;
            case DraftArray list when list.Items.TrueForAll(IsEmptyItem):
                schema.Take("items");
                schema.SetDefault("type", DraftLeaf.Of("array"));
                schema.SetDefault("maxItems", DraftLeaf.Of(list.Items.Count));
                schema.SetDefault("minItems", DraftLeaf.Of(list.Items.Count));
                break;
        }
    }

    private static bool IsEmptyItem(Draft item)
    {
        if (item is not DraftObject schema)
            return true;
        schema.Take("description");
        DropEmptyItems(schema);
        return schema.Count == 0;
    }

    private static void WrapUnit(DraftObject schema, SchemaPath path)
    {
        if (path.FollowerOfLast(_propertyKeywords) is not string name || schema.Has("$ref"))
            return;
        if (UnitSuffixes.AreArrays(name) && ScalarForms.IsInteger(schema))
        {
            schema.Set("items", DraftArray.Of(ScalarForms.Extract(schema)));
        }
        else if (UnitSuffixes.AreMatrices(name) && !IsMatrix(schema))
        {
            if (schema.HasAny(_sizeKeywords))
            {
                schema.Set("items", DraftArray.Of(schema.Copy()));
                schema.Take("minItems");
                schema.Take("maxItems");
            }
            else if (ScalarForms.IsInteger(schema))
            {
                schema.Set("items", DraftArray.Of(DraftObject.Of("items", DraftArray.Of(ScalarForms.Extract(schema)))));
            }
        }
    }

    private static bool IsMatrix(DraftObject schema) => schema.Get("items") switch
    {
        DraftArray list => list.Items.Exists(item => item is DraftObject row && row.HasAny(_sizeKeywords)),
        DraftObject row => row.HasAny(_sizeKeywords),
        _ => false,
    };

    /// <summary>
    /// A list of item schemas is as long as it says; a lone limit is both limits, except in a condition's outcome.
    /// </summary>
    private static void FixSizes(Draft value, SchemaPath path)
    {
        if (value is DraftArray list)
        {
            foreach (Draft item in list.Items)
                FixSizes(item, path);
        }
        if (value is not DraftObject schema)
            return;
        schema.Take("description");
        if (schema.Get("items") is Draft items)
        {
            schema.Set("type", DraftLeaf.Of("array"));
            if (items is DraftArray rows)
            {
                schema.SetDefault("minItems", DraftLeaf.Of(rows.Items.Count));
                schema.SetDefault("maxItems", DraftLeaf.Of(rows.Items.Count));
            }
            FixSizes(items, path);
        }
        else if (!path.Contains("then") && !path.Contains("else"))
        {
            if (schema.Get("maxItems") is Draft maximum)
                schema.SetDefault("minItems", maximum);
            if (schema.Get("minItems") is Draft minimum)
                schema.SetDefault("maxItems", minimum);
        }
    }
}
