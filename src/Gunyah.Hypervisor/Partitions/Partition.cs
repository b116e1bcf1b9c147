using System.Diagnostics;
using Gunyah.Abi;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.Partitions;

/// <summary>The memory that objects are made of. There is one, the root partition; guests cannot create others.</summary>
internal sealed class Partition(HypervisorContext context, ulong heap)
    : HypervisorObject(context, ObjectType.Partition, null, 0), IObjectHeap
{
    private readonly ulong _heap = heap;
    private ulong _used;

    /// <summary>Bytes in use.</summary>
    public ulong Used => Volatile.Read(ref _used);

    /// <summary>Takes memory, unless that much is not left.</summary>
    public bool TryCharge(ulong bytes)
    {
        ulong used = Volatile.Read(ref _used);
        while (bytes <= _heap - used)
        {
            ulong before = Interlocked.CompareExchange(ref _used, used + bytes, used);
            if (before == used)
                return true;
            used = before;
        }

        return false;
    }

    /// <summary>Gives memory back.</summary>
    public void Refund(ulong bytes)
    {
        ulong left = Interlocked.Add(ref _used, 0UL - bytes);
        Debug.Assert(left <= _heap, "more memory was given back than was taken");
    }

    void IObjectHeap.Enter() => Acquire();

    void IObjectHeap.Leave() => Release();

    private protected override GunyahError OnActivate() => GunyahError.Ok;
}
