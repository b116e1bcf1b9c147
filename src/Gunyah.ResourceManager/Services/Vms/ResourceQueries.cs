using Gunyah.Abi.Rpc;
using Gunyah.ResourceManager.Configuration;
using Gunyah.ResourceManager.Records;

namespace Gunyah.ResourceManager.Services.Vms;

/// <summary>VM_GET_HYP_RESOURCES: what a VM shares with another (gunyah-rm.md 6).</summary>
internal sealed class ResourceQueries(VmRegistry vms)
{
    /// <summary>
    /// Lists the vCPUs of the asked VM for its owner, then every vdevice between the two, as the caller sees it.
    /// </summary>
    public RpcAnswer List(VirtualMachine caller, in VmidRequest request)
    {
        if (vms.Find(request.Vmid) is not VirtualMachine asked)
            return RmError.ArgumentInvalid;
        bool isConfigured = asked.Image is not null || asked.Vmid is Vmids.Primary or Vmids.ResourceManager;
        if (!isConfigured)
            return RmError.NoResource;

        var resources = new List<HypervisorResource>();
        // The primary VM may ask for the Resource Manager's vCPU although it does not own it.
        bool seesVcpus = asked.Owner == caller.Vmid || (asked.Vmid == Vmids.ResourceManager && caller.IsPrimary);
        if (seesVcpus && asked.Objects is VmObjects objects)
        {
            foreach (VmVcpu vcpu in objects.Vcpus)
            {
                if (vcpu.OwnerCapability is { } capability)
                    resources.Add(Resource(new(ResourceType.VirtualCpu, capability, vcpu.OwnerVirq ?? HypervisorResource.NoVirq),
                        0, vcpu.Label));
            }
        }
        foreach (Vdevice vdevice in caller.Vdevices.Where(vdevice => vdevice.Peer == asked.Vmid))
            Add(resources, asked.Vmid, vdevice, vdevice.VmEnds);
        foreach (Vdevice vdevice in asked.Vdevices.Where(vdevice => vdevice.Peer == caller.Vmid))
            Add(resources, asked.Vmid, vdevice, vdevice.PeerEnds);
        return RpcAnswer.With(new HypervisorResourcesReply(resources.ToArray()));
    }

    private static void Add(List<HypervisorResource> resources, ushort partner, Vdevice vdevice, IEnumerable<Endpoint> ends)
    {
        if (vdevice.Configuration is RpcLinkConfiguration)
            return;
        foreach (Endpoint end in ends)
            resources.Add(Resource(end, partner, vdevice.Configuration.Common.Label));
    }

    private static HypervisorResource Resource(Endpoint end, ushort partner, uint label) =>
        new(end.Type, partner, 0, label, end.Capability.Value, 0, end.Virq, 0, 0);
}
