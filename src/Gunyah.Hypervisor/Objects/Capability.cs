
namespace Gunyah.Hypervisor.Objects;

/// <summary>What a used slot holds.</summary>
internal enum CapabilityState
{
    /// <summary>Set aside by a call that has not finished; looks empty to everybody else.</summary>
    Reserved,

    /// <summary>Names an object.</summary>
    Valid,

    /// <summary>Named one, until its master took that back. Still uses its slot.</summary>
    Revoked,

    /// <summary>Out of its slot.</summary>
    Deleted,
}

/// <summary>
/// The content of one slot. It becomes valid once and never changes its rights, so a look-up needs no lock: what it reads is
/// either still true or was true when the call began.
/// </summary>
internal sealed class Capability(int slot)
{
    private volatile CapabilityState _state = CapabilityState.Reserved;
    private HypervisorObject? _object;

    /// <summary>The slot number, (table &lt;&lt; 8) | slot.</summary>
    public int Slot { get; } = slot;

    /// <summary>The bits of its rights; what they mean the object's type says.</summary>
    public uint Rights { get; private set; }

    public bool IsMaster { get; private set; }

    public CapabilityState State => _state;

    /// <summary>The object; null unless valid.</summary>
    public HypervisorObject? Object => Volatile.Read(ref _object);

    /// <summary>Neighbours in <see cref="CapabilityList"/>, guarded by that list's lock.</summary>
    public Capability? Previous { get; set; }

    public Capability? Next { get; set; }

    public void Publish(HypervisorObject named, uint rights, bool master)
    {
        Rights = rights;
        IsMaster = master;
        Volatile.Write(ref _object, named);
        _state = CapabilityState.Valid;
    }

    /// <summary>Leaves a state for another, unless somebody else was faster.</summary>
    public bool TryLeave(CapabilityState from, CapabilityState to)
    {
        if (Interlocked.CompareExchange(ref _state, to, from) != from)
            return false;
        Volatile.Write(ref _object, null);
        return true;
    }
}
