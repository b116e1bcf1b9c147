using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Vcpus;
using Gunyah.Guest.Kernel;

namespace Gunyah.Guest.Doorbells;

/// <summary>
/// A doorbell that rings this VM: each interrupt takes the flags that were set and hands them to the handler. Several rings
/// before the interrupt is handled arrive as one, with all their flags.
/// </summary>
public sealed class DoorbellReceiver : IDisposable
{
    private readonly GuestContext _context;
    private readonly CapId _capability;
    private readonly Action<ulong> _handler;
    private InterruptRegistration? _interrupt;

    private DoorbellReceiver(GuestContext context, CapId capability, Action<ulong> handler) =>
        (_context, _capability, _handler) = (context, capability, handler);

    /// <summary>How often the doorbell rang.</summary>
    public ulong Rings { get; private set; }

    /// <summary>Starts to listen.</summary>
    /// <param name="context">The guest.</param>
    /// <param name="capability">The doorbell, with the right to receive.</param>
    /// <param name="intid">The interrupt that the Resource Manager has bound to it.</param>
    /// <param name="trigger">The interrupt's trigger.</param>
    /// <param name="handler">Takes the flags; called from the interrupt handler.</param>
    /// <returns>Null where the interrupt cannot be had.</returns>
    public static DoorbellReceiver? Open(
        GuestContext context, CapId capability, uint intid, InterruptTrigger trigger, Action<ulong> handler)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(handler);
        var receiver = new DoorbellReceiver(context, capability, handler);
        return context.Interrupts.TryRequest(intid, trigger, receiver.Take, out receiver._interrupt) ? receiver : null;
    }

    /// <summary>Stops listening.</summary>
    public void Dispose() => _interrupt?.Dispose();

    private void Take()
    {
        // No flags: the sender cleared them again, or the interrupt is a leftover.
        if (_context.Port.DoorbellReceive(_capability, ulong.MaxValue, out ulong flags) != GunyahError.Ok || flags == 0)
            return;
        Rings++;
        _handler(flags);
    }
}
