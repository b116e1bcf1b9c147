using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Smccc;
using Gunyah.Guest.Kernel;

namespace Gunyah.Guest.Platform;

/// <summary>The API families of a hypervisor: flags word 0 of hypervisor_identify (gunyah-abi.md 1.9).</summary>
[Flags]
public enum HypervisorFeatures
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Partitions and capability spaces.</summary>
    Partitions = 1 << 0,

    /// <summary>Doorbells.</summary>
    Doorbells = 1 << 1,

    /// <summary>Message queues.</summary>
    MessageQueues = 1 << 2,

    /// <summary>Virtual interrupt controllers.</summary>
    Interrupts = 1 << 3,

    /// <summary>Virtual power management.</summary>
    PowerManagement = 1 << 4,

    /// <summary>vCPUs.</summary>
    Vcpus = 1 << 5,

    /// <summary>Memory extents.</summary>
    MemoryExtents = 1 << 6,

    /// <summary>Trace control.</summary>
    Trace = 1 << 7,

    /// <summary>Watchdogs.</summary>
    Watchdogs = 1 << 8,

    /// <summary>Virtio over MMIO.</summary>
    VirtioMmio = 1 << 9,

    /// <summary>Random numbers.</summary>
    RandomNumbers = 1 << 10,

    /// <summary>Proxy scheduling by vcpu_run.</summary>
    VcpuRun = 1 << 11,
}

/// <summary>Whether a guest runs on Gunyah, and on which, by calls alone (gunyah-abi.md 1.8; gunyah-rm.md 9.1).</summary>
/// <param name="IsGunyah">True if the hypervisor's UUID is Gunyah's; everything else is zero if not.</param>
/// <param name="Revision">The answer to REVISION: the same word as <see cref="HypervisorIdentity.ApiInfo"/>.</param>
/// <param name="Identity">Version, variant and feature words.</param>
public readonly record struct HypervisorIdentification(bool IsGunyah, ulong Revision, HypervisorIdentity Identity)
{
    /// <summary>The API version that this library speaks.</summary>
    public const int SupportedApiVersion = 1;

    private const ulong FeatureMask = 0xFFF;

    /// <summary>The API families that the hypervisor has.</summary>
    public HypervisorFeatures Features => (HypervisorFeatures)(Identity.Flags0 & FeatureMask);

    /// <summary>True for Gunyah with an API version that this library speaks.</summary>
    public bool IsSupported => IsGunyah && Identity.ApiVersion == SupportedApiVersion;

    /// <summary>Asks for the UUID, and for the rest only if it is Gunyah's.</summary>
    public static HypervisorIdentification Query(IHypervisorPort port)
    {
        SmcccResult uid = Smccc.Call(port, SmcccFunctions.VendorHypUid);
        ReadOnlySpan<uint> words = GunyahUid.Words;

        // Of each register only the low half is defined.
        bool isGunyah = (uint)uid.X0 == words[0] && (uint)uid.X1 == words[1] && (uint)uid.X2 == words[2]
            && (uint)uid.X3 == words[3];
        if (!isGunyah)
            return default;
        return new(true, Smccc.Call(port, SmcccFunctions.VendorHypRevision).X0, port.Identify());
    }
}
