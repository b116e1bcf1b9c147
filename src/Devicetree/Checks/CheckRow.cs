using Devicetree.Compatibility;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Checks;

/// <summary>One named check of dtc, or one fix-up that dtc schedules as a check (devicetree.md 1.13).</summary>
internal sealed record CheckRow
{
    private DiagnosticRule? _rule;

    internal CheckRow(Action<CheckContext> run) => Run = run;

    /// <summary>The name for <c>-W</c> and <c>-E</c>, for instance <c>unit_address_vs_reg</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How it counts when nothing else is said.</summary>
    public required CheckLevels Default { get; init; }

    /// <summary>The rule of our diagnostics; its remedy is what to do about a finding.</summary>
    public DiagnosticRule Rule
    {
        // Its texts are looked up when there is a finding: every start of the compiler makes all rows.
        get => _rule ??= CheckRules.OfCheck(this);
        internal init => _rule = value;
    }

    /// <summary>What must hold, for the reference page.</summary>
    public required string Tests { get; init; }

    /// <summary>The checks that must have passed before this one runs.</summary>
    public IReadOnlyList<string> Needs => Needed;

    internal string[] Needed { get; init; } = [];

    /// <summary>
    /// The change that brought the last of <see cref="Needs"/>, as many as <see cref="NeedsAdded"/>; null when all were always
    /// needed.
    /// </summary>
    public DtcChange? NeedsSince { get; init; }

    /// <summary>How many of the needed checks, from the end, came with <see cref="NeedsSince"/>.</summary>
    public int NeedsAdded { get; init; }

    /// <summary>The change that brought it; null when every version has it.</summary>
    public DtcChange? Since { get; init; }

    /// <summary>The change that retired it; null when every later version has it.</summary>
    public DtcChange? Until { get; init; }

    /// <summary>
    /// Whether the build of Linux leaves it to <c>make W=1</c> or more, because many of its devicetrees break it:
    /// <c>DTC_FLAGS</c> of
    /// <c>scripts/Makefile.lib</c> of 6.1, and of <c>scripts/Makefile.dtbs</c> of later ones.
    /// </summary>
    public bool IsExtra { get; init; }

    internal Action<CheckContext> Run { get; }

    /// <summary>The ID of a rule that is only this check's; empty where checks share one.</summary>
    internal string RuleId { get; init; } = "";

    /// <summary>What that rule advises.</summary>
    internal string Remedy { get; init; } = "";

    /// <summary>True when a version has this check.</summary>
    public bool ExistsIn(DtcVersion version) => (Since is null || version.Has(Since)) && (Until is null || !version.Has(Until));

    /// <summary>The checks that it needs in a version.</summary>
    internal ReadOnlySpan<string> NeedsIn(DtcVersion version) =>
        NeedsSince is null || version.Has(NeedsSince) ? Needed : Needed.AsSpan(..^NeedsAdded);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
