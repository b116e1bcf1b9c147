using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Rpc;

namespace Gunyah.Machine.Platform;

/// <summary>Follows how far the primary VM is, from events that are rare.</summary>
/// <param name="onPrimaryOff">Called once when the primary VM has ended; must not block.</param>
internal sealed class PrimaryWatch(Action onPrimaryOff) : IEventReader
{
    private volatile bool _isPrimaryOff;

    /// <inheritdoc/>
    public ulong Wanted => EventStream.Bit(EventKind.VmState) | EventStream.Bit(EventKind.VmExited);

    /// <summary>True once the primary VM has ended.</summary>
    public bool IsPrimaryOff => _isPrimaryOff;

    /// <summary>How it ended, once it has.</summary>
    public VmExitType? Exit { get; private set; }

    /// <inheritdoc/>
    public void Read(in GunyahEvent e)
    {
        if (e.Kind == EventKind.VmExited)
        {
            if (e.Values.A == WellKnownVmids.Primary)
                Exit ??= (VmExitType)e.Values.B;
            return;
        }

        if (e.Values.A != WellKnownVmids.Primary || (VmState)e.Values.B != VmState.Exited || _isPrimaryOff)
            return;
        _isPrimaryOff = true;
        onPrimaryOff();
    }
}
