namespace Devicetree.Schema.Processing;

/// <summary>
/// A device may name its interrupts in <c>interrupts</c> or in <c>interrupts-extended</c>; bindings speak of the first only.
/// These rules extend what they say of it to the second.
/// </summary>
internal static class InterruptRules
{
    private const string Interrupts = "interrupts";
    private const string Extended = "interrupts-extended";
    private const string Parent = "interrupt-parent";

    /// <summary>Applies the rules to one schema, not to its parts.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="parent">The key under which it stands; null at the top.</param>
    public static void Apply(DraftObject schema, string? parent)
    {
        if (schema.Mapping("properties") is DraftObject properties)
            AllowProperties(properties);
        if (parent != "oneOf" && schema.Get("required") is DraftArray required && required.Holds(Interrupts))
            RequireEither(schema, required);
        if (schema.Mapping("dependentRequired") is DraftObject names)
            ExtendDependencies(schema, names);
        if (schema.Mapping("dependentSchemas") is DraftObject schemas && schemas.Get(Interrupts) is Draft dependency)
            schemas.SetDefault(Extended, dependency);
    }

    private static void AllowProperties(DraftObject properties)
    {
        if (properties.HasAny(Interrupts, "interrupt-controller"))
            properties.SetDefault(Parent, DraftLeaf.True);
        if (properties.Get(Interrupts) is Draft interrupts && !properties.Has(Extended))
            properties.Set(Extended, interrupts.Copy());
    }

    private static void RequireEither(DraftObject schema, DraftArray required)
    {
        DraftArray either = Either();
        if (!schema.Has("oneOf"))
        {
            schema.Set("oneOf", either);
        }
        else
        {
            schema.SetDefault("allOf", DraftArray.Of());
            (schema.Get("allOf") as DraftArray)?.Items.Add(DraftObject.Of("oneOf", either));
        }
        required.Remove(Interrupts);
        if (required.Items.Count == 0)
            schema.Take("required");
    }

    private static void ExtendDependencies(DraftObject schema, DraftObject dependencies)
    {
        if (dependencies.Get(Interrupts) is Draft ofInterrupts)
            dependencies.SetDefault(Extended, ofInterrupts);
        foreach ((string key, _, Draft value) in dependencies.Entries.ToArray())
        {
            if (value is not DraftArray names || !names.Holds(Interrupts))
                continue;
            // The original forgets the schemas that are there, and stops at the first dependency that becomes empty.
            schema.Set("dependentSchemas", DraftObject.Of(key, DraftObject.Of("oneOf", Either())));
            names.Remove(Interrupts);
            if (names.Items.Count > 0)
                continue;
            dependencies.Take(key);
            break;
        }
        if (dependencies.Count == 0)
            schema.Take("dependentRequired");
    }

    private static DraftArray Either() => DraftArray.Of(Require(Interrupts), Require(Extended));

    private static DraftObject Require(string name) => DraftObject.Of("required", DraftArray.Of(DraftLeaf.Of(name)));
}
