namespace Architecture.Tests;

/// <summary>The projects of the machine.</summary>
internal static partial class DirectoryRows
{
    private static Dictionary<string, DirectoryRow[]> Gunyah => new()
    {
        ["Gunyah.Abi"] =
        [
            new("."),
            new("Events"),
            new("Images"),
            new("Memory", "."),
            new("Profiles"),
            new("Smccc"),
            new("Vcpus"),
            new("Rpc", "."),
            new("Hypercalls", ".", "Memory", "Vcpus"),
            new("Programs", "Events", "Memory", "Vcpus", "Hypercalls"),
        ],
        ["Gunyah.Aarch64"] =
        [
            new("Decoding"),
            new("State"),
            new("Disassembling", "Decoding", "State"),
            new("Memory", "State"),
            new("Exceptions", "State", "Memory"),
            new("FloatingPoint"),
            new("Vectors", "FloatingPoint"),
            new("Cryptography"),
            new("Interpreting", "Decoding", "State", "Memory", "Exceptions", "FloatingPoint", "Vectors", "Cryptography"),
            new("Compiling", "Decoding", "State", "Memory", "Interpreting"),
            new("Debugging", "State", "Memory", "Interpreting"),
            new(".", "State", "Memory", "Exceptions", "Interpreting", "Compiling", "Debugging"),
        ],
        ["Gunyah.Virtio"] =
        [
            new("Queues"),
            new("Devices", "Queues"),
            new("Transport", "Devices", "Queues"),
        ],
        ["Gunyah.Hypervisor"] =
        [
            new("Programs"),
            new("Objects"),
            new("Threads", "Objects"),
            new("Memory", "Objects"),
            new("Hypercalls", "Objects", "Threads", "Memory"),
            new("Identification", "Hypercalls"),
            new("Entropy", "Objects", "Hypercalls"),
            new("Partitions", "Objects", "Hypercalls"),
            new("CapabilitySpaces", "Objects", "Hypercalls"),
            new("Interrupts", "Objects", "Memory", "Hypercalls"),
            new("HardwareInterrupts", "Objects", "Hypercalls", "Interrupts"),
            new("AddressSpaces", "Objects", "Memory", "Hypercalls"),
            new("Devices", "Memory", "HardwareInterrupts", "AddressSpaces"),
            new("Doorbells", "Objects", "Hypercalls", "Interrupts"),
            new("MessageQueues", "Objects", "Memory", "Hypercalls", "Interrupts"),
            new("MemoryExtents", "Objects", "Memory", "Hypercalls", "AddressSpaces"),
            new("VpmGroups", "Objects", "Threads", "Hypercalls", "Interrupts"),
            new("Smccc", "Objects", "Threads", "Hypercalls"),
            new(
                "Vcpus", "Objects", "Threads", "Memory", "Hypercalls", "CapabilitySpaces", "Interrupts", "Devices",
                "AddressSpaces"),
            new("Inspection", "Objects", "Partitions", "CapabilitySpaces", "Interrupts", "AddressSpaces"),
            new(
                "Rooms", "Objects", "Hypercalls", "Identification", "Entropy", "Doorbells", "MessageQueues", "VpmGroups",
                "Smccc"),
            new(
                ".", "Objects", "Threads", "Memory", "Hypercalls", "Partitions", "CapabilitySpaces", "Interrupts",
                "HardwareInterrupts", "Devices", "AddressSpaces", "MemoryExtents", "Vcpus", "Inspection", "Rooms"),
        ],
        ["Gunyah.Guest"] =
        [
            new("Kernel"),
            new("Doorbells", "Kernel"),
            new("Mailboxes", "Kernel"),
            new("Platform", "Kernel", "Mailboxes"),
            new("Rpc", "Kernel", "Mailboxes"),
            new("VmManager", "Kernel", "Mailboxes", "Rpc"),
        ],
        ["Gunyah.ResourceManager"] =
        [
            new("Boot"),
            new("Configuration"),
            new("Platform", "Boot"),
            new("Links", "Platform"),
            new("Records", "Boot", "Configuration", "Platform", "Links"),
            new("Services", "Platform", "Links", "Records"),
            new("Overlays", "Boot", "Configuration", "Platform", "Records"),
            new("Services/Vdevices", "Boot", "Configuration", "Platform", "Links", "Records"),
            new("Services/Memory", "Platform", "Records", "Services"),
            new(
                "Services/Vms",
                "Boot", "Configuration", "Platform", "Records", "Services", "Overlays", "Services/Vdevices", "Services/Memory"),
            new("Front", "Links", "Records", "Services", "Services/Memory", "Services/Vms"),
            new(
                ".",
                "Boot", "Platform", "Links", "Records", "Services", "Services/Vdevices", "Services/Memory", "Services/Vms",
                "Front"),
        ],
        ["Gunyah.Machine"] =
        [
            new("Configuration"),
            new("Images", "Configuration"),
            new("Reports"),
            new("Scheduling"),
            new("Devices", "Scheduling"),
            new("Events", "Reports"),
            new("Programs", "Scheduling"),
            new("Platform", "Configuration", "Devices", "Images", "Reports", "Scheduling"),
            new(".", "Configuration", "Devices", "Images", "Reports", "Scheduling", "Events", "Programs", "Platform"),
        ],
        ["Gunyah.Tool"] =
        [
            new("."),
            new("Terminal", "."),
            new("Inspection"),
            new("Input", "."),
            new("Checking", "Inspection"),
            new("Summaries", "."),
            new("Commands", ".", "Terminal", "Inspection", "Input", "Checking", "Summaries"),
            new("Program", ".", "Commands"),
        ],
    };
}
