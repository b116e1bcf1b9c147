using Devicetree.Typing;

namespace Devicetree.Schema.Processing;

/// <summary>
/// What the unit at the end of a property's name says about its schema; the units are those of <see cref="UnitSuffix"/>.
/// </summary>
internal static class UnitSuffixes
{
    /// <summary>Whether the unit's values are lists of numbers.</summary>
    public static bool AreArrays(string name) => UnitSuffix.Of(name) is { Rows: UnitRows.List, IsCompleted: true };

    /// <summary>Whether the unit's values are lists of lists of numbers.</summary>
    public static bool AreMatrices(string name) => UnitSuffix.Of(name) is { Rows: UnitRows.Matrix };

    /// <summary>Whether the unit is the microvolt.</summary>
    public static bool IsMicrovolt(string name) => UnitSuffix.Of(name) is { Rows: UnitRows.Matrix, IsSigned: true };

    /// <summary>Whether the unit is the hertz and the name not one of the operating points, which have wider numbers.</summary>
    public static bool IsHertzButNoOperatingPoint(string name) =>
        UnitSuffix.Of(name) is { Rows: UnitRows.Matrix, IsSigned: false } && !name.StartsWith("opp", StringComparison.Ordinal);
}
