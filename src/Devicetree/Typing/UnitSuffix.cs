namespace Devicetree.Typing;

/// <summary>How the numbers of a property with a unit are arranged.</summary>
internal enum UnitRows
{
    /// <summary>One number.</summary>
    One,

    /// <summary>A list of numbers.</summary>
    List,

    /// <summary>A list of lists of numbers.</summary>
    Matrix,
}

/// <summary>
/// A unit at the end of a property's name, which says what its value is (dt-schema's <c>property-units.yaml</c>): numbers of 32
/// bits.
/// </summary>
/// <param name="Text">The end of the name.</param>
/// <param name="IsSigned">Whether the numbers may be negative.</param>
/// <param name="Rows">How they are arranged.</param>
/// <param name="IsCompleted">Whether dt-schema completes what a binding says of such a property to an array or a matrix.</param>
internal sealed record UnitSuffix(string Text, bool IsSigned = false, UnitRows Rows = UnitRows.List, bool IsCompleted = true)
{
    private static readonly UnitSuffix[] _all =
    [
        new("-bits"), new("-bps", Rows: UnitRows.One, IsCompleted: false), new("-kBps"), new("-percent", IsSigned: true),
        new("-bp", IsSigned: true),
        new("-db", IsSigned: true), new("-mhz"), new("-hz", Rows: UnitRows.Matrix), new("-sec"), new("-ms"), new("-us"),
        new("-ns"), new("-ps"),
        new("-mm"), new("-microamp"), new("-nanoamp"), new("-picoamp", IsCompleted: false), new("-microamp-hours"), new("-ohms"),
        new("-micro-ohms"),
        new("-microwatt"), new("-milliwatt"), new("-microwatt-hours"), new("-microvolt", IsSigned: true, Rows: UnitRows.Matrix),
        new("-picofarads"),
        new("-femtofarads"), new("-celsius", IsSigned: true), new("-millicelsius", IsSigned: true), new("-kelvin"),
        new("-pascal", IsSigned: true),
        new("-kpascal", IsSigned: true),
    ];

    /// <summary>Ends of names that look like units but were in use with other types before.</summary>
    private static readonly string[] _exceptions =
        ["ti,x-plate-ohms", "ti,y-plate-ohms", "marvell,wakeup-gap-ms", "refresh-interval-ms"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<UnitSuffix> All => _all;

    /// <summary>The unit at the end of a name; null when there is none.</summary>
    public static UnitSuffix? Of(string name) => Array.Find(_all, unit => name.EndsWith(unit.Text, StringComparison.Ordinal));

    /// <summary>
    /// The unit that says the type of a property; null without one, and for the names that are excepted: frequencies of operating
    /// points have wider numbers, some others narrower ones.
    /// </summary>
    public static UnitSuffix? TypeOf(string name)
    {
        if (Of(name) is not UnitSuffix unit || Array.Exists(_exceptions, each => name.EndsWith(each, StringComparison.Ordinal)))
            return null;
        return unit.Text == "-hz" && name.StartsWith("opp", StringComparison.Ordinal) ? null : unit;
    }
}
