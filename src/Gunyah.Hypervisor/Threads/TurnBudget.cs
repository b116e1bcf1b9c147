namespace Gunyah.Hypervisor.Threads;

/// <summary>
/// What one turn given by the scheduler may spend on vCPUs that are run inside it. All nested runs share it, so that nesting
/// cannot multiply the length of a turn.
/// </summary>
internal sealed class TurnBudget
{
    private int _left;

    public void Refill(int steps) => _left = steps;

    /// <summary>
    /// The steps of one nested run: half of what is left, so that a caller with several vCPUs can run them all, and one when
    /// nothing is left, so that none of them starves.
    /// </summary>
    public int Grant()
    {
        int granted = Math.Max(1, _left / 2);
        _left = Math.Max(0, _left - granted);
        return granted;
    }
}
