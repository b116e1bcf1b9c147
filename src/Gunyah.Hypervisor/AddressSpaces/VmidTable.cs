namespace Gunyah.Hypervisor.AddressSpaces;

/// <summary>Which address space has which VMID. Number 0 is the hypervisor's own.</summary>
internal sealed class VmidTable
{
    public const int Count = 256;

    private readonly AddressSpace?[] _spaces = new AddressSpace?[Count];
    private AddressSpace? _hlos;

    public AddressSpace? Find(ushort vmid) => vmid < Count ? Volatile.Read(ref _spaces[vmid]) : null;

    /// <summary>Takes a VMID unless it is in use or reserved.</summary>
    public bool TryTake(ushort vmid, AddressSpace space) =>
        vmid is > 0 and < Count && Interlocked.CompareExchange(ref _spaces[vmid], space, null) is null;

    /// <summary>Makes the VM the one whose vCPUs may have the HLOS option.</summary>
    /// <returns>False if another VM is that already.</returns>
    public bool TryTakeHlos(AddressSpace space)
    {
        AddressSpace? before = Interlocked.CompareExchange(ref _hlos, space, null);
        return before is null || before == space;
    }

    public void Free(AddressSpace space)
    {
        Interlocked.CompareExchange(ref _spaces[space.Vmid], null, space);
        Interlocked.CompareExchange(ref _hlos, null, space);
    }
}
