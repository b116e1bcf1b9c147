using System.Collections.Concurrent;
using Gunyah.Abi;

namespace Gunyah.Hypervisor.Objects;

/// <summary>Every living object.</summary>
internal sealed class ObjectRegistry
{
    private readonly ConcurrentDictionary<int, HypervisorObject> _living = new();
    private readonly int[] _counts = new int[Enum.GetValues<ObjectType>().Length];
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
}
