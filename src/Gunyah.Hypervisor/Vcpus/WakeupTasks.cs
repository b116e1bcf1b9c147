using System.Collections.Concurrent;

namespace Gunyah.Hypervisor.Vcpus;

/// <summary>
/// Wake-up interrupts to raise (gunyah-abi.md 4.8). They are raised one after the other and never inside one
/// another: raising one may wake a vCPU that is itself proxy-scheduled, and so on as long as a guest cares to build the chain.
/// </summary>
internal sealed class WakeupTasks
{
    private readonly ConcurrentQueue<Vcpu> _waiting = new();
    private int _draining;

    public void Schedule(Vcpu vcpu)
    {
        _waiting.Enqueue(vcpu);
        while (!_waiting.IsEmpty && Interlocked.Exchange(ref _draining, 1) == 0)
        {
            while (_waiting.TryDequeue(out Vcpu? next))
                next.WakeupSource.AssertEdge();
            Volatile.Write(ref _draining, 0);
        }
    }
}
