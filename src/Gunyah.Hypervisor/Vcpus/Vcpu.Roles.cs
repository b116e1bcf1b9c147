using Gunyah.Abi;
using Gunyah.Hypervisor.AddressSpaces;
using Gunyah.Hypervisor.CapabilitySpaces;
using Gunyah.Hypervisor.Hypercalls;
using Gunyah.Hypervisor.Interrupts;
using Gunyah.Hypervisor.Memory;
using Gunyah.Hypervisor.Objects;
using Gunyah.Hypervisor.VpmGroups;

namespace Gunyah.Hypervisor.Vcpus;

/// <summary>The vCPU as each other room knows it.</summary>
public sealed partial class Vcpu : ICaller, ICapabilitySpaceUser, IAddressSpaceUser, IInterruptTarget, IGroupMember
{
    ICapabilityTable ICaller.Capabilities => Space;

    GuestMemory ICaller.Memory => Memory;

    GuestMemory IAddressSpaceUser.Memory => Memory;

    VpmGroup? IGroupMember.Group => _group;

    bool IGroupMember.IsOn => IsOn;

    bool IGroupMember.IsSuspended => IsSuspended;

    GunyahError ICapabilitySpaceUser.Attach(CapabilitySpace space) => Attach(space);

    GunyahError IAddressSpaceUser.Attach(AddressSpace space) => Attach(space);

    GunyahError IInterruptTarget.Attach(Vic vic, uint index) => Attach(vic, index);

    WakeUp IInterruptTarget.OnWoken() => OnWoken();

    GunyahError IGroupMember.Attach(VpmGroup group, uint index) => Attach(group, index);

    bool IGroupMember.TryAcquire() => TryAcquire();

    void IGroupMember.Release() => Release();

    GunyahError IGroupMember.PowerOn(IEventActor? caller, in VcpuStart start) => PowerOn(caller, start);

    GunyahError IGroupMember.PowerOffSelf(bool last) => PowerOffSelf(last);

    bool IGroupMember.TrySuspend(in VcpuSuspend suspend) => TrySuspend(suspend);

    void IGroupMember.StopSystem(VpmGroup group, SystemResetRequest? reset) => StopSystem(group, reset);

    GunyahError IGroupMember.Kill() => Kill();
}
