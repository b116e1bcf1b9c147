namespace Devicetree.Schema.Processing;

/// <summary>The names of types, as they stand in references to dt-schema's <c>types.yaml</c>.</summary>
internal static class PropertyTypeNames
{
    public const string Flag = "flag";
    public const string StringArray = "string-array";

    /// <summary>What an object is called among the types until all schemas are read; then it is dropped.</summary>
    public const string Node = "node";

    /// <summary>All names, longer ones before those they begin with.</summary>
    private static readonly string[] _all =
    [
        "address", Flag, StringArray, "string", "phandle-array", "phandle",
        .. from sign in (string[])["", "u"] from bits in (int[])[8, 16, 32, 64] from suffix in (string[])["-array", "-matrix", ""]
        select $"{sign}int{bits}{suffix}",
    ];

    /// <summary>The first type name anywhere in a text, null when there is none.</summary>
    public static string? FindIn(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('a' or 'f' or 's' or 'p' or 'i' or 'u'))
                continue;
            foreach (string name in _all)
            {
                if (text.AsSpan(i).StartsWith(name, StringComparison.Ordinal))
                    return name;
            }
        }
        return null;
    }
}
