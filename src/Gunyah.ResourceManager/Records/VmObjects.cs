using System.Collections.Immutable;
using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;
using Gunyah.ResourceManager.Platform;

namespace Gunyah.ResourceManager.Records;

/// <summary>A vCPU of a VM.</summary>
/// <param name="Capability">Its capability in the Resource Manager's space.</param>
/// <param name="Label">What the owner's resource list calls it.</param>
/// <param name="OwnerCapability">Its capability in the owner's space, where the owner has one.</param>
/// <param name="OwnCapability">Its capability in the VM's own space, where the VM powers its vCPUs by hypercall.</param>
/// <param name="OwnerVirq">The owner's wake-up interrupt; null where the hypervisor schedules the vCPU.</param>
/// <param name="IsBoot">Whether the VM starts on it.</param>
internal sealed record VmVcpu(CapId Capability, uint Label, CapId? OwnerCapability, CapId? OwnCapability, uint? OwnerVirq,
    bool IsBoot);

/// <summary>How a VM's vCPUs manage their power (gunyah-rm.md 5.3).</summary>
internal enum PowerControl
{
    /// <summary>By hypercall; the VM has no PSCI.</summary>
    Hypercalls,

    /// <summary>By PSCI, which keeps the last vCPU on.</summary>
    Psci,

    /// <summary>By PSCI, with each vCPU for itself: its owner runs them, and sees when none is left.</summary>
    PsciWithoutAggregation,
}

/// <summary>The hypervisor objects that make a VM: its spaces, its interrupt controller, its power group and its vCPUs.</summary>
internal sealed class VmObjects
{
    /// <summary>Room for capabilities in a VM's own space.</summary>
    private const uint MaxCapabilities = 1024;

    /// <summary>Every shared interrupt that there is: numbers are given from 960 upward.</summary>
    private const uint SharedInterrupts = InterruptIds.LastSpi - InterruptIds.FirstSpi + 1;

    private VmObjects(ObjectLedger ledger, VirqPool virqs)
    {
        Ledger = ledger;
        Virqs = virqs;
    }

    public CapId CapabilitySpace { get; private set; }

    public CapId AddressSpace { get; private set; }

    public CapId Vic { get; private set; }

    /// <summary>What gives the VM PSCI; null where it has none.</summary>
    public CapId? PowerGroup { get; private set; }

    public ImmutableArray<VmVcpu> Vcpus { get; set; } = [];

    public VirqPool Virqs { get; }

    /// <summary>What gives all of it back, and whatever else must go last.</summary>
    public ObjectLedger Ledger { get; }

    /// <summary>Makes all but the vCPUs. On failure nothing is left.</summary>
    public static GunyahError Create(
        RootVm root, ushort vmid, uint vcpus, PowerControl power, VirqPool virqs, out VmObjects objects)
    {
        objects = new VmObjects(new ObjectLedger(root), virqs);
        GunyahError error = objects.CreateSpaces(root.Vcpu, vmid, vcpus);
        if (error == GunyahError.Ok && power != PowerControl.Hypercalls)
            error = objects.CreatePowerGroup(root.Vcpu, aggregates: power == PowerControl.Psci);
        if (error != GunyahError.Ok)
            objects.Ledger.Release();
        return error;
    }

    /// <summary>The Resource Manager's own objects, which others may only ask about.</summary>
    public static VmObjects OfRoot(RootVm root, VmVcpu vcpu) => new(new ObjectLedger(root), root.Virqs)
    {
        CapabilitySpace = root.Capabilities.CapabilitySpace,
        AddressSpace = root.Capabilities.AddressSpace,
        Vic = root.Capabilities.Vic,
        Vcpus = [vcpu],
    };

    /// <summary>Kills every vCPU. Killing one that is dead already does no harm.</summary>
    public void KillAll(IHypervisorPort port)
    {
        foreach (VmVcpu vcpu in Vcpus)
            port.VcpuKill(vcpu.Capability);
    }

    /// <summary>
    /// True while a vCPU is in its turn; one that answers busy and blocked was killed and waits for a run that may not come.
    /// </summary>
    public bool IsAnyVcpuRunning(IHypervisorPort port) =>
        Vcpus.Any(vcpu => port.VcpuRunCheck(vcpu.Capability, out VcpuRunResult result) == GunyahError.Busy
        && result.State == VcpuRunState.Ready);

    private GunyahError CreateSpaces(IVcpu port, ushort vmid, uint vcpus)
    {
        if (Ledger.Create(ObjectType.CapabilitySpace, out CapId space).Failed(out GunyahError error)
            || port.CapabilitySpaceConfigure(space, MaxCapabilities).Failed(out error)
            || port.Activate(space).Failed(out error)
            || Ledger.Create(ObjectType.AddressSpace, out CapId addresses).Failed(out error)
            || port.AddressSpaceConfigure(addresses, vmid).Failed(out error)
            || port.Activate(addresses).Failed(out error)
            || Ledger.Create(ObjectType.Vic, out CapId vic).Failed(out error)
            || port.VicConfigure(vic, vcpus, SharedInterrupts).Failed(out error)
            || port.Activate(vic).Failed(out error))
            return error;
        (CapabilitySpace, AddressSpace, Vic) = (space, addresses, vic);
        return GunyahError.Ok;
    }

    private GunyahError CreatePowerGroup(IVcpu port, bool aggregates)
    {
        if (Ledger.Create(ObjectType.VpmGroup, out CapId group).Failed(out GunyahError error)
            || (!aggregates && port.VpmGroupConfigure(group, noAggregation: true).Failed(out error))
            || port.Activate(group).Failed(out error))
            return error;
        PowerGroup = group;
        return GunyahError.Ok;
    }
}
