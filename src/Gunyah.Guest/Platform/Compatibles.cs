namespace Gunyah.Guest.Platform;

/// <summary>
/// The <c>compatible</c> strings of Gunyah's bindings, in all their spellings: discovery looks for them, the Resource Manager
/// writes them (gunyah-rm.md 7 and 8).
/// </summary>
internal static class Compatibles
{
#pragma warning disable CS1591 // The strings say it themselves.
    public const string ResourceManager = "gunyah-resource-manager";
    public const string ResourceManagerV6 = "gunyah-resource-manager-1-0";
    public const string ResourceManagerQcom = "qcom,resource-manager-1-0";
    public const string ResourceManagerQcomPlain = "qcom,resource-manager";

    public const string Hypervisor = "gunyah-hypervisor";
    public const string HypervisorV6 = "gunyah-hypervisor-1.0";
    public const string HypervisorQcom = "qcom,gunyah-hypervisor";
    public const string HypervisorQcomVersion = "qcom,gunyah-hypervisor-1.0";

    /// <summary>Haven is what Gunyah was called before; the names go on with a version.</summary>
    public const string HypervisorHavenPrefix = "qcom,haven-hypervisor";

    public const string VmId = "qcom,gunyah-vm-id-1.0";
    public const string VmIdPlain = "qcom,gunyah-vm-id";
    public const string VmIdHaven = "qcom,haven-vm-id-1.0";

    public const string Capability = "qcom,gunyah-capability";
    public const string MessageQueue = "qcom,gunyah-message-queue";
    public const string Doorbell = "qcom,gunyah-doorbell";
    public const string DoorbellSource = "qcom,gunyah-doorbell-source";
    public const string SharedMemory = "qcom,shared-memory";
    public const string SharedMemoryDoorbell = "qcom,gunyah-shm-doorbell";
#pragma warning restore CS1591

    /// <summary>What else may lie under the hypervisor node; discovery has nothing to say about it.</summary>
    internal static readonly string[] Others = ["qcom,gh-watchdog", "arm,sbsa-gwdt", "arm,sbsa,gwdt", "virtio,mmio"];
}
