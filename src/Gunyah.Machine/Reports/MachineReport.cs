using System.Collections.Immutable;
using Gunyah.Abi.Rpc;

namespace Gunyah.Machine.Reports;

/// <summary>How a run ended.</summary>
public enum MachineEnd
{
    /// <summary>The primary VM finished and everything came to rest.</summary>
    Completed,

    /// <summary>The machine could not be started, or the Resource Manager refused what it was given.</summary>
    Refused,

    /// <summary>Nothing could run any more although the primary VM had not finished.</summary>
    Deadlock,

    /// <summary>The time-out passed.</summary>
    TimedOut,

    /// <summary>The user stopped it.</summary>
    Stopped,
}

/// <summary>What a program of a machine had to report at its end.</summary>
/// <param name="Vmid">The VM's number at that time.</param>
/// <param name="Vm">The VM's name.</param>
/// <param name="Code">0 for good.</param>
/// <param name="Value">A number that goes with it.</param>
/// <param name="Text">What happened, for people.</param>
public sealed record ProgramResult(ushort Vmid, string Vm, ulong Code, ulong Value, string Text);

/// <summary>A VM and what became of it; one that is created in several rounds is one row.</summary>
/// <param name="Name">Its name: <c>primary</c>, or that of the machine file.</param>
/// <param name="Vmid">Its last number; null for one that was never made.</param>
/// <param name="State">Its last state, <see cref="GivenBack"/> or <see cref="NotCreated"/>.</param>
/// <param name="Starts">How often it was running.</param>
/// <param name="Faults">How many of its vCPUs did what no guest may do.</param>
public sealed record VmReport(string Name, ushort? Vmid, string State, int Starts, int Faults)
{
    /// <summary>The state of a VM that ended, was reset and whose number and memory are with their owners again.</summary>
    public const string GivenBack = "GivenBack";

    /// <summary>The state of a VM of the machine file that the run did not come to.</summary>
    public const string NotCreated = "NotCreated";
}

/// <summary>A message queue and what went through it; queues of one name, from several rounds, are one row.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Queues">How many queues had that name.</param>
/// <param name="Sent">Messages accepted.</param>
/// <param name="Received">Messages taken out.</param>
/// <param name="Full">How often a sender met it full.</param>
public sealed record QueueReport(string Name, int Queues, ulong Sent, ulong Received, ulong Full);

/// <summary>A kind of thing of which there was more at the end than before the first VM was created.</summary>
/// <param name="What">The kind.</param>
/// <param name="Before">How many there were.</param>
/// <param name="After">How many there are.</param>
public sealed record LeftOver(string What, long Before, long After);

/// <summary>The closing account of a run.</summary>
public sealed record MachineReport
{
    /// <summary>The machine's name.</summary>
    public required string Name { get; init; }

    /// <summary>The seed of a deterministic machine.</summary>
    public required ulong? Seed { get; init; }

    /// <summary>How it ended.</summary>
    public required MachineEnd End { get; init; }

    /// <summary>The machine's time at the end in nanoseconds.</summary>
    public required ulong Time { get; init; }

    /// <summary>True where the primary VM ran a kernel, which reports nothing: how it ended is its result.</summary>
    public bool RunsKernel { get; init; }

    /// <summary>How the primary VM ended; null where it did not.</summary>
    public VmExitType? PrimaryExit { get; init; }

    /// <summary>What the programs reported.</summary>
    public ImmutableArray<ProgramResult> Results { get; init; } = [];

    /// <summary>What stopped vCPUs that did what no guest may do.</summary>
    public ImmutableArray<string> Faults { get; init; } = [];

    /// <summary>The VMs: the primary one, those of the machine file in its order, and any others as they appeared.</summary>
    public ImmutableArray<VmReport> Vms { get; init; } = [];

    /// <summary>The queues in the order in which they appeared.</summary>
    public ImmutableArray<QueueReport> Queues { get; init; } = [];

    /// <summary>
    /// What the VMs left behind; empty for nothing. Null where it is not known, because the run did not complete.
    /// </summary>
    public ImmutableArray<LeftOver>? LeftOvers { get; init; }

    /// <summary>
    /// True where the run completed, every program reported well, or the kernel powered off, no vCPU faulted and nothing was left
    /// behind.
    /// </summary>
    public bool IsGood =>
        End == MachineEnd.Completed
        && (RunsKernel ? PrimaryExit == VmExitType.PlatformOff : !Results.IsEmpty)
        && Results.All(static result => result.Code == 0)
        && Faults.IsEmpty
        && LeftOvers is { IsEmpty: true };
}
