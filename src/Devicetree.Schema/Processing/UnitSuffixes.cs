namespace Devicetree.Schema.Processing;

/// <summary>Units at the end of a property's name, which say what shape its value has.</summary>
internal static class UnitSuffixes
{
    private static readonly string[] _ofArrays =
    [
        "-kBps", "-bits", "-percent", "-bp", "-db", "-mhz", "-sec", "-ms", "-us", "-ns", "-ps", "-mm", "-nanoamp", "-ohms", "-microamp",
        "-microamp-hours", "-microwatt", "-microwatt-hours", "-milliwatt", "-femtofarads", "-picofarads", "-celsius", "-millicelsius",
        "-kelvin", "-pascal", "-kpascal",
    ];

    /// <summary>Whether the unit's values are lists of numbers.</summary>
    public static bool AreArrays(string name) => Array.Exists(_ofArrays, unit => HasSuffix(name, unit));

    /// <summary>Whether the unit's values are lists of lists of numbers.</summary>
    public static bool AreMatrices(string name) => IsMicrovolt(name) || HasSuffix(name, "-hz");

    /// <summary>Whether the unit is the microvolt.</summary>
    public static bool IsMicrovolt(string name) => HasSuffix(name, "-microvolt");

    /// <summary>Whether the unit is the hertz and the name not one of the operating points, which have wider numbers.</summary>
    public static bool IsHertzButNoOperatingPoint(string name) => HasSuffix(name, "-hz") && !name.StartsWith("opp", StringComparison.Ordinal);

    private static bool HasSuffix(string name, string suffix) => name.EndsWith(suffix, StringComparison.Ordinal);

}
