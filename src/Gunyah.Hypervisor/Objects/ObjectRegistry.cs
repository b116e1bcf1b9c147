using System.Collections.Concurrent;
using Gunyah.Abi;

namespace Gunyah.Hypervisor.Objects;

/// <summary>Every living object, and the end of the dead ones.</summary>
internal sealed class ObjectRegistry
{
    private readonly ConcurrentDictionary<int, HypervisorObject> _living = new();
    private readonly int[] _counts = new int[Enum.GetValues<ObjectType>().Length];

    /// <summary>
    /// Objects without references that wait for their end. Ends are taken in turn and never inside one another: a chain of
    /// spaces that hold each other's last capability must not become a chain of stack frames.
    /// </summary>
    private readonly ConcurrentQueue<HypervisorObject> _dead = new();
    private readonly Lock _burial = new();
    private int _lastId;

    public IEnumerable<HypervisorObject> Living => _living.Values;

    public int Count(ObjectType type) => Volatile.Read(ref _counts[(int)type]);

    public int Register(HypervisorObject added)
    {
        int id = Interlocked.Increment(ref _lastId);
        _living[id] = added;
        Interlocked.Increment(ref _counts[(int)added.Type]);
        return id;
    }

    public void Unregister(HypervisorObject removed)
    {
        if (_living.TryRemove(removed.Id, out _))
            Interlocked.Decrement(ref _counts[(int)removed.Type]);
    }

    public void Bury(HypervisorObject dead)
    {
        _dead.Enqueue(dead);
        if (_burial.IsHeldByCurrentThread)
            return;

        lock (_burial)
        {
            while (_dead.TryDequeue(out HypervisorObject? next))
                next.Destroy();
        }
    }
}
