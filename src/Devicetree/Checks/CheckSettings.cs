using Devicetree.Compatibility;

namespace Devicetree.Checks;

/// <summary>
/// Which checks of a version count, and how. Never changes: switches give new settings, so one object may serve many trees at
/// once.
/// </summary>
public sealed class CheckSettings
{
    private readonly CheckLevels[] _levels;

    private CheckSettings(DtcVersion version, CheckSet checks, CheckLevels[] levels)
    {
        Version = version;
        Checks = checks;
        _levels = levels;
    }

    /// <summary>The version of dtc whose checks these are.</summary>
    public DtcVersion Version { get; }

    internal CheckSet Checks { get; }

    /// <summary>The settings of a version without any switch.</summary>
    public static CheckSettings DefaultOf(DtcVersion version)
    {
        CheckSet checks = CheckSet.Of(version);
        return new(version, checks, checks.DefaultLevels());
    }

    /// <summary>
    /// The settings of the newest version with our own checks (<see cref="CheckTable.OwnRows"/>), without any switch.
    /// </summary>
    internal static CheckSettings DefaultWithOwn()
    {
        CheckSet checks = CheckSet.WithOwn();
        return new(DtcVersion.Newest, checks, checks.DefaultLevels());
    }

    /// <summary>
    /// The settings of <c>dt</c>'s verbs without any switch: as <see cref="DefaultWithOwn"/>, but what Linux leaves to <c>make
    /// W=1</c> is off (<see cref="StrictChoices.ExtraChecksAsked"/>).
    /// </summary>
    public static CheckSettings DefaultOfVerbs()
    {
        CheckSettings settings = DefaultWithOwn();
        foreach (CheckRow row in settings.Checks.Rows.Where(row => row.IsExtra))
            settings = settings.TryWith(CheckLevels.Warning, "no-" + row.Name)!;
        return settings;
    }

    /// <summary>
    /// The default settings without the checks that only warn: what must be right for a tree to have a meaning.
    /// </summary>
    internal static CheckSettings ErrorsOnlyOf(DtcVersion version)
    {
        CheckSet checks = CheckSet.Of(version);
        return new(version, checks, [.. checks.Rows.Select(row => row.Default & CheckLevels.Error)]);
    }

    /// <summary>
    /// The settings without the checks that look references up: for a tree of which something is known to be missing.
    /// </summary>
    internal CheckSettings WithoutReferences()
    {
        CheckSettings settings = this;
        foreach (string check in (string[])[CheckTable.PhandleReferences, CheckTable.PathReferences, CheckTable.ExplicitPhandles])
            settings = settings.TryWith(CheckLevels.Warning, "no-" + check)!.TryWith(CheckLevels.Error, "no-" + check)!;
        return settings;
    }

    /// <summary>How a check counts; none when this version does not have it.</summary>
    public CheckLevels LevelsOf(string check) => Checks.IndexOf(check) is int index and >= 0 ? _levels[index] : CheckLevels.None;

    internal CheckLevels LevelsOf(int check) => _levels[check];

    /// <summary>
    /// Applies one argument of <c>-W</c> or <c>-E</c>: the name of a check, which raises a level of it and of all that it needs,
    /// or that name after <c>no-</c> or <c>no_</c>, which takes the level from it and from all that need it.
    /// </summary>
    /// <param name="level"><see cref="CheckLevels.Warning"/> for <c>-W</c>, <see cref="CheckLevels.Error"/> for
    /// <c>-E</c>.</param>
    /// <param name="argument">The argument.</param>
    /// <returns>The new settings, null when this version knows no such check.</returns>
    public CheckSettings? TryWith(CheckLevels level, string argument)
    {
        ArgumentNullException.ThrowIfNull(argument);
        (string name, bool isOn) = Split(argument);
        int index = Checks.IndexOf(name);
        if (index < 0)
            return null;
        var changed = new CheckSettings(Version, Checks, [.. _levels]);
        if (isOn)
            changed.Raise(index, level);
        else
            changed.Lower(index, level);
        return changed;
    }

    /// <summary>
    /// As <see cref="TryWith"/>, but a name that only another version knows is accepted and changes nothing: a build that serves
    /// several versions switches off what some of them do not have.
    /// </summary>
    internal CheckSettings? TryWithOrIgnoreRetired(CheckLevels level, string argument) =>
        TryWith(level, argument) ?? (CheckTable.IsKnown(Split(argument).Name) ? this : null);

    /// <summary>The name of the check in an argument of <c>-W</c> or <c>-E</c>.</summary>
    internal static string NameIn(string argument)
    {
        ArgumentNullException.ThrowIfNull(argument);
        return Split(argument).Name;
    }

    private static (string Name, bool IsOn) Split(string argument) =>
        argument.StartsWith("no-", StringComparison.Ordinal) || argument.StartsWith("no_", StringComparison.Ordinal)
            ? (argument[3..], false)
            : (argument, true);

    private void Raise(int check, CheckLevels level)
    {
        if ((_levels[check] & level) == level)
            return;
        foreach (int needed in Checks.Needs[check])
            Raise(needed, level);
        _levels[check] |= level;
    }

    private void Lower(int check, CheckLevels level)
    {
        if ((_levels[check] & level) == 0)
            return;
        // The order does not matter, but each must be asked before its own level is gone: only what had it passes it on.
        for (int other = 0; other < Checks.Needs.Length; other++)
        {
            if (Checks.Needs[other].Contains(check))
                Lower(other, level);
        }
        _levels[check] &= ~level;
    }
}
