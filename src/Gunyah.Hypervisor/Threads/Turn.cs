namespace Gunyah.Hypervisor.Threads;

/// <summary>
/// Where and how long a thread runs: the CPU that it is bound to, and what its turn may spend on vCPUs that it runs inside
/// itself, by vcpu_run. Only whoever runs the thread begins and ends turns.
/// </summary>
internal sealed class Turn
{
    /// <summary>The affinity until somebody sets one.</summary>
    public const int AnyCpu = -1;

    /// <summary>How deep vcpu_run may nest. Each level is a stack frame of the host (docs/decisions/0203).</summary>
    private const int DeepestNesting = 8;

    /// <summary>What a caller outside any turn, a test for instance, may spend on nested runs.</summary>
    private const int DefaultBudget = 64;

    private readonly TurnBudget _own = new();
    private TurnBudget? _budget;
    private int _depth;
    private volatile int _cpu = AnyCpu;

    /// <summary>The affinity: a CPU, <see cref="AnyCpu"/>, or <see cref="Gunyah.Abi.Vcpus.VcpuLimits.NoCpu"/>.</summary>
    public int Cpu
    {
        get => _cpu;
        set => _cpu = value;
    }

    /// <summary>True if one more vCPU may be run inside this turn.</summary>
    public bool MayNest => _depth < DeepestNesting;

    /// <summary>A turn that the machine's scheduler gives.</summary>
    public void Begin(int steps)
    {
        _own.Refill(steps);
        _budget = _own;
    }

    /// <summary>A turn inside another, whose budget it shares.</summary>
    public void BeginInside(Turn outer)
    {
        _budget = outer._budget ?? outer.RefillOutside();
        _depth = outer._depth + 1;
    }

    /// <summary>The steps of a turn that began inside another.</summary>
    public int Grant() => (_budget ?? RefillOutside()).Grant();

    public void End()
    {
        _budget = null;
        _depth = 0;
    }

    private TurnBudget RefillOutside()
    {
        _own.Refill(DefaultBudget);
        return _own;
    }
}
