using Gunyah.Abi;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Hypervisor.Interrupts;

/// <summary>What an object that embeds interrupt sources answers to its interrupt controller.</summary>
internal interface IVirqPoll
{
    /// <summary>
    /// Whether the condition behind a source still holds. Called with the controller's lock held: takes no lock of the object
    /// (gunyah-abi.md 4.2.4 and 7.2).
    /// </summary>
    bool IsStillAsserted(VirqSource source);
}

/// <summary>
/// The object's end of a virtual interrupt (gunyah-abi.md 4.2). It can be bound to one shared interrupt at a time;
/// unbound, its assertions go nowhere.
/// </summary>
/// <param name="owner">The object whose condition it tells.</param>
/// <param name="fixedTrigger">Its trigger, for a source whose interrupt has that whatever the guest configures.</param>
/// <param name="isHardware">True for a line of the board, which another may follow on the same interrupt only when what it
/// forwarded is over.</param>
internal sealed class VirqSource(IVirqPoll owner, InterruptTrigger? fixedTrigger = null, bool isHardware = false)
{
    private const int Free = 0;
    private const int Claimed = 1;

    private int _claim;
    private Vic? _vic;

    public IVirqPoll Owner { get; } = owner;

    public InterruptTrigger? FixedTrigger { get; } = fixedTrigger;

    public bool IsHardware { get; } = isHardware;

    /// <summary>The interrupt number; of meaning only while bound.</summary>
    public uint Number { get; private set; }

    /// <summary>For a private interrupt, the vCPU interface it is on.</summary>
    public VcpuInterface? Local { get; private set; }

    public bool IsBound => Volatile.Read(ref _vic) is not null;

    /// <summary>Binds to a shared interrupt. The condition is not looked at (gunyah-abi.md 4.2.1).</summary>
    /// <param name="vic">The controller.</param>
    /// <param name="number">The interrupt.</param>
    /// <param name="wakeUp">Whom that wakes; the caller delivers it once it holds no lock.</param>
    public GunyahError Bind(Vic vic, uint number, out WakeUp wakeUp)
    {
        wakeUp = default;
        if (Interlocked.CompareExchange(ref _claim, Claimed, Free) != Free)
            return GunyahError.VirqBound;
        GunyahError error = number is < InterruptIds.FirstSpi or > InterruptIds.LastSpi
            ? GunyahError.ArgumentInvalid
            : vic.TryPlace(this, number, out wakeUp);
        if (error != GunyahError.Ok)
            Volatile.Write(ref _claim, Free);
        return error;
    }

    /// <summary>
    /// Ends a binding, if there is one, and withdraws its level. An edge that waits stays (gunyah-abi.md 4.2.2).
    /// </summary>
    public void Unbind() => Volatile.Read(ref _vic)?.Remove(this);

    /// <summary>Tells that the condition became true.</summary>
    /// <returns>Whom that wakes; the caller delivers it once it holds no lock.</returns>
    public WakeUp AssertLevel() => Volatile.Read(ref _vic)?.Assert(this, level: true) ?? default;

    /// <summary>Gives an impulse that only an edge-triggered interrupt shows.</summary>
    /// <returns>Whom that wakes; the caller delivers it once it holds no lock.</returns>
    public WakeUp AssertEdge() => Volatile.Read(ref _vic)?.Assert(this, level: false) ?? default;

    /// <summary>Tells that the condition became false.</summary>
    public void Clear() => Volatile.Read(ref _vic)?.Clear(this);

    /// <summary>Called by the controller with its lock held, once the record points here.</summary>
    internal void OnPlaced(Vic vic, uint number, VcpuInterface? local)
    {
        Number = number;
        Local = local;
        Volatile.Write(ref _claim, Claimed);
        Volatile.Write(ref _vic, vic);
    }

    /// <summary>Called by the controller with its lock held, once nothing points here.</summary>
    internal void OnRemoved()
    {
        Volatile.Write(ref _vic, null);
        Volatile.Write(ref _claim, Free);
    }
}
