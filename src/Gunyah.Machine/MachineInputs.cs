using Devicetree;
using Gunyah.Machine.Devices;
using Gunyah.Machine.Images;

namespace Gunyah.Machine;

/// <summary>What a machine is given beside its configuration.</summary>
/// <param name="Board">The primary VM's base devicetree; not changed.</param>
public sealed record MachineInputs(Tree Board)
{
    /// <summary>The files of the primary VM's kernel; needed where the configuration says that it runs one.</summary>
    public KernelFiles? Kernel { get; init; }

    /// <summary>The disks of the primary VM's block devices, in the order of these; they stay the caller's.</summary>
    public IReadOnlyList<DiskImage> Disks { get; init; } = [];

    /// <summary>Who sits at the primary VM's serial line; null for nobody.</summary>
    public ISerialTerminal? Terminal { get; init; }
}
