using System.Collections.Immutable;

namespace Gunyah.Virtio.Transport;

/// <summary>The registers of the MMIO transport.</summary>
internal enum MmioRegister
{
    MagicValue,
    Version,
    DeviceId,
    VendorId,
    DeviceFeatures,
    DeviceFeaturesSelect,
    DriverFeatures,
    DriverFeaturesSelect,
    QueueSelect,
    QueueSizeMax,
    QueueSize,
    QueueReady,
    QueueNotify,
    InterruptStatus,
    InterruptAcknowledge,
    Status,
    QueueDescriptorsLow,
    QueueDescriptorsHigh,
    QueueDriverLow,
    QueueDriverHigh,
    QueueDeviceLow,
    QueueDeviceHigh,
    SharedMemorySelect,
    SharedMemory,
    QueueReset,
    ConfigurationGeneration,
}

/// <summary>The declaration of a register.</summary>
/// <param name="Name">Its name in the standard.</param>
/// <param name="Offset">Where it is.</param>
/// <param name="Register">What it is.</param>
/// <param name="Reads">Whether it can be read; else it reads as zero.</param>
/// <param name="Writes">Whether it can be written; else nothing happens.</param>
internal sealed record MmioRow(string Name, uint Offset, MmioRegister Register, bool Reads, bool Writes);

/// <summary>Every register of the MMIO transport, version 2 (VIRTIO 1.2, 4.2.2), one row each.</summary>
internal static class MmioRegisters
{
    /// <summary>Where the configuration of the device begins.</summary>
    public const uint Configuration = 0x100;

    private static readonly sbyte[] _rowOfWord = new sbyte[Configuration / sizeof(uint)];

    static MmioRegisters()
    {
        Array.Fill(_rowOfWord, (sbyte)-1);
        for (int i = 0; i < Rows.Length; i++)
            _rowOfWord[Rows[i].Offset / sizeof(uint)] = (sbyte)i;
    }

    /// <summary>The rows.</summary>
    public static ImmutableArray<MmioRow> Rows { get; } =
    [
        new("MagicValue", 0x000, MmioRegister.MagicValue, Reads: true, Writes: false),
        new("Version", 0x004, MmioRegister.Version, Reads: true, Writes: false),
        new("DeviceID", 0x008, MmioRegister.DeviceId, Reads: true, Writes: false),
        new("VendorID", 0x00C, MmioRegister.VendorId, Reads: true, Writes: false),
        new("DeviceFeatures", 0x010, MmioRegister.DeviceFeatures, Reads: true, Writes: false),
        new("DeviceFeaturesSel", 0x014, MmioRegister.DeviceFeaturesSelect, Reads: false, Writes: true),
        new("DriverFeatures", 0x020, MmioRegister.DriverFeatures, Reads: false, Writes: true),
        new("DriverFeaturesSel", 0x024, MmioRegister.DriverFeaturesSelect, Reads: false, Writes: true),
        new("QueueSel", 0x030, MmioRegister.QueueSelect, Reads: false, Writes: true),
        new("QueueSizeMax", 0x034, MmioRegister.QueueSizeMax, Reads: true, Writes: false),
        new("QueueSize", 0x038, MmioRegister.QueueSize, Reads: false, Writes: true),
        new("QueueReady", 0x044, MmioRegister.QueueReady, Reads: true, Writes: true),
        new("QueueNotify", 0x050, MmioRegister.QueueNotify, Reads: false, Writes: true),
        new("InterruptStatus", 0x060, MmioRegister.InterruptStatus, Reads: true, Writes: false),
        new("InterruptACK", 0x064, MmioRegister.InterruptAcknowledge, Reads: false, Writes: true),
        new("Status", 0x070, MmioRegister.Status, Reads: true, Writes: true),
        new("QueueDescLow", 0x080, MmioRegister.QueueDescriptorsLow, Reads: false, Writes: true),
        new("QueueDescHigh", 0x084, MmioRegister.QueueDescriptorsHigh, Reads: false, Writes: true),
        new("QueueDriverLow", 0x090, MmioRegister.QueueDriverLow, Reads: false, Writes: true),
        new("QueueDriverHigh", 0x094, MmioRegister.QueueDriverHigh, Reads: false, Writes: true),
        new("QueueDeviceLow", 0x0A0, MmioRegister.QueueDeviceLow, Reads: false, Writes: true),
        new("QueueDeviceHigh", 0x0A4, MmioRegister.QueueDeviceHigh, Reads: false, Writes: true),
        new("SHMSel", 0x0AC, MmioRegister.SharedMemorySelect, Reads: false, Writes: true),
        new("SHMLenLow", 0x0B0, MmioRegister.SharedMemory, Reads: true, Writes: false),
        new("SHMLenHigh", 0x0B4, MmioRegister.SharedMemory, Reads: true, Writes: false),
        new("SHMBaseLow", 0x0B8, MmioRegister.SharedMemory, Reads: true, Writes: false),
        new("SHMBaseHigh", 0x0BC, MmioRegister.SharedMemory, Reads: true, Writes: false),
        new("QueueReset", 0x0C0, MmioRegister.QueueReset, Reads: true, Writes: true),
        new("ConfigGeneration", 0x0FC, MmioRegister.ConfigurationGeneration, Reads: true, Writes: false),
    ];

    /// <summary>The row at an offset below the configuration; null where there is none.</summary>
    public static MmioRow? Find(ulong offset) =>
        _rowOfWord[offset / sizeof(uint)] is >= 0 and var index ? Rows[index] : null;
}
