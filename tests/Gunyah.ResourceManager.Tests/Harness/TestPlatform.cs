using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.ResourceManager.Tests.Harness;

/// <summary>
/// One thread, a clock that stands still unless told, and vCPUs that run in the order in which they became runnable.
/// </summary>
internal sealed class TestPlatform(int seed) : IPlatform
{
    private readonly Random _random = new(seed);
    private readonly Queue<VcpuThread> _runnable = new();

    public ulong Now { get; private set; }

    public ulong NextRandom() => (ulong)_random.NextInt64(long.MinValue, long.MaxValue);

    public void MakeRunnable(VcpuThread vcpu)
    {
        if (!_runnable.Contains(vcpu))
            _runnable.Enqueue(vcpu);
    }

    public void SetTimer(VcpuThread vcpu, ulong deadline)
    {
        // No test waits for time.
    }

    public void Advance(int steps)
    {
    }

    public void CancelTimer(VcpuThread vcpu)
    {
        // No test waits for time.
    }

    /// <summary>Runs vCPUs until none has anything to do.</summary>
    public void RunUntilIdle()
    {
        const int tooLong = 1_000_000;
        for (int turn = 0; _runnable.TryDequeue(out VcpuThread? vcpu); turn++)
        {
            Assert.True(turn < tooLong, "the machine does not come to rest");
            if (vcpu.Run(1000) == VcpuTurn.Runnable)
                MakeRunnable(vcpu);
        }
    }
}
