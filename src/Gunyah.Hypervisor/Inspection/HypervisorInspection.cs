using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Hypervisor.AddressSpaces;
using Gunyah.Hypervisor.CapabilitySpaces;
using Gunyah.Hypervisor.Interrupts;
using Gunyah.Hypervisor.Objects;
using Gunyah.Hypervisor.Partitions;

namespace Gunyah.Hypervisor.Inspection;

/// <summary>
/// A look at the hypervisor from the host; guests have no way here. Each answer is of one moment; while vCPUs run, two answers
/// may be of different moments.
/// </summary>
internal sealed class HypervisorInspection
{
    private readonly HypervisorContext _context;
    private readonly VmidTable _vmids;

    public HypervisorInspection(HypervisorContext context, VmidTable vmids) => (_context, _vmids) = (context, vmids);

    /// <summary>Living objects of every type.</summary>
    public int ObjectCount => _context.Objects.Living.Count();

    /// <summary>Used capability slots of every space, revoked ones included.</summary>
    public int CapabilityCount => Living<CapabilitySpace>().Sum(space => space.Used);

    /// <summary>Shared interrupts that have a source, of every controller.</summary>
    public int BoundInterrupts => Living<Vic>().Sum(vic => vic.BoundSources);

    /// <summary>Bytes of the root partition's heap in use.</summary>
    public ulong HeapUsed => Living<Partition>().Aggregate(0UL, (sum, partition) => sum + partition.Used);

    /// <summary>Living objects of one type.</summary>
    /// <param name="type">Not <see cref="ObjectType.Any"/>; that is <see cref="ObjectCount"/>.</param>
    public int CountObjects(ObjectType type) => _context.Objects.Count(type);

    /// <summary>Pages that a VM's address space maps; 0 for a VMID that nobody has.</summary>
    public ulong MappedPages(ushort vmid) => _vmids.Find(vmid)?.MappedPages ?? 0;

    /// <summary>The living message queues, by object number.</summary>
    public IReadOnlyList<MessageQueueStatistics> MessageQueues() =>
        [.. Living<ICountsMessages>().Select(queue => queue.Statistics).OrderBy(queue => queue.ObjectId)];

    /// <summary>Finds what a capability ID means to a VM.</summary>
    /// <param name="vmid">The VM.</param>
    /// <param name="cap">The number as the VM knows it.</param>
    /// <param name="objectId">The object's number.</param>
    /// <param name="type">The object's type.</param>
    /// <returns>False if the VM has no vCPU with a capability space or the number means nothing there.</returns>
    public bool TryResolve(ushort vmid, CapId cap, out int objectId, out ObjectType type)
    {
        objectId = 0;
        type = ObjectType.Any;
        foreach (IAddressSpaceUser user in _vmids.Find(vmid)?.Users() ?? [])
        {
            if (user is not ICapabilitySpaceUser { Space: { } space }
                || space.Resolve(cap, default, CapabilityLookup.AnyState, out var found) != GunyahError.Ok)
                continue;
            objectId = found!.Id;
            type = found.Type;
            found.Release();
            return true;
        }

        return false;
    }

    private IEnumerable<T> Living<T>() => _context.Objects.Living.OfType<T>();
}
