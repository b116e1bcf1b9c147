namespace Gunyah.Machine.Scheduling;

/// <summary>Somebody outside of a machine that may wake it, until that is over, which any number of threads may say.</summary>
internal sealed class OutsideHold(IMachineScheduler scheduler)
{
    private int _isHeld;

    /// <summary>Begins; once, before the machine runs.</summary>
    public void Take()
    {
        scheduler.AddOutside();
        Volatile.Write(ref _isHeld, 1);
    }

    /// <summary>Ends; nothing where it has not begun or is over.</summary>
    public void Release()
    {
        if (Interlocked.Exchange(ref _isHeld, 0) != 0)
            scheduler.RemoveOutside();
    }
}
