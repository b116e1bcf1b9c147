using System.Diagnostics;
using System.Numerics;

namespace Gunyah.Hypervisor.Interrupts;

/// <summary>
/// The vCPUs of one controller whose wait an interrupt ended, and who have not heard of it yet. Whoever asserted the interrupt
/// delivers this after it has let go of its own locks: what a wake-up leads to is the business of others, and may be long.
/// </summary>
/// <param name="vic">The controller.</param>
/// <param name="vcpus">The indexes of the vCPUs, one bit each.</param>
internal readonly struct WakeUp(Vic? vic, int vcpus)
{
    private readonly Vic? _vic = vic;
    private readonly int _vcpus = vcpus;

    /// <summary>Tells each vCPU that its wait is over. Must not be called with a lock held.</summary>
    public void Deliver()
    {
        for (int left = _vcpus; left != 0; left &= left - 1)
        {
            // Waking a proxy-scheduled vCPU raises an interrupt that may wake another such, and so on as long as a guest cares
            // to build the chain. Each link is one shared interrupt, which wakes one vCPU at most: a loop goes along them.
            WakeUp next = _vic!.End(BitOperations.TrailingZeroCount(left));
            while (next._vcpus != 0)
            {
                Debug.Assert(BitOperations.IsPow2(next._vcpus), "one shared interrupt wakes one vCPU");
                next = next._vic!.End(BitOperations.TrailingZeroCount(next._vcpus));
            }
        }
    }
}
