using Gunyah.Abi.Vcpus;

namespace Gunyah.ResourceManager.Platform;

/// <summary>
/// The shared interrupts of one VM's interrupt controller that the Resource Manager may use: numbers are given out from the
/// lowest, used again when returned, and never given where the VM's board has a device on them (gunyah-rm.md 6).
/// </summary>
internal sealed class VirqPool
{
    /// <summary>
    /// Where the numbers begin in VMs; the Resource Manager's own begin at <see cref="InterruptIds.FirstSpi"/>.
    /// </summary>
    public const uint FirstInVms = 960;

    private readonly uint _first;
    private readonly uint _last;
    private readonly HashSet<uint> _taken;

    /// <param name="first">The lowest INTID to give out.</param>
    /// <param name="last">The highest; below <paramref name="first"/> for none.</param>
    /// <param name="reserved">INTIDs that are not to be used.</param>
    public VirqPool(uint first, uint last, IEnumerable<uint>? reserved = null)
    {
        _first = first;
        _last = last;
        _taken = reserved is null ? [] : [.. reserved];
    }

    /// <summary>Takes the lowest free number; false when there is none.</summary>
    public bool TryTakeAny(out uint virq)
    {
        for (virq = _first; virq <= _last; virq++)
        {
            if (_taken.Add(virq))
                return true;
        }
        virq = 0;
        return false;
    }

    /// <summary>Takes a number that was asked for, also one outside the range of the others; false when it is taken.</summary>
    public bool TryTake(uint virq) => _taken.Add(virq);

    public void Return(uint virq) => _taken.Remove(virq);
}
