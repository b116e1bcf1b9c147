using System.Diagnostics;
using System.Numerics;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Memory;

namespace Gunyah.Hypervisor.Interrupts;

/// <summary>
/// What a controller keeps for one vCPU: its private interrupts (the redistributor) and what it has enabled and taken (the
/// CPU interface). All of it is guarded by the controller's lock, but for the line.
/// </summary>
internal sealed class VcpuInterface
{
    /// <summary>The running priority when no interrupt is active: everything is more urgent.</summary>
    public const int Idle = 0x100;

    /// <summary>Five bits of priority, and all of them can tell groups of priorities apart.</summary>
    public const int PriorityBits = 5;

    /// <summary>The smallest binary points: all five bits are of the group. That of group 1 counts from one higher.</summary>
    public const byte SmallestBinaryPoint0 = 7 - PriorityBits;
    public const byte SmallestBinaryPoint1 = SmallestBinaryPoint0 + 1;
    private const int LargestBinaryPoint = 7;
    private const int PriorityShift = 8 - PriorityBits;

    private volatile bool _isLineOld = true;
    private InterruptLine _line;

    public VcpuInterface(IInterruptTarget vcpu, int index)
    {
        Vcpu = vcpu;
        Index = index;
        for (int intid = 0; intid < InterruptIds.FirstPpi; intid++)
            Private[intid].IsEdge = true;
    }

    public IInterruptTarget Vcpu { get; }

    public int Index { get; }

    public VirqState[] Private { get; } = new VirqState[InterruptIds.FirstSpi];

    /// <summary>Private interrupts that can be taken, one bit each.</summary>
    public uint Candidates { get; set; }

    public bool Group0 { get; set; }

    public bool Group1 { get; set; }

    public byte PriorityMask { get; set; }

    /// <summary>ICC_AP0R0_EL1 and ICC_AP1R0_EL1: the priorities of interrupts that are being handled, one bit each.</summary>
    public uint ActivePriorities0 { get; set; }

    /// <inheritdoc cref="ActivePriorities0"/>
    public uint ActivePriorities1 { get; set; }

    public byte BinaryPoint0 { get; private set; } = SmallestBinaryPoint0;

    /// <summary>As it is kept; <see cref="BinaryPoint1"/> is what counts and what is read.</summary>
    private byte OwnBinaryPoint1 { get; set; } = SmallestBinaryPoint1;

    public byte BinaryPoint1 =>
        CommonBinaryPoint ? (byte)Math.Min(BinaryPoint0 + 1, LargestBinaryPoint) : OwnBinaryPoint1;

    /// <summary>ICC_CTLR_EL1.EOImode: an end of interrupt drops the priority and does not deactivate.</summary>
    public bool EndOnlyDrops { get; set; }

    /// <summary>ICC_CTLR_EL1.CBPR: both groups have the binary point of group 0.</summary>
    public bool CommonBinaryPoint { get; set; }

    /// <summary>Where its GICR was placed, if it was.</summary>
    public VirtualDevice? Frame { get; set; }

    /// <summary>GICR_TYPER.Last, where that was told with the place.</summary>
    public bool? IsLast { get; set; }

    /// <summary>How many interrupts are active that this vCPU acknowledged.</summary>
    public int TakenCount { get; private set; }

    /// <summary>GICR_WAKER.ProcessorSleep.</summary>
    public bool IsAsleep { get; set; } = true;

    /// <summary>GICR_STATUSR.</summary>
    public uint Status { get; set; }

    /// <summary>
    /// True while the vCPU waits for an interrupt. Whoever makes one deliverable sets it to false and wakes the vCPU, once.
    /// </summary>
    public bool IsWaiting { get; set; }

    /// <summary>An interrupt must be more urgent than this, that is have a smaller number.</summary>
    public int RunningPriority
    {
        get
        {
            uint active = ActivePriorities0 | ActivePriorities1;
            return active == 0 ? Idle : BitOperations.TrailingZeroCount(active) << PriorityShift;
        }
    }

    /// <summary>The line, if nothing that may change it happened since it was worked out last.</summary>
    public bool TryGetLine(out InterruptLine line)
    {
        line = _line;
        return !_isLineOld;
    }

    /// <summary>Something changed that the line may depend on.</summary>
    public void AgeLine() => _isLineOld = true;

    /// <summary>Sets the line. Only its own vCPU works it out, with the controller's lock held.</summary>
    public void KeepLine(InterruptLine line)
    {
        _line = line;
        _isLineOld = false;
    }

    public void SetBinaryPoint0(ulong value) => BinaryPoint0 = (byte)Math.Max(value & LargestBinaryPoint, SmallestBinaryPoint0);

    public void SetBinaryPoint1(ulong value)
    {
        if (!CommonBinaryPoint)
            OwnBinaryPoint1 = (byte)Math.Max(value & LargestBinaryPoint, SmallestBinaryPoint1);
    }

    /// <summary>The bits of a priority that decide whether it preempts.</summary>
    public byte GroupPriority(byte priority, bool group1) =>
        (byte)(priority & (-1 << (group1 && !CommonBinaryPoint ? OwnBinaryPoint1 : BinaryPoint0 + 1)));

    public void Take(ref VirqState state)
    {
        byte groupPriority = GroupPriority(state.Priority, state.Group1);
        Debug.Assert(groupPriority < RunningPriority, "only a more urgent interrupt is taken");
        state.Taken = new((byte)(Index + 1), groupPriority, state.Group1, IsDropped: false);
        TakenCount++;
        uint bit = BitOf(groupPriority);
        if (state.Group1)
            ActivePriorities1 |= bit;
        else
            ActivePriorities0 |= bit;
    }

    /// <summary>Drops the priority of an interrupt that was taken here, unless that was done.</summary>
    public void Drop(ref VirqState state)
    {
        ActiveInterrupt taken = state.Taken;
        if (taken.IsDropped)
            return;
        state.Taken = taken with { IsDropped = true };
        uint others = ~BitOf(taken.GroupPriority);
        if (taken.Group1)
            ActivePriorities1 &= others;
        else
            ActivePriorities0 &= others;
    }

    /// <summary>An interrupt that was taken here is active no longer.</summary>
    public void Forget(ref VirqState state)
    {
        Drop(ref state);
        state.Taken = default;
        TakenCount--;
    }

    /// <summary>The reset of a power-on: nothing enabled, no priority active; what is pending stays.</summary>
    public void Reset()
    {
        Debug.Assert(TakenCount == 0, "the controller has deactivated what was taken");
        ActivePriorities0 = ActivePriorities1 = 0;
        Group0 = Group1 = false;
        PriorityMask = 0;
        EndOnlyDrops = CommonBinaryPoint = false;
        BinaryPoint0 = SmallestBinaryPoint0;
        OwnBinaryPoint1 = SmallestBinaryPoint1;
        IsAsleep = true;
        AgeLine();
    }

    private static uint BitOf(byte groupPriority) => 1u << (groupPriority >> PriorityShift);
}
