namespace Gunyah.Abi.Smccc;

/// <summary>SMCCC function identifiers outside the Gunyah hypercalls (gunyah-abi.md 1.7, 1.8 and 4.9).</summary>
public static class SmcccFunctions
{
    /// <summary>The answer to a function that does not exist.</summary>
    public const ulong NotSupported = ulong.MaxValue;

    /// <summary>SMCCC_VERSION.</summary>
    public const uint Version = 0x8000_0000;

    /// <summary>SMCCC_ARCH_FEATURES.</summary>
    public const uint ArchFeatures = 0x8000_0001;

    /// <summary>CALL_UID of the standard hypervisor services.</summary>
    public const uint StandardHypUid = 0x8500_FF01;

    /// <summary>REVISION of the standard hypervisor services.</summary>
    public const uint StandardHypRevision = 0x8500_FF03;

    /// <summary>CALL_UID of the vendor hypervisor services: how a guest learns that this is Gunyah.</summary>
    public const uint VendorHypUid = 0x8600_FF01;

    /// <summary>REVISION of the vendor hypervisor services.</summary>
    public const uint VendorHypRevision = 0x8600_FF03;
}

/// <summary>PSCI 1.1 functions by their 32-bit identifiers (gunyah-abi.md 4.9).</summary>
public static class PsciFunctions
{
#pragma warning disable CS1591 // The names are PSCI's own.
    public const uint Version = 0x8400_0000;
    public const uint CpuSuspend = 0x8400_0001;
    public const uint CpuOff = 0x8400_0002;
    public const uint CpuOn = 0x8400_0003;
    public const uint AffinityInfo = 0x8400_0004;
    public const uint SystemOff = 0x8400_0008;
    public const uint SystemReset = 0x8400_0009;
    public const uint Features = 0x8400_000A;
    public const uint CpuDefaultSuspend = 0x8400_000C;
    public const uint SetSuspendMode = 0x8400_000F;
    public const uint SystemReset2 = 0x8400_0012;
#pragma warning restore CS1591

    /// <summary>Added to a 32-bit identifier that also has a 64-bit form, this gives the 64-bit form.</summary>
    public const uint Calling64 = 0x4000_0000;
}

/// <summary>The UUID c1d58fcd-a453-5fdb-9265-ce36673d5f14 that CALL_UID answers, as four words (gunyah-abi.md 1.8).</summary>
public static class GunyahUid
{
    /// <summary>X0 to X3 of the answer.</summary>
    public static ReadOnlySpan<uint> Words => [0xCD8FD5C1, 0xDB5F53A4, 0x36CE6592, 0x145F3D67];
}
