using System.Runtime.CompilerServices;
using Gunyah.Hypervisor.Vcpus;
using Gunyah.Machine.Scheduling;

namespace Gunyah.Machine.Platform;

/// <summary>The hypervisor's view of a scheduler.</summary>
internal sealed class MachinePlatform(IMachineScheduler scheduler) : IPlatform
{
    // A slot lives as long as its vCPU: a machine may create and destroy thousands of them.
    private readonly ConditionalWeakTable<VcpuThread, VcpuSlot> _slots = [];

    /// <inheritdoc/>
    public ulong Now => scheduler.Now;

    /// <inheritdoc/>
    public ulong NextRandom() => scheduler.NextRandom();

    /// <inheritdoc/>
    public void MakeRunnable(VcpuThread vcpu) => scheduler.MakeRunnable(SlotOf(vcpu));

    /// <inheritdoc/>
    public void SetTimer(VcpuThread vcpu, ulong deadline) => scheduler.SetTimer(SlotOf(vcpu), deadline);

    /// <inheritdoc/>
    public void CancelTimer(VcpuThread vcpu) => scheduler.CancelTimer(SlotOf(vcpu));

    /// <inheritdoc/>
    public void Advance(int steps) => scheduler.Advance(steps);

    private VcpuSlot SlotOf(VcpuThread vcpu) => _slots.GetValue(vcpu, static v => new Slot(v));

    private sealed class Slot(VcpuThread vcpu) : VcpuSlot
    {
        public override SliceEnd Run(int budget) => vcpu.Run(budget) == VcpuTurn.Runnable ? SliceEnd.Runnable : SliceEnd.Blocked;

        public override void TimerExpired() => vcpu.TimerExpired();
    }
}
