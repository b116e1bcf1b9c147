using System.Diagnostics;
using Gunyah.Abi;
using Gunyah.Abi.Events;

namespace Gunyah.Hypervisor.Objects;

/// <summary>
/// What every object has: a type, a state, references and the capabilities that name it. The capabilities together own one
/// reference; calls in flight and objects that build on this one own the others. With the last reference the object goes
/// (gunyah-abi.md 3.5).
/// </summary>
internal abstract class HypervisorObject
{
    private readonly Lock _header = new();
    private readonly IObjectHeap? _heap;
    private readonly ulong _footprint;
    private int _references = 1;
    private volatile ObjectState _state = ObjectState.Init;

    private protected HypervisorObject(HypervisorContext context, ObjectType type, IObjectHeap? heap, ulong footprint)
    {
        Context = context;
        Type = type;
        _heap = heap;
        _footprint = footprint;
        Capabilities = new CapabilityList(this);
        Id = context.Objects.Register(this);
    }

    /// <summary>A number that no other object of this hypervisor ever has; counts from 1.</summary>
    public int Id { get; }

    /// <summary>The object's type.</summary>
    public ObjectType Type { get; }

    internal HypervisorContext Context { get; }

    internal ObjectState State => _state;

    /// <summary>The valid capabilities that name this object, in every space.</summary>
    internal CapabilityList Capabilities { get; }

    /// <summary>
    /// The partition whose memory the object and what it grows is taken from; null only for the root partition.
    /// </summary>
    private protected IObjectHeap Heap => _heap ?? throw new InvalidOperationException("the root partition has no parent");

    /// <summary>Takes a reference unless the last one is gone already.</summary>
    internal bool TryAcquire()
    {
        int seen = Volatile.Read(ref _references);
        while (seen > 0)
        {
            int before = Interlocked.CompareExchange(ref _references, seen + 1, seen);
            if (before == seen)
                return true;
            seen = before;
        }

        return false;
    }

    /// <summary>Takes a reference on behalf of somebody who has one.</summary>
    internal void Acquire()
    {
        bool alive = TryAcquire();
        Debug.Assert(alive, "only the holder of a reference may take another");
    }

    /// <summary>
    /// Gives a reference back. The last one destroys the object before this returns, unless the caller is itself destroying
    /// an object: then right after that. Must not be called with a lock held.
    /// </summary>
    internal void Release()
    {
        int left = Interlocked.Decrement(ref _references);
        Debug.Assert(left >= 0, "a reference was given back twice");
        if (left == 0)
            Burial.Bury(this);
    }

    /// <summary>Moves the object from INIT to ACTIVE, or for good to FAILED.</summary>
    /// <param name="caller">Whose call this is; null at boot.</param>
    internal GunyahError Activate(IEventActor? caller)
    {
        GunyahError error;
        lock (_header)
        {
            if (_state != ObjectState.Init)
                return GunyahError.ObjectState;
            error = OnActivate();
            _state = error == GunyahError.Ok ? ObjectState.Active : ObjectState.Failed;
        }

        if (Context.Events.Wants(EventKind.ObjectActivated))
            Context.Emit(caller, EventKind.ObjectActivated, new((ulong)Id, (ulong)Type, (uint)error));
        return error;
    }

    /// <summary>Called once, by the burial, with no reference left.</summary>
    internal void Destroy()
    {
        bool wasActive = _state == ObjectState.Active;
        _state = ObjectState.Destroying;
        if (wasActive)
            OnDeactivate();
        OnDestroy();
        Context.Objects.Unregister(this);
        if (Context.Events.Wants(EventKind.ObjectDestroyed))
            Context.Emit(null, EventKind.ObjectDestroyed, new((ulong)Id, (ulong)Type));
        if (_heap is not null)
        {
            _heap.Refund(_footprint);
            _heap.Leave();
        }
    }

    /// <summary>Holds off activation and other configuration while one call configures the object.</summary>
    /// <returns>A scope to dispose; ask <see cref="State"/> inside it.</returns>
    private protected Lock.Scope EnterConfiguration() => _header.EnterScope();

    /// <summary>The type's own activation; whatever it took before a failure it gives back itself.</summary>
    private protected abstract GunyahError OnActivate();

    /// <summary>Undoes a successful <see cref="OnActivate"/>.</summary>
    private protected virtual void OnDeactivate()
    {
    }

    /// <summary>Gives back what configuration took, in any state.</summary>
    private protected virtual void OnDestroy()
    {
    }
}
