using System.Collections.Immutable;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Machine.Configuration;

/// <summary>How the value of a key is written.</summary>
internal enum MachineKeyKind
{
    /// <summary>A text of 1 to 64 characters.</summary>
    Text,

    /// <summary>A name: 1 to 32 lower-case letters, digits and hyphens, a letter first.</summary>
    Name,

    /// <summary>One of the words of the key's row.</summary>
    Word,

    /// <summary>A whole number, decimal or 0x…; decimal ones may hold underscores.</summary>
    Number,

    /// <summary>A number of bytes, with KiB, MiB or GiB if wanted.</summary>
    Size,

    /// <summary>A time: a number with ns, us, ms or s.</summary>
    Duration,

    /// <summary>A file, relative to the machine file's directory.</summary>
    File,

    /// <summary>A group of keys: the section of the same name.</summary>
    Group,

    /// <summary>A list of groups.</summary>
    List,
}

/// <summary>
/// The one declaration of a key of machine files. The reader, its diagnostics and docs/machine-file.md all take it from here.
/// </summary>
/// <param name="Section">The group it belongs to: empty for the top level.</param>
/// <param name="Name">The key.</param>
/// <param name="Kind">How its value is written.</param>
/// <param name="Default">What holds where the key is absent, as it would be written; null for a key that must be there.</param>
/// <param name="Meaning">What it is for.</param>
/// <param name="Minimum">The smallest number, size or time (in ns).</param>
/// <param name="Maximum">The largest.</param>
internal sealed record MachineKey(
    string Section, string Name, MachineKeyKind Kind, string? Default, string Meaning, ulong Minimum = 0,
    ulong Maximum = ulong.MaxValue)
{
    /// <summary>The words that a value of kind <see cref="MachineKeyKind.Word"/> may be.</summary>
    public ImmutableArray<string> Words { get; init; } = [];
}

/// <summary>Every key, one row each.</summary>
internal static class MachineKeys
{
    public const string Top = "";
    public const string RmSection = "resource-manager";
    public const string PrimarySection = "primary";
    public const string DeviceSection = "devices";
    public const string VmSection = "vms";
    public const string QueueSection = "queue";
    public const string ExchangeSection = "exchange";

    private const ulong MiB = 1024 * 1024;
    private const ulong GiB = 1024 * MiB;
    private const ulong Second = 1_000_000_000;

    public static readonly MachineKey Name =
        new(Top, "name", MachineKeyKind.Name, "machine", "What the machine is called in reports.");

    public static readonly MachineKey Dialect = new(Top, "dialect", MachineKeyKind.Word, "v6",
        "The spelling of the binding in which the Resource Manager writes devicetrees.")
    { Words = ["v6", "upstream", "qcom"] };

    public static readonly MachineKey Profile =
        new(Top, "profile", MachineKeyKind.Word, "documented",
        "Whether to answer as the documentation says or as the open-source code does, where they differ.")
        { Words = ["documented", "reference"] };

    public static readonly MachineKey Seed = new(Top, "seed", MachineKeyKind.Number, "none",
        "Runs the machine deterministically: one thread, virtual time, every choice drawn from this number.");

    public static readonly MachineKey Devicetree = new(Top, "devicetree", MachineKeyKind.File, "the built-in board",
        "The primary VM's base devicetree, a blob (.dtb) or a source (.dts).");

    public static readonly MachineKey Rounds =
        new(Top, "rounds", MachineKeyKind.Number, "1", "How often each VM is created, used and destroyed.", 1, 1_000_000);

    public static readonly MachineKey ResourceManager =
        new(Top, RmSection, MachineKeyKind.Group, "defaults", "The Resource Manager's VM.");

    public static readonly MachineKey Primary = new(Top, PrimarySection, MachineKeyKind.Group, "defaults", "The primary VM.");

    public static readonly MachineKey Vms = new(Top, VmSection, MachineKeyKind.List, null,
        "The VMs that the primary VM's program creates at run time, one after the other. At least one, at most 16; a kernel creates them itself.");

    public static readonly MachineKey Exchange =
        new(Top, ExchangeSection, MachineKeyKind.Group, "defaults", "What the primary VM and each VM send each other.");

    public static readonly MachineKey RmMemory =
        new(RmSection, "memory", MachineKeyKind.Size, "16MiB", "The root VM's memory.", 2 * MiB, GiB);

    public static readonly MachineKey PrimaryProgram =
        new(PrimarySection, "program", MachineKeyKind.Text, "primary-example", "The program on the primary VM.");

    public static readonly MachineKey PrimaryKernel = new(PrimarySection, "kernel", MachineKeyKind.File, "none",
        "A kernel of arm64 code in place of a program: a Linux Image, an ELF file linked for addresses in the VM's memory, or bytes that begin with the first instruction. Each may be packed by gzip.");

    public static readonly MachineKey PrimaryInitrd = new(PrimarySection, "initrd", MachineKeyKind.File, "none",
        "The kernel's initial RAM disk.");

    public static readonly MachineKey PrimaryBootArguments = new(PrimarySection, "bootargs", MachineKeyKind.Text, "the board's",
        "The kernel's arguments, in place of those in the board's devicetree.");

    public static readonly MachineKey PrimaryVcpus =
        new(PrimarySection, "vcpus", MachineKeyKind.Number, "1", "How many vCPUs the primary VM has.", 1, VcpuLimits.MaxVcpus);

    public static readonly MachineKey PrimaryMemory =
        new(PrimarySection, "memory", MachineKeyKind.Size, "64MiB",
        "The most memory that the primary VM gets, from the start of the first memory bank of its devicetree; the VMs' memory is lent out of it.", 4 * MiB, 16 * GiB);

    public static readonly MachineKey PrimaryDevices = new(PrimarySection, DeviceSection, MachineKeyKind.List, "none",
        "Virtio devices, each with a node, registers and an interrupt that are added to the board; at most 16. For a kernel.");

    public static readonly MachineKey DeviceType =
        new(DeviceSection, "type", MachineKeyKind.Word, null,
        "A disk (block), a console whose lines become events (console), or a source of random bytes (entropy).")
        { Words = ["block", "console", "entropy"] };

    public static readonly MachineKey DeviceFile = new(DeviceSection, "file", MachineKeyKind.File, "none",
        "The file that a disk consists of, byte for byte: a whole number of sectors of 512 bytes. Each disk needs one.");

    public static readonly MachineKey DeviceAccess = new(DeviceSection, "access", MachineKeyKind.Word, "write",
        "What becomes of writes to a disk: they go to the file, which nobody else may have open (write); the VM cannot write (read); they are forgotten when the machine ends, so that it can be run again (discard).")
    { Words = ["write", "read", "discard"] };

    public static readonly MachineKey VmName = new(VmSection, "name", MachineKeyKind.Name, null, "The VM's name.");

    public static readonly MachineKey VmProgram =
        new(VmSection, "program", MachineKeyKind.Text, "exchange-peer", "The program on the VM.");

    public static readonly MachineKey VmMemory =
        new(VmSection, "memory", MachineKeyKind.Size, "2MiB", "The VM's memory.", 256 * 1024, GiB);

    public static readonly MachineKey VmScheduling =
        new(VmSection, "scheduling", MachineKeyKind.Word, "static",
        "Who runs the VM's vCPU: the machine beside all others (static), or the primary VM by vcpu_run (proxy).")
        { Words = ["static", "proxy"] };

    public static readonly MachineKey VmQueue = new(VmSection, QueueSection, MachineKeyKind.Group, "defaults",
        "The pair of message queues between the VM and the primary VM.");

    public static readonly MachineKey QueueSize = new(QueueSection, "size", MachineKeyKind.Number, "the exchange's size",
        "The largest message in bytes.", 1, MessageQueueLimits.MaxMessageSize);

    public static readonly MachineKey QueueDepth = new(QueueSection, "depth", MachineKeyKind.Number, "8",
        "How many messages a queue holds.", 1, MessageQueueLimits.MaxDepth);

    public static readonly MachineKey ExchangeMessages = new(ExchangeSection, "messages", MachineKeyKind.Number, "1000",
        "How many messages go in each direction.", 0, 1_000_000_000_000);

    public static readonly MachineKey ExchangeSize = new(ExchangeSection, "size", MachineKeyKind.Number, "240",
        "The size of each message in bytes; at most the queue's.", 1, MessageQueueLimits.MaxMessageSize);

    public static readonly MachineKey ExchangeTimeout = new(ExchangeSection, "timeout", MachineKeyKind.Duration, "10s",
        "How long either side waits for the other to take or send a message before it gives up.", 1_000, 3600 * Second);

    /// <summary>The rows, grouped by section, in the order in which the page lists them.</summary>
    public static ImmutableArray<MachineKey> All { get; } =
    [
        Name, Dialect, Profile, Seed, Devicetree, Rounds, ResourceManager, Primary, Vms, Exchange,
        RmMemory,
        PrimaryProgram, PrimaryKernel, PrimaryInitrd, PrimaryBootArguments, PrimaryVcpus, PrimaryMemory, PrimaryDevices,
        DeviceType, DeviceFile, DeviceAccess,
        VmName, VmProgram, VmMemory, VmScheduling, VmQueue,
        QueueSize, QueueDepth,
        ExchangeMessages, ExchangeSize, ExchangeTimeout,
    ];

    /// <summary>The most entries of the list of VMs.</summary>
    public const int MaxVms = 16;

    /// <summary>The most entries of a list of devices.</summary>
    public const int MaxDevices = 16;

    /// <summary>Sizes of memory are whole pages.</summary>
    public const ulong SizeAlignment = Page.Size;
}
