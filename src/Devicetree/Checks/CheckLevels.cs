namespace Devicetree.Checks;

/// <summary>
/// How a check counts. The two are independent, as in dtc: a check may be both, and one that is neither says nothing.
/// </summary>
[Flags]
public enum CheckLevels
{
    /// <summary>Switched off. It still runs, in silence, where another check needs its result.</summary>
    None = 0,

    /// <summary>Findings are warnings.</summary>
    Warning = 1,

    /// <summary>Findings are errors: there is no result.</summary>
    Error = 2,
}
