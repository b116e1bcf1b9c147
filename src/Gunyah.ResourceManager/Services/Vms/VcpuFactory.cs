using System.Collections.Immutable;
using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;
using Gunyah.ResourceManager.Configuration;
using Gunyah.ResourceManager.Platform;
using Gunyah.ResourceManager.Records;

namespace Gunyah.ResourceManager.Services.Vms;

/// <summary>Makes the vCPUs of VMs (gunyah-rm.md 5.5).</summary>
/// <param name="root">The Resource Manager.</param>
/// <param name="halted">Called when a vCPU of a VM faulted or ended its VM, with its capability.</param>
internal sealed class VcpuFactory(RootVm root, Action<VirtualMachine, CapId> halted)
{
    /// <summary>The shortest time slice that both profiles of the hypervisor take: 1 ms.</summary>
    private const ulong ShortestTimeslice = 1_000_000;

    /// <summary>Makes the primary VM's vCPUs, scheduled by the hypervisor like the Resource Manager's own.</summary>
    public GunyahError CreateForPrimary(VirtualMachine vm, VmObjects objects, int count)
    {
        var vcpus = ImmutableArray.CreateBuilder<VmVcpu>(count);
        for (int index = 0; index < count; index++)
        {
            GunyahError error = Create(
                vm, objects, (uint)index, VcpuOptions.HlosVm, vcpu => root.Vcpu.VcpuSetAffinity(vcpu, (ushort)index),
                out CapId vcpu);
            if (error != GunyahError.Ok)
                return error;
            vcpus.Add(new(vcpu, (uint)index, OwnerCapability: null, OwnCapability: null, OwnerVirq: null, IsBoot: index == 0));
        }
        objects.Vcpus = vcpus.ToImmutable();
        return GunyahError.Ok;
    }

    /// <summary>Makes a secondary VM's vCPUs as its configuration asks.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="objects">Its other objects.</param>
    /// <param name="owner">The owner, who gets a capability for each vCPU.</param>
    /// <param name="configuration">What is asked for.</param>
    public GunyahError CreateForSecondary(VirtualMachine vm, VmObjects objects, VmObjects owner, VcpuConfiguration configuration)
    {
        bool isProxy = configuration.Affinity == VcpuAffinity.Proxy;
        VcpuOptions options = isProxy ? VcpuOptions.VcpuRunScheduled
            : configuration.Affinity == VcpuAffinity.Pinned ? VcpuOptions.Pinned
            : VcpuOptions.None;
        var vcpus = ImmutableArray.CreateBuilder<VmVcpu>(configuration.Cpus.Length);
        for (int index = 0; index < configuration.Cpus.Length; index++)
        {
            uint label = isProxy ? (uint)index : configuration.AffinityMap[index];
            uint? wakeUp = null;
            CapId? own = null;
            if (Create(vm, objects, (uint)index, options, vcpu => SetScheduling(vcpu, configuration, label), out CapId vcpu)
                .Failed(out GunyahError error)
                || objects.Ledger.Grant(vcpu, owner.CapabilitySpace, ThreadRights.Affinity | ThreadRights.YieldTo, out CapId copy)
                .Failed(out error)
                || (isProxy && BindWakeUp(vcpu, objects.Ledger, owner, out wakeUp).Failed(out error))
                || (!configuration.UsesPsci && GrantPower(vcpu, objects, out own).Failed(out error)))
                return error;
            vcpus.Add(new(vcpu, label, copy, own, wakeUp, configuration.Cpus[index].IsBoot));
        }
        objects.Vcpus = vcpus.ToImmutable();
        return GunyahError.Ok;
    }

    private static GunyahError GrantPower(CapId vcpu, VmObjects vm, out CapId? own)
    {
        GunyahError error = vm.Ledger.Grant(vcpu, vm.CapabilitySpace, ThreadRights.Power, out CapId copy);
        own = copy;
        return error;
    }

    private static GunyahError BindWakeUp(CapId vcpu, ObjectLedger ledger, VmObjects owner, out uint? virq)
    {
        virq = null;
        if (ledger.TakeVirq(owner.Virqs, out uint taken).Failed(out GunyahError error))
            return error;
        virq = taken;
        return ledger.BindVcpu(vcpu, owner.Vic, taken, VcpuVirqType.RunWakeup);
    }

    private GunyahError Create(
        VirtualMachine vm, VmObjects objects, uint index, VcpuOptions options, Func<CapId, GunyahError> schedule, out CapId vcpu)
    {
        IVcpu port = root.Vcpu;
        if (objects.Ledger.Create(ObjectType.Thread, out vcpu).Failed(out GunyahError error)
            || port.VcpuConfigure(vcpu, options).Failed(out error)
            || schedule(vcpu).Failed(out error)
            || port.CapabilitySpaceAttach(objects.CapabilitySpace, vcpu).Failed(out error)
            || port.AddressSpaceAttach(objects.AddressSpace, vcpu).Failed(out error)
            || port.VicAttach(objects.Vic, vcpu, index).Failed(out error)
            || (objects.PowerGroup is { } group && port.VpmGroupAttach(group, vcpu, index).Failed(out error))
            || port.Activate(vcpu).Failed(out error))
            return error;

        // A vCPU that nobody has a capability for any more must not go on running.
        CapId created = vcpu;
        objects.Ledger.WillUndo(() => port.VcpuKill(created));
        if (objects.Ledger.TakeVirq(root.Virqs, out uint virq).Failed(out error)
            || objects.Ledger.BindVcpu(vcpu, root.Capabilities.Vic, virq, VcpuVirqType.Halt).Failed(out error))
            return error;
        objects.Ledger.Listen(virq, () => halted(vm, created));
        return GunyahError.Ok;
    }

    /// <summary>
    /// A proxy-scheduled vCPU counts for nothing of its own; any other must come after its owner's, so that the owner can
    /// always stop it.
    /// </summary>
    private GunyahError SetScheduling(CapId vcpu, VcpuConfiguration configuration, uint cpu)
    {
        const ulong nanosecondsPerMicrosecond = 1000;
        bool isProxy = configuration.Affinity == VcpuAffinity.Proxy;
        long priority = isProxy ? 0 : VcpuLimits.DefaultPriority + (long)configuration.Priority;
        if (priority is < 0 or >= VcpuLimits.DefaultPriority || cpu >= VcpuLimits.NoCpu)
            return GunyahError.ArgumentInvalid;
        ulong timeslice = isProxy ? ShortestTimeslice : configuration.TimesliceMicroseconds * nanosecondsPerMicrosecond;
        if (root.Vcpu.VcpuSetPriority(vcpu, (uint)priority).Failed(out GunyahError error)
            || root.Vcpu.VcpuSetTimeslice(vcpu, timeslice).Failed(out error))
            return error;
        return isProxy ? GunyahError.Ok : root.Vcpu.VcpuSetAffinity(vcpu, (ushort)cpu);
    }
}
