using System.Diagnostics;
using Gunyah.Abi;

namespace Gunyah.Hypervisor.Objects;

/// <summary>
/// The valid capabilities of one object. Its lock is the object's capability lock: copy, delete and revoke take it.
/// </summary>
internal sealed class CapabilityList(HypervisorObject named)
{
    private readonly Lock _gate = new();
    private Capability? _first;

    /// <summary>Makes a set-aside slot the object's master capability.</summary>
    public void AddMaster(Capability reserved)
    {
        lock (_gate)
        {
            Link(reserved);
            reserved.Publish(named, ObjectRights.All(named.Type).Bits, master: true);
        }
    }

    /// <summary>Makes a set-aside slot a copy of a capability of this object.</summary>
    /// <returns>False if the source went away in the meantime.</returns>
    public bool TryAddCopy(Capability source, Capability reserved, uint rights)
    {
        lock (_gate)
        {
            if (source.State != CapabilityState.Valid)
                return false;
            Link(reserved);
            reserved.Publish(named, rights, master: false);
            return true;
        }
    }

    /// <summary>Takes a valid capability out.</summary>
    /// <param name="removed">The capability.</param>
    /// <param name="wasLast">True if the object has no capability any more: the caller gives up their reference.</param>
    /// <returns>False if it was deleted or revoked in the meantime.</returns>
    public bool TryRemove(Capability removed, out bool wasLast)
    {
        lock (_gate)
        {
            wasLast = false;
            if (!removed.TryLeave(CapabilityState.Valid, CapabilityState.Deleted))
                return false;
            Unlink(removed);
            wasLast = _first is null;
            return true;
        }
    }

    /// <summary>Revokes every capability but the master.</summary>
    /// <returns>False if the master went away in the meantime.</returns>
    public bool TryRevokeCopies(Capability master)
    {
        lock (_gate)
        {
            if (master.State != CapabilityState.Valid)
                return false;
            for (Capability? each = _first; each is not null;)
            {
                Capability? next = each.Next;
                if (each != master)
                {
                    bool revoked = each.TryLeave(CapabilityState.Valid, CapabilityState.Revoked);
                    Debug.Assert(revoked, "only valid capabilities are in the list");
                    Unlink(each);
                }

                each = next;
            }

            return true;
        }
    }

    private void Link(Capability added)
    {
        added.Next = _first;
        added.Previous = null;
        if (_first is not null)
            _first.Previous = added;
        _first = added;
    }

    private void Unlink(Capability removed)
    {
        if (removed.Previous is null)
            _first = removed.Next;
        else
            removed.Previous.Next = removed.Next;
        if (removed.Next is not null)
            removed.Next.Previous = removed.Previous;
        removed.Previous = removed.Next = null;
    }
}
