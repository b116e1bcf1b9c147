using Devicetree.Schema.Model;

namespace Devicetree.Schema.Processing;

/// <summary>
/// Properties that every node may have although no binding lists them; without these rules closed schemas would refuse them.
/// </summary>
internal static class ImplicitProperties
{
    private const string PinStatePattern = "^pinctrl-[0-9]+$";

    private static readonly string[] _ofEveryNode =
    [
        "phandle", "status", "secure-status", "$nodename", "bootph-pre-sram", "bootph-verify", "bootph-pre-ram",
        "bootph-some-ram",
        "bootph-all",
    ];

    private static readonly string[] _ofClockConsumers =
    [
        "assigned-clocks", "assigned-clock-rates-u64", "assigned-clock-rates", "assigned-clock-parents", "assigned-clock-sscs",
    ];

    /// <summary>Adds them to a schema that says something about the properties it does not list.</summary>
    public static void Add(DraftObject schema)
    {
        if (!schema.HasAny("unevaluatedProperties", "additionalProperties"))
            return;
        string[] listed = [.. KeysOf(schema.Mapping("properties")), .. KeysOf(schema.Mapping("patternProperties"))];
        if (listed.Contains("clocks") && !listed.Contains("assigned-clocks")
            && schema.MappingOrNew("properties") is DraftObject clocked)
        {
            foreach (string name in _ofClockConsumers)
                clocked.Set(name, DraftLeaf.True);
        }
        if (listed.Contains("ranges"))
            schema.MappingOrNew("properties")?.SetDefault("dma-ranges", DraftLeaf.True);
        if (IsTrue(schema.Get("additionalProperties")) || IsTrue(schema.Get("unevaluatedProperties")))
            return;
        if (schema.MappingOrNew("properties") is not DraftObject properties)
            return;
        foreach (string name in _ofEveryNode)
            properties.SetDefault(name, DraftLeaf.True);
        if (listed.Any(IsPinState))
            return;
        properties.SetDefault("pinctrl-names", DraftLeaf.True);
        schema.MappingOrNew("patternProperties")?.Set(PinStatePattern, DraftLeaf.True);
    }

    /// <summary>Whether a schema is <c>true</c>.</summary>
    public static bool IsTrue(Draft? schema) => schema is DraftLeaf { Value: SchemaBoolean { Value: true } };

    private static bool IsPinState(string key) =>
        key.StartsWith("pinctrl-", StringComparison.Ordinal) && key.Length > 8 && char.IsAsciiDigit(key[8]);

    private static IEnumerable<string> KeysOf(DraftObject? mapping) => mapping?.Entries.Select(entry => entry.Key) ?? [];
}
