using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;

namespace Gunyah.Guest.Doorbells;

/// <summary>A doorbell that this VM rings.</summary>
/// <param name="port">The way into the hypervisor.</param>
/// <param name="capability">The doorbell, with the right to send.</param>
public sealed class DoorbellSource(IHypervisorPort port, CapId capability)
{
    /// <summary>Rings: sets flags and raises the other side's interrupt.</summary>
    /// <param name="flags">The flags to set; they add up until the other side takes them.</param>
    /// <returns>The hypervisor's error.</returns>
    public GunyahError Ring(ulong flags = 1) => port.DoorbellSend(capability, flags, out _);
}
