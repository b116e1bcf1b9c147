namespace Gunyah.ResourceManager.Records;

/// <summary>All VMs there are, by VMID.</summary>
internal sealed class VmRegistry
{
    private readonly SortedDictionary<ushort, VirtualMachine> _vms = [];

    public IEnumerable<VirtualMachine> All => _vms.Values;

    public VirtualMachine? Find(ushort vmid) => _vms.GetValueOrDefault(vmid);

    public void Add(VirtualMachine vm) => _vms.Add(vm.Vmid, vm);

    public void Remove(VirtualMachine vm) => _vms.Remove(vm.Vmid);

    /// <summary>Makes two VMs peers of each other.</summary>
    public static void Befriend(VirtualMachine one, VirtualMachine other)
    {
        if (!one.Peers.Contains(other.Vmid))
            one.Peers.Add(other.Vmid);
        if (!other.Peers.Contains(one.Vmid))
            other.Peers.Add(one.Vmid);
    }

    /// <summary>Ends every peer relation of a VM.</summary>
    public void ForgetPeers(VirtualMachine vm)
    {
        foreach (ushort peer in vm.Peers)
            Find(peer)?.Peers.Remove(vm.Vmid);
        vm.Peers.Clear();
    }
}
