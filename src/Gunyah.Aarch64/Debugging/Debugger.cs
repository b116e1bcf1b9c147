using Gunyah.Aarch64.Interpreting;

namespace Gunyah.Aarch64.Debugging;

/// <summary>A core that stood first, and why.</summary>
internal readonly record struct Standing(Core Core, DebugReason Reason, ulong Address);

/// <summary>
/// Stops all cores of a VM together: one that comes to a stop, or is asked to, makes the others stand at their next safe
/// point. A core that does
/// not run at that moment stands when it would run.
/// </summary>
internal sealed class Debugger : IDebugger
{
    private readonly object _gate = new();
    private readonly HashSet<Core> _running = [];
    private Standing? _first;
    private Core? _steps;
    private int _round;
    private volatile bool _wantsStop = true;
    private bool _isGone;
    private bool _ends;

    /// <inheritdoc/>
    public DebugStops Stops { get; } = new();

    /// <inheritdoc/>
    public bool WantsStop => _wantsStop;

    private bool AllStand => _wantsStop && _running.Count == 0 && _first is not null;

    /// <inheritdoc/>
    public void Enter(Core core)
    {
        lock (_gate)
            _running.Add(core);
    }

    /// <inheritdoc/>
    public void Leave(Core core)
    {
        lock (_gate)
        {
            _running.Remove(core);
            Monitor.PulseAll(_gate);
        }
    }

    /// <inheritdoc/>
    public Onward Stand(Core core, DebugReason reason, ulong address)
    {
        lock (_gate)
        {
            if (_ends)
                return Onward.End;
            if (_isGone)
                return Onward.Run;
            if (_first is null || (reason != DebugReason.Interrupted && _first.Value.Reason == DebugReason.Interrupted))
                _first = new(core, reason, address);
            _wantsStop = true;
            _running.Remove(core);
            Monitor.PulseAll(_gate);
            // A core that does not step stands on while another does.
            int round = _round;
            while (!_ends && (round == _round || (_steps is not null && _steps != core)))
                Monitor.Wait(_gate);
            _running.Add(core);
            if (_ends)
                return Onward.End;
            if (_steps != core)
                return Onward.Run;
            _steps = null;
            return Onward.Step;
        }
    }

    /// <summary>Asks all cores to stand.</summary>
    public void RequestStop() => _wantsStop = true;

    /// <summary>Waits until no core runs and one of them stands.</summary>
    /// <param name="patience">How long; a VM that waits for an interrupt has no core that could stand.</param>
    /// <returns>The one that stood first; null if none does yet.</returns>
    public Standing? WaitForStop(TimeSpan patience)
    {
        lock (_gate)
        {
            if (!AllStand)
                Monitor.Wait(_gate, patience);
            return AllStand ? _first : null;
        }
    }

    /// <summary>Lets the cores go on.</summary>
    /// <param name="steps">The one that shall run a single instruction while the others stand; null where all go on.</param>
    public void Resume(Core? steps)
    {
        lock (_gate)
        {
            _steps = steps;
            _first = null;
            _wantsStop = false;
            _round++;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>The machine ends: no core runs any more.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ends = true;
            _wantsStop = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>The debugger goes: nothing stops any more.</summary>
    public void Detach()
    {
        lock (_gate)
        {
            _isGone = true;
            Stops.Clear();
            if (!_ends)
                Resume(null);
        }
    }
}
