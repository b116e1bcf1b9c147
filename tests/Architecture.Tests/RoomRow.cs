namespace Architecture.Tests;

/// <summary>A room of the hypervisor, and who knows it besides the place that lists it.</summary>
/// <param name="Room">Its directory.</param>
/// <param name="Why">What in the ABI couples them; empty where nobody knows the room.</param>
/// <param name="KnownBy">The directories that do.</param>
internal sealed record RoomRow(string Room, string Why = "", params string[] KnownBy)
{
    /// <summary>Every room. One that nobody knows can be left out of a build, with its directory and one line.</summary>
    public static IReadOnlyList<RoomRow> All { get; } =
    [
        new("Partitions", "Boot makes the first partition, of which everything is made.", "Inspection", "."),
        new("CapabilitySpaces", "A thread calls from a capability space; boot makes the root VM's.", "Vcpus", "Inspection", "."),
        new(
            "Interrupts", "What raises an interrupt is bound to a controller, and a vCPU waits at one.",
            "HardwareInterrupts", "Doorbells", "MessageQueues", "VpmGroups", "Vcpus", "Inspection", "."),
        new("HardwareInterrupts", "Boot makes one for each line of the board, and devices drive them.", "Devices", "."),
        new(
            "AddressSpaces", "Extents are mapped in address spaces, vCPUs run in them, devices see them; boot makes the root VM's.",
            "MemoryExtents", "Devices", "Vcpus", "Inspection", "."),
        new("MemoryExtents", "Boot makes extents of all RAM.", "."),
        new("Vcpus", "Boot makes the root VM's vCPU, and a machine runs vCPUs.", "."),
        new("Doorbells"),
        new("Entropy"),
        new("Identification"),
        new("MessageQueues"),
        new("Smccc"),
        new("VpmGroups"),
    ];
}
