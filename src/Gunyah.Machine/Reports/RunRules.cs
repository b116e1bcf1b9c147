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

    /// <summary>A kernel file that is none, or that does not fit.</summary>
    public static readonly DiagnosticRule BadKernel =
        new("GM0112", "bad-kernel", Severity.Error, "the kernel '{0}' cannot be used: {1}")
        {
            WhatToDo = "Give it the arm64 Image of the kernel, or an ELF file linked for the VM's memory. Where it does not fit, "
                + "give the VM more memory.",
            Why = "What cannot be put where it is to run would run as something else, or not at all.",
            Example = "gunyah linux vmlinux, an ELF file that is linked for virtual addresses; arch/arm64/boot/Image is what boots",
        };

    /// <summary>The ramdisk does not fit beside the kernel.</summary>
    public static readonly DiagnosticRule NoRoomForRamdisk = new("GM0113", "no-room-for-ramdisk", Severity.Error,
        "the ramdisk of {0} bytes does not fit beside the kernel, which takes {1} of the primary VM's {2} bytes",
        "Give the VM more memory.")
    {
        Why = "The kernel would find half of its ramdisk.",
        Example = "gunyah linux Image --initrd large.img --memory 64MiB",
    };

    /// <summary>The primary VM's kernel ended otherwise than by power-off.</summary>
    public static readonly DiagnosticRule EndedBadly =
        new("GM0114", "ended-badly", Severity.Error, "the primary VM's kernel did not power off: {0}",
            "Look at the last lines of its console.")
        {
            Why = "A kernel that is done powers off; one that panics resets the machine.",
            Example = "gunyah linux Image, without a root file system: the kernel panics, and resets the VM",
        };

    /// <summary>The primary VM's kernel said so.</summary>
    public static readonly DiagnosticRule KernelPanic = new("GM0115", "kernel-panic", Severity.Error, "the kernel reports: {0}")
    {
        WhatToDo = "Look at the lines of its console before that.",
        What = "The primary VM's kernel reports no panic.",
        Why = "A kernel that panics does nothing any more; the lines of its console before that say what it met.",
        Example = "gunyah linux Image, without a root file system",
    };

    /// <summary>A device that the machine file adds has no place on the board.</summary>
    public static readonly DiagnosticRule NoPlaceForDevice = new("GM0116", "no-place-for-device", Severity.Error,
        "the board cannot have another device: {0}", "Remove the devices, or give the machine another board.")
    {
        Why = "A device needs a node with an address and an interrupt, or the kernel does not find it.",
        Example = "gunyah up with 'devices:' and a board whose interrupt controller is no GICv3",
    };

    /// <summary>Every rule, by id.</summary>
    public static ImmutableArray<DiagnosticRule> All { get; } =
        [NoLayout, RootMemoryTooSmall, Refused, Deadlock, TimedOut, Stopped, ProgramFailed, VcpuFaulted, LeftBehind, NoResult,
        NoRoomForVm, BadKernel, NoRoomForRamdisk, EndedBadly, KernelPanic, NoPlaceForDevice];
}
