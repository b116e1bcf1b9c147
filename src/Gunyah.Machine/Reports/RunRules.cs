using System.Collections.Immutable;
using Devicetree.Text.Diagnostics;

namespace Gunyah.Machine.Reports;

/// <summary>Why a machine that was read well cannot be run, or did not end well; the ids are stable.</summary>
public static class RunRules
{
    /// <summary>The board leaves no room for the machine.</summary>
    public static readonly DiagnosticRule NoLayout = new("GM0101", "no-layout", Severity.Error, "the machine cannot be laid out over this devicetree: {0}");

    /// <summary>The images do not fit into the root VM's memory.</summary>
    public static readonly DiagnosticRule RootMemoryTooSmall = new("GM0102", "root-memory-too-small", Severity.Error, "the images do not fit into the root VM's {0} bytes: {1} bytes are missing", "make 'resource-manager: memory:' larger");

    /// <summary>The Resource Manager refused what it was given.</summary>
    public static readonly DiagnosticRule Refused = new("GM0103", "refused", Severity.Error, "the Resource Manager cannot start the primary VM: {0}");

    /// <summary>Nothing can run any more.</summary>
    public static readonly DiagnosticRule Deadlock = new("GM0104", "deadlock", Severity.Error, "nothing can run any more after {0} ms, and the primary VM has not finished", "the event file shows what each VM did last");

    /// <summary>The time-out passed.</summary>
    public static readonly DiagnosticRule TimedOut = new("GM0105", "timed-out", Severity.Error, "the machine did not finish in time", "give it more with --timeout");

    /// <summary>The user stopped it.</summary>
    public static readonly DiagnosticRule Stopped = new("GM0106", "stopped", Severity.Error, "the machine was stopped before it finished");

    /// <summary>A program reported a failure.</summary>
    public static readonly DiagnosticRule ProgramFailed = new("GM0107", "program-failed", Severity.Error, "'{0}' reports: {1}");

    /// <summary>A vCPU did what no guest may do.</summary>
    public static readonly DiagnosticRule VcpuFaulted = new("GM0108", "vcpu-faulted", Severity.Error, "{0}");

    /// <summary>Something is left of VMs that are gone.</summary>
    public static readonly DiagnosticRule LeftBehind = new("GM0109", "left-behind", Severity.Error, "{0}: {1} before the first VM was created, {2} at the end");

    /// <summary>The primary VM ended without a word.</summary>
    public static readonly DiagnosticRule NoResult = new("GM0110", "no-result", Severity.Error, "the primary VM ended and reported no result");

    /// <summary>A VM's memory is more than the primary VM can lend on this board.</summary>
    public static readonly DiagnosticRule NoRoomForVm = new("GM0111", "no-room-for-vm", Severity.Error, "'{0}' needs {1} bytes; of the {2} bytes that the primary VM has on this board it can lend {3}", "make the memory of '{0}' smaller, or that of 'primary:' larger where the first memory bank of the board has it");

    /// <summary>Every rule, by id.</summary>
    public static ImmutableArray<DiagnosticRule> All { get; } =
        [NoLayout, RootMemoryTooSmall, Refused, Deadlock, TimedOut, Stopped, ProgramFailed, VcpuFaulted, LeftBehind, NoResult, NoRoomForVm];
}
