namespace Gunyah.ResourceManager.Platform;

/// <summary>
/// What the Resource Manager has to do, a short step at a time, first come first served: a VM that sends without end gets its
/// turn like any other and no more. Interrupt handlers only add to it.
/// </summary>
/// <param name="wake">Called when the queue was empty and no longer is.</param>
internal sealed class WorkQueue(Action wake)
{
    private readonly Queue<Action> _steps = new();

    public bool IsEmpty => _steps.Count == 0;

    public void Post(Action step)
    {
        _steps.Enqueue(step);
        if (_steps.Count == 1)
            wake();
    }

    /// <summary>Takes the oldest step; false when there is none.</summary>
    public bool TryRunOne()
    {
        if (!_steps.TryDequeue(out Action? step))
            return false;
        step();
        return true;
    }
}
