using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.Vcpus;

/// <summary>
/// What the hypervisor needs from the machine under it: time, entropy, a scheduler and timers. Its members are called from
/// the threads that run vCPUs, with hypervisor locks held: they must be safe for that and must not call back.
/// </summary>
public interface IPlatform : ITimeAndEntropy
{
    /// <summary>
    /// Tells that a vCPU has something to do, so that <see cref="VcpuThread.Run"/> must be called (again). May arrive while that
    /// vCPU is being run; then it must be run once more after that.
    /// </summary>
    void MakeRunnable(VcpuThread vcpu);

    /// <summary>
    /// Asks for <see cref="VcpuThread.TimerExpired"/> at a time on the <see cref="ITimeAndEntropy.Now"/> scale; replaces an
    /// earlier request.
    /// </summary>
    void SetTimer(VcpuThread vcpu, ulong deadline);

    /// <summary>
    /// Tells that the vCPU which runs on this thread took steps, in the middle of its turn; comes with no lock held, and may lead
    /// to <see cref="VcpuThread.TimerExpired"/> of any vCPU.
    /// </summary>
    /// <param name="steps">How many since this was told last.</param>
    void Advance(int steps);

    /// <summary>Withdraws the request of <see cref="SetTimer"/>, if there is one.</summary>
    void CancelTimer(VcpuThread vcpu);
}
