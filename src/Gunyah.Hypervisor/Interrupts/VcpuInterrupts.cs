using Gunyah.Abi.Vcpus;

namespace Gunyah.Hypervisor.Interrupts;

/// <summary>The typed face of a controller for the program on one vCPU.</summary>
internal sealed class VcpuInterrupts(Vic vic, VcpuInterface local) : IInterruptController
{
    /// <inheritdoc/>
    public void EnableDistributor(bool group0, bool group1) => vic.EnableGroups(group0, group1);

    /// <inheritdoc/>
    public void EnableCpuInterface(bool group0, bool group1) => vic.EnableGroups(local, group0, group1);

    /// <inheritdoc/>
    public void SetPriorityMask(byte mask) => vic.SetPriorityMask(local, mask);

    /// <inheritdoc/>
    public void SetEnabled(uint intid, bool enabled) => vic.SetEnabled(local, intid, enabled);

    /// <inheritdoc/>
    public void SetTrigger(uint intid, InterruptTrigger trigger) => vic.SetTrigger(local, intid, trigger);

    /// <inheritdoc/>
    public void SetGroup(uint intid, bool group1) => vic.SetGroup(local, intid, group1);

    /// <inheritdoc/>
    public void SetPriority(uint intid, byte priority) => vic.SetPriority(local, intid, priority);

    /// <inheritdoc/>
    public void SetRoute(uint intid, int vcpuIndex) => vic.SetRoute(local, intid, vcpuIndex);

    /// <inheritdoc/>
    public void SetPending(uint intid, bool pending) => vic.SetPending(local, intid, pending);

    /// <inheritdoc/>
    public void SendSoftwareInterrupt(uint intid, int vcpuIndex) => vic.SendSoftwareInterrupt(intid, vcpuIndex);

    /// <inheritdoc/>
    public uint Acknowledge() => vic.Acknowledge(local);

    /// <inheritdoc/>
    public void EndOfInterrupt(uint intid) => vic.EndOfInterrupt(local, intid);
}
