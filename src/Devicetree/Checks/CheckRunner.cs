using Devicetree.Live;

namespace Devicetree.Checks;

/// <summary>What came of the checks.</summary>
internal enum CheckOutcome
{
    /// <summary>No error; warnings perhaps.</summary>
    Passed,

    /// <summary>An error: there is no result unless it is forced.</summary>
    Failed,

    /// <summary>Something that ends dtc on the spot: there is no result at all.</summary>
    Refused,
}

/// <summary>
/// Runs the named checks, and the fix-ups among them, over a live tree, in dtc's order and by its rules (devicetree.md 1.13).
/// </summary>
internal sealed class CheckRunner
{
    private enum Status : byte
    {
        Unchecked,
        PrerequisiteFailed,
        Passed,
        Failed,
    }

    private readonly CheckContext _context;
    private readonly CheckSettings _settings;
    private readonly Status[] _status;
    private readonly bool _goOn;

    private CheckRunner(CheckContext context, CheckSettings settings)
    {
        _context = context;
        _settings = settings;
        _goOn = context.Options.Recover;
        _status = new Status[settings.Checks.Rows.Length];
    }

    /// <summary>Runs the checks. References are resolved, phandles given out and unused nodes dropped on the way.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="settings">Which checks count.</param>
    /// <param name="options">How the fix-ups work.</param>
    /// <param name="phandles">Gets the phandles of the tree.</param>
    /// <param name="reporter">Gets the findings.</param>
    public static CheckOutcome Run(
        LiveTree tree, CheckSettings settings, CheckOptions options, PhandleTable phandles, ICheckReporter reporter)
    {
        if (tree.Root is null)
            return CheckOutcome.Passed;
        using var index = new TreeIndex(tree);
        var context = new CheckContext(tree, index, phandles, settings.Version, options, reporter);
        bool error = new CheckRunner(context, settings).RunAll() || context.HasHardErrors;
        return context.Refused ? CheckOutcome.Refused : error ? CheckOutcome.Failed : CheckOutcome.Passed;
    }

    private bool RunAll()
    {
        bool error = false;
        for (int check = 0; check < _status.Length; check++)
        {
            // dtc runs nothing more after the first check that fails as an error, references stay unresolved.
            if (_settings.LevelsOf(check) != CheckLevels.None && (!error || _goOn) && !_context.Refused)
                error |= Run(check);
        }
        return error;
    }

    private bool Run(int check)
    {
        bool error = false;
        CheckRow row = _settings.Checks.Rows[check];
        CheckLevels levels = _settings.LevelsOf(check);
        if (_status[check] == Status.Unchecked)
        {
            foreach (int needed in _settings.Checks.Needs[check])
            {
                if (!error || _goOn)
                    error |= Run(needed);
                if (_context.Refused)
                    return true;
                if (_status[needed] != Status.Passed)
                {
                    _status[check] = Status.PrerequisiteFailed;
                    _context.MissPrerequisite(row, levels, _settings.Checks.Rows[needed]);
                }
            }
            if (_status[check] == Status.Unchecked)
            {
                _context.Begin(row, levels);
                row.Run(_context);
                _status[check] = _context.Failed ? Status.Failed : Status.Passed;
            }
        }
        return error || (_status[check] != Status.Passed && (levels & CheckLevels.Error) != 0);
    }
}
