using System.Collections.Immutable;
using Devicetree.Text.Diagnostics;

namespace Gunyah.Machine.Reports;

/// <summary>Why a machine that was read well cannot be run, or did not end well; the ids are stable.</summary>
internal static class RunRules
{
    /// <summary>The board leaves no room for the machine.</summary>
    public static readonly DiagnosticRule NoLayout =
        new("GM0101", "no-layout", Severity.Error, "the machine cannot be laid out over this devicetree: {0}")
        {
            WhatToDo = "Give the board larger banks of memory, or correct the 'reg' of those that it has.",
            Why = "The hypervisor, the Resource Manager and the primary VM take their memory out of the banks of the board, "
            + "and these have no room for them.",
            Example = "gunyah up --devicetree small.dts, a board with 1 MiB of RAM",
        };

    /// <summary>The images do not fit into the root VM's memory.</summary>
    public static readonly DiagnosticRule RootMemoryTooSmall = new("GM0102", "root-memory-too-small", Severity.Error,
        "the images do not fit into the root VM's {0} bytes: {1} bytes are missing", "Make 'resource-manager: memory:' larger.")
    {
        Why = "The root VM starts with its programs in memory; without room for them nothing starts.",
        Example = """
            vms:
              - name: echo
            resource-manager:
              memory: 2MiB # too little for the images of many VMs
            """,
    };

    /// <summary>The Resource Manager refused what it was given.</summary>
    public static readonly DiagnosticRule Refused =
        new("GM0103", "refused", Severity.Error, "the Resource Manager cannot start the primary VM: {0}")
        {
            WhatToDo = "Correct what the message names in the devicetree of the board.",
            Why = "The primary VM is the first one that runs, so nothing else would start either.",
            Example = """
            gunyah up --devicetree board.dts, a board whose interrupt controller the Resource Manager cannot use
            """,
        };

    /// <summary>Nothing can run any more.</summary>
    public static readonly DiagnosticRule Deadlock =
        new("GM0104", "deadlock", Severity.Error, "nothing can run any more after {0} ms, and the primary VM has not finished",
        "Look at the event file (--events): it shows what each VM did last.")
        {
            Why = "Every VM waits for another one or for an interrupt that nobody will raise.",
            Example = "A program on a VM that waits for a message, while its peer waits as well.",
        };

    /// <summary>The time-out passed.</summary>
    public static readonly DiagnosticRule TimedOut =
        new("GM0105", "timed-out", Severity.Error, "the machine did not finish in time", "Give it more with --timeout.")
        {
            Why = "A machine that never ends would hold up whoever waits for it, for instance a build.",
            Example = "gunyah up --timeout 1ms machine.yaml",
        };

    /// <summary>The user stopped it.</summary>
    public static readonly DiagnosticRule Stopped =
        new("GM0106", "stopped", Severity.Error, "the machine was stopped before it finished")
        {
            WhatToDo = "Run it again to its end.",
            Why = "What the report says stands for the part that was run.",
            Example = "Ctrl+C while 'gunyah up' runs.",
        };

    /// <summary>A program reported a failure.</summary>
    public static readonly DiagnosticRule ProgramFailed = new("GM0107", "program-failed", Severity.Error, "'{0}' reports: {1}")
    {
        WhatToDo = "Look at the events before the failure (--events).",
        Why = "What the machine was to show did not work; the events before the failure say where.",
        Example = "A peer that answers with other bytes than it was sent.",
    };

    /// <summary>A vCPU did what no guest may do.</summary>
    public static readonly DiagnosticRule VcpuFaulted = new("GM0108", "vcpu-faulted", Severity.Error, "{0}")
    {
        What = "A vCPU does nothing that no guest may do.",
        WhatToDo = "Correct the program on that VM.",
        Why = "The VM is stopped, because what it would do next cannot be trusted.",
        Example = "A program that reads an address that its VM does not have.",
    };

    /// <summary>Something is left of VMs that are gone.</summary>
    public static readonly DiagnosticRule LeftBehind =
        new("GM0109", "left-behind", Severity.Error, "{0}: {1} before the first VM was created, {2} at the end")
        {
            What = "Nothing is left of a VM that is gone.",
            WhatToDo = "Report this fault, with the machine file.",
            Why = "Objects that outlive their VMs use up memory or capabilities in every round, until a long run fails.",
            Example = "gunyah up machine.yaml, in a release of gunyah that does not give back the queues of a VM",
        };

    /// <summary>The primary VM ended without a word.</summary>
    public static readonly DiagnosticRule NoResult =
        new("GM0110", "no-result", Severity.Error, "the primary VM ended and reported no result")
        {
            WhatToDo = "Make the program on the primary VM report a result.",
            Why = "Whether the exchange worked is not known.",
            Example = "A program on the primary VM that returns without a report.",
        };

    /// <summary>A VM's memory is more than the primary VM can lend on this board.</summary>
    public static readonly DiagnosticRule NoRoomForVm =
        new("GM0111", "no-room-for-vm", Severity.Error,
        "'{0}' needs {1} bytes; of the {2} bytes that the primary VM has on this board it can lend {3}",
        "Make the memory of '{0}' smaller, or that of 'primary:' larger where the first memory bank of the board has it.")
        {
            Why = "The VM would be refused by the Resource Manager, in the middle of the run.",
            Example = "gunyah up --devicetree small.dts machine.yaml, where a VM asks for 512MiB and the board has 256 MiB",
        };

    /// <summary>Every rule, by id.</summary>
    public static ImmutableArray<DiagnosticRule> All { get; } =
        [NoLayout, RootMemoryTooSmall, Refused, Deadlock, TimedOut, Stopped, ProgramFailed, VcpuFaulted, LeftBehind, NoResult,
        NoRoomForVm];
}
