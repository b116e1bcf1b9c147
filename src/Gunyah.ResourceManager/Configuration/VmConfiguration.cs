using System.Collections.Immutable;

namespace Gunyah.ResourceManager.Configuration;

/// <summary>What a VM's configuration devicetree asks for (gunyah-rm.md 7.6), as far as it was understood.</summary>
internal sealed record VmConfiguration(
    IdentityConfiguration Identity,
    VmAttributes Attributes,
    MemoryConfiguration Memory,
    VcpuConfiguration Vcpus,
    string GicPath,
    ImmutableArray<VdeviceConfiguration> Vdevices);

/// <summary>How other VMs find the VM.</summary>
/// <param name="Name">1 to 79 characters.</param>
/// <param name="Uri">At most 79 characters, if any.</param>
/// <param name="Guid">16 bytes in the order of the text, if any.</param>
/// <param name="GuidText">The text that the bytes were read from.</param>
internal sealed record IdentityConfiguration(string Name, string? Uri, ImmutableArray<byte>? Guid, string? GuidText);

/// <summary>The words of <c>vm-attrs</c>. Those that do nothing in this Resource Manager are understood and kept.</summary>
[Flags]
internal enum VmAttributes
{
    None = 0,
    RasErrorHandler = 1 << 0,
    AmuCountingDisabled = 1 << 1,

    /// <summary>A crash of this VM is a crash of the machine. Only for trusted configurations; implies the next two.</summary>
    CrashFatal = 1 << 2,
    NoShutdown = 1 << 3,
    NoReset = 1 << 4,
    ContextDump = 1 << 5,
    GuestRamDump = 1 << 6,
    InsecureConsole = 1 << 7,
}

/// <summary>The <c>memory</c> child.</summary>
/// <param name="Base">The guest address of the RAM, a multiple of 2 MiB.</param>
/// <param name="SizeMin">Least size in bytes; less is only worth a warning.</param>
/// <param name="SizeMax">Most size in bytes.</param>
/// <param name="IsDirect">RAM mapped one to one; only for trusted configurations.</param>
/// <param name="Constraints">Demands on the kind of memory: the generic and the platform word.</param>
internal sealed record MemoryConfiguration(ulong Base, ulong SizeMin, ulong SizeMax, bool IsDirect,
    (uint Generic, uint Platform) Constraints);

/// <summary>How the VM's vCPUs are scheduled.</summary>
internal enum VcpuAffinity
{
    /// <summary>By the hypervisor, on the CPU that the map names.</summary>
    Static,

    /// <summary>As static; the VM may move it.</summary>
    Sticky,

    /// <summary>By the hypervisor, for ever on the CPU that the map names.</summary>
    Pinned,

    /// <summary>By the owner, with vcpu_run.</summary>
    Proxy,
}

/// <summary>The <c>vcpus</c> child and the CPU nodes that it points to.</summary>
/// <param name="Affinity">How they are scheduled.</param>
/// <param name="AffinityMap">A physical CPU for each vCPU; empty for proxy.</param>
/// <param name="Priority">Relative to the owner's.</param>
/// <param name="TimesliceMicroseconds">The time slice; 0 where none is stated.</param>
/// <param name="UsesPsci">Whether the VM powers its vCPUs through PSCI.</param>
/// <param name="Cpus">The CPU nodes that become vCPUs, in order.</param>
internal sealed record VcpuConfiguration(
    VcpuAffinity Affinity,
    ImmutableArray<uint> AffinityMap,
    int Priority,
    uint TimesliceMicroseconds,
    bool UsesPsci,
    ImmutableArray<CpuNode> Cpus);

/// <summary>A CPU node.</summary>
/// <param name="Path">Its path.</param>
/// <param name="IsBoot">Whether the VM starts on it.</param>
internal sealed record CpuNode(string Path, bool IsBoot);
