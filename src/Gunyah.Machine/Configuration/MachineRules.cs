using System.Collections.Immutable;
using Devicetree.Text.Diagnostics;

namespace Gunyah.Machine.Configuration;

/// <summary>
/// What can be wrong with a machine file that is YAML; the ids are stable. GM0001 was what is no YAML: now rows of YamlRules.
/// </summary>
internal static class MachineRules
{
    /// <summary>The file holds nothing.</summary>
    public static readonly DiagnosticRule Empty =
        new("GM0002", "empty-file", Severity.Error, "the file describes no machine", "Write at least a list '{0}:'.")
        {
            Why = "There is no VM to run.",
            Example = "# nothing but a comment",
        };

    /// <summary>A key that is in no row.</summary>
    public static readonly DiagnosticRule UnknownKey = new("GM0003", "unknown-key", Severity.Error, "unknown key '{0}'", "{1}")
    {
        WhatToDo = "Correct the key, or remove it.",
        Why = "A misspelt key would leave its default in force, and the machine would run differently from what the "
            + "file seems to say.",
        Example = """
            vms:
              - name: echo
            colour: red
            """,
    };

    /// <summary>A key that stands twice in one group.</summary>
    public static readonly DiagnosticRule DuplicateKey =
        new("GM0004", "duplicate-key", Severity.Error, "the key '{0}' stands here a second time", "Remove one of them.")
        {
            Why = "One of the two values would be lost.",
            Example = """
            vms:
              - name: echo
            name: one
            name: two
            """,
        };

    /// <summary>A key without default is missing.</summary>
    public static readonly DiagnosticRule MissingKey =
        new("GM0005", "missing-key", Severity.Error, "the key '{0}' is missing", "Add it with {1}")
        {
            Why = "No default fits every machine here.",
            Example = "name: lab",
        };

    /// <summary>A group or a list stands where a value belongs, or the other way round.</summary>
    public static readonly DiagnosticRule WrongKind = new("GM0006", "wrong-kind", Severity.Error, "'{0}' is {1}", "Write {2}")
    {
        Why = "The value cannot be read as what the key means.",
        Example = "vms: three",
    };

    /// <summary>A value that cannot be read as what its key wants.</summary>
    public static readonly DiagnosticRule BadValue =
        new("GM0007", "bad-value", Severity.Error, "'{0}' cannot be {1}", "Write {2}")
        {
            Why = "A value that is guessed would run another machine than the one that was meant.",
            Example = """
            vms:
              - name: echo
            dialect: v7
            """,
        };

    /// <summary>A number, size or time outside its range.</summary>
    public static readonly DiagnosticRule OutOfRange = new("GM0008", "out-of-range", Severity.Error,
        "'{0}' is {1}, which is outside {2} to {3}", "Write a value from {2} to {3}")
    {
        Why = "The hypervisor or the Resource Manager would refuse the value later, or the machine would not fit into "
            + "the host.",
        Example = """
            vms:
              - name: echo
            rounds: 0
            """,
    };

    /// <summary>A size of memory that is not whole pages.</summary>
    public static readonly DiagnosticRule NotWholePages = new("GM0009", "not-whole-pages", Severity.Error,
        "'{0}' is {1} bytes, which are not whole pages", "Write a multiple of {2}")
    {
        Why = "Memory is given to VMs in whole pages of 4096 bytes.",
        Example = """
            vms:
              - name: echo
                memory: 300001
            """,
    };

    /// <summary>A name that two VMs have.</summary>
    public static readonly DiagnosticRule DuplicateName =
        new("GM0010", "duplicate-name", Severity.Error, "two VMs are called '{0}'", "Give each its own name.")
        {
            Why = "Reports and event files name VMs: nobody could tell which one is meant.",
            Example = """
            vms:
              - name: echo
              - name: echo
            """,
        };

    /// <summary>Messages larger than a queue takes.</summary>
    public static readonly DiagnosticRule MessageTooLarge = new("GM0011", "message-too-large", Severity.Error,
        "the exchange's messages have {0} bytes and this queue takes {1}", "Make one of them fit.")
    {
        Why = "Every send would fail, and the exchange would never end.",
        Example = """
            vms:
              - name: echo
                queue: {size: 100}
            exchange:
              size: 240
            """,
    };

    /// <summary>A program that nobody has registered.</summary>
    public static readonly DiagnosticRule UnknownProgram =
        new("GM0012", "unknown-program", Severity.Error, "there is no program '{0}'", "Choose one of these: {1}.")
        {
            Why = "There is nothing to run on the VM.",
            Example = """
            vms:
              - name: echo
                program: doom
            """,
        };

    /// <summary>A list with too few or too many entries.</summary>
    public static readonly DiagnosticRule BadCount =
        new("GM0013", "bad-count", Severity.Error, "'{0}' has {1} entries", "Write {2} to {3}")
        {
            Why = "The primary VM and the Resource Manager are made for a limited number of VMs, and none at all gives no "
            + "exchange.",
            Example = "vms: []",
        };

    /// <summary>VMs that do not fit into the memory they are lent from.</summary>
    public static readonly DiagnosticRule MemoryTooSmall =
        new("GM0014", "memory-too-small", Severity.Error,
        "this VM needs {0} bytes of the primary VM's {1}, which leaves too little for the primary VM",
        "Make 'primary: memory:' larger or this smaller.")
        {
            Why = "The memory of a VM is lent out of the primary VM's, which needs some itself.",
            Example = """
            vms:
              - name: echo
                memory: 64MiB
            """,
        };

    /// <summary>A name that reports and files give to something else.</summary>
    public static readonly DiagnosticRule ReservedName = new("GM0015", "reserved-name", Severity.Error,
        "no VM can be called '{0}': the name stands for {1}", "Choose another name.")
    {
        Why = "Reports and event files use the name for something else: nobody could tell which one is meant.",
        Example = """
            vms:
              - name: primary
            """,
    };

    /// <summary>A program and a kernel on one VM.</summary>
    public static readonly DiagnosticRule TwoImages = new("GM0016", "two-images", Severity.Error,
        "'{0}' and '{1}' both say what runs on this VM", "Remove one of them.")
    {
        Why = "A VM runs one image; the other one would be ignored.",
        Example = """
            primary:
              program: primary-example
              kernel: Image
            """,
    };

    /// <summary>A key that means something only together with another one.</summary>
    public static readonly DiagnosticRule NeedsKey = new("GM0017", "needs-key", Severity.Error,
        "'{0}' means nothing without '{1}'", "Add '{1}', or remove this.")
    {
        Why = "What the file says would have no effect.",
        Example = """
            primary:
              initrd: initrd.img
            vms:
              - name: echo
            """,
    };

    /// <summary>A key that means nothing for a device of its type.</summary>
    public static readonly DiagnosticRule NotOfType = new("GM0019", "not-of-type", Severity.Error,
        "'{0}' means nothing for a device of type '{1}'", "Remove it, or correct the type.")
    {
        Why = "What the file says would have no effect.",
        Example = """
            primary:
              kernel: Image
              devices:
                - type: entropy
                  file: disk.img
            """,
    };

    /// <summary>A key that means nothing together with another one.</summary>
    public static readonly DiagnosticRule NotWithKey = new("GM0018", "not-with-key", Severity.Error,
        "'{0}' is for the program '{1}', and the primary VM runs a kernel", "Remove it; the kernel creates VMs itself.")
    {
        Why = "What the file says would have no effect.",
        Example = """
            primary:
              kernel: Image
            rounds: 5
            """,
    };

    /// <summary>Every rule, by id.</summary>
    public static ImmutableArray<DiagnosticRule> All { get; } =
    [
        Empty, UnknownKey, DuplicateKey, MissingKey, WrongKind, BadValue, OutOfRange,
        NotWholePages, DuplicateName, MessageTooLarge, UnknownProgram, BadCount, MemoryTooSmall, ReservedName, TwoImages,
        NeedsKey, NotWithKey, NotOfType,
    ];
}
