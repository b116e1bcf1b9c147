using System.Diagnostics;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Interrupts;

/// <summary>
/// What a controller keeps for one vCPU: its private interrupts (the redistributor) and what it has enabled and taken (the
/// CPU interface). All of it is guarded by the controller's lock.
/// </summary>
internal sealed class VcpuInterface
{
    /// <summary>The priority when no interrupt is active: everything is more urgent.</summary>
    private const int Idle = 0x100;

    /// <summary>Active interrupts nest by strictly rising urgency, and five priority bits tell 32 levels apart.</summary>
    private const int DeepestNesting = 32;

    private readonly (uint Intid, byte Priority)[] _taken = new (uint, byte)[DeepestNesting];
    private int _takenCount;

    public VcpuInterface(Vcpu vcpu, int index)
    {
        Vcpu = vcpu;
        Index = index;
        for (int intid = 0; intid < InterruptIds.FirstPpi; intid++)
            Private[intid].IsEdge = true;
    }

    public Vcpu Vcpu { get; }

    public int Index { get; }

    public VirqState[] Private { get; } = new VirqState[InterruptIds.FirstSpi];

    /// <summary>Private interrupts that can be taken, one bit each.</summary>
    public uint Candidates { get; set; }

    public bool Group0 { get; set; }

    public bool Group1 { get; set; }

    public byte PriorityMask { get; set; }

    /// <summary>
    /// True while the vCPU waits for an interrupt. Whoever makes one deliverable sets it to false and wakes the vCPU, once.
    /// </summary>
    public bool IsWaiting { get; set; }

    /// <summary>An interrupt must be more urgent than this, that is have a smaller number.</summary>
    public int RunningPriority
    {
        get
        {
            int running = Idle;
            for (int i = 0; i < _takenCount; i++)
                running = Math.Min(running, _taken[i].Priority);
            return running;
        }
    }

    public void Take(uint intid, byte priority)
    {
        Debug.Assert(priority < RunningPriority, "only a more urgent interrupt is taken");
        _taken[_takenCount++] = (intid, priority);
    }

    /// <summary>Ends an interrupt that was taken here.</summary>
    public bool TryEnd(uint intid)
    {
        for (int i = _takenCount - 1; i >= 0; i--)
        {
            if (_taken[i].Intid != intid)
                continue;
            Array.Copy(_taken, i + 1, _taken, i, --_takenCount - i);
            return true;
        }

        return false;
    }

    /// <summary>The reset of a power-on: nothing enabled, nothing taken; what is pending stays.</summary>
    /// <returns>The interrupts that were active.</returns>
    public ReadOnlySpan<(uint Intid, byte Priority)> Reset()
    {
        ReadOnlySpan<(uint, byte)> taken = _taken.AsSpan(0, _takenCount);
        _takenCount = 0;
        Group0 = Group1 = false;
        PriorityMask = 0;
        return taken;
    }
}
