namespace Gunyah.Virtio.Transport;

/// <summary>How far a driver has come with a device (VIRTIO 1.2, 2.1).</summary>
[Flags]
internal enum DeviceStatus : uint
{
    None = 0,
    Acknowledge = 1,
    Driver = 2,
    DriverOk = 4,
    FeaturesOk = 8,
    NeedsReset = 64,
    Failed = 128,
}
