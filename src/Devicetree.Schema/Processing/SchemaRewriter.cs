using Devicetree.Schema.Model;

namespace Devicetree.Schema.Processing;

/// <summary>
/// Turns a binding as people write it into the schema that blobs are checked against: the steps of dt-schema in its order. The
/// result has its keys in ordinal order, as processed schemas have.
/// </summary>
internal static class SchemaRewriter
{
    /// <summary>Properties whose shape cannot be decoded, so that nothing but a reference can be said of them.</summary>
    private static readonly string[] _shapeless = ["fsl,pins", "qcom,board-id"];

    /// <summary>Rewrites a whole file.</summary>
    /// <param name="binding">What the file says.</param>
    /// <param name="fileName">The file, which the result names.</param>
    public static SchemaObject Rewrite(SchemaObject binding, string fileName)
    {
        DraftObject schema = DraftObject.From(binding);
        schema.Take("examples");
        schema.Take("maintainers");
        schema.Take("historical");
        AddSelect(schema);
        RewriteNode(schema, new SchemaPath());
        schema.Set("type", DraftLeaf.Of("object"));
        schema.Set("$filename", DraftLeaf.Of(fileName));
        return (SchemaObject)schema.Freeze();
    }

    /// <summary>
    /// A binding without <c>select</c> that describes no compatible string applies to the nodes whose names it describes.
    /// </summary>
    private static void AddSelect(DraftObject schema)
    {
        if (schema.Has("select") || schema.Mapping("properties") is not DraftObject properties || properties.Has("compatible"))
            return;
        if (properties.Get("$nodename") is not Draft name || ImplicitProperties.IsTrue(name))
            return;
        DraftObject select = DraftObject.Of("required", DraftArray.Of(DraftLeaf.Of("$nodename")));
        select.Set("properties", DraftObject.Of("$nodename", name.Copy()));
        schema.Set("select", select);
    }

    private static void RewriteNode(Draft value, SchemaPath path)
    {
        if (value is not DraftObject schema)
            return;
        schema.Take("description");
        DependencyRules.Split(schema);
        InterruptRules.Apply(schema, path.Last);
        ImplicitProperties.Add(schema);
        // It would mark every property as evaluated, and says no more than its absence.
        if (ImplicitProperties.IsTrue(schema.Get("additionalProperties")))
            schema.Take("additionalProperties");
        foreach ((string key, _, Draft part) in schema.Entries)
        {
            path.Push(key);
            RewritePart(key, part, path);
            path.Pop();
        }
    }

    private static void RewritePart(string key, Draft part, SchemaPath path)
    {
        switch (key)
        {
            case "select" or "if" or "then" or "else" or "not" or "additionalProperties":
                RewriteNode(part, path);
                break;
            case "allOf" or "anyOf" or "oneOf" when part is DraftArray members:
                foreach (Draft member in members.Items)
                    RewriteNode(member, path);
                break;
            case "dependentSchemas" or "properties" or "patternProperties" or "$defs" or "definitions"
                when part is DraftObject schemas:
                RewriteNamed(schemas, path);
                break;
        }
    }

    private static void RewriteNamed(DraftObject schemas, SchemaPath path)
    {
        foreach ((string name, _, Draft schema) in schemas.Entries.ToArray())
        {
            if (schema is DraftObject mapping && _shapeless.Contains(name))
            {
                var bare = new DraftObject(mapping.Span);
                if (mapping.Take("$ref") is DraftObject.Entry reference)
                    bare.Append(reference);
                schemas.Set(name, bare);
                continue;
            }
            path.Push(name);
            ValueRules.Rewrite(schema, path);
            RewriteNode(schema, path);
            path.Pop();
        }
    }
}
