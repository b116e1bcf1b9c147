using System.Buffers.Binary;
using Gunyah.Virtio.Devices;
using Gunyah.Virtio.Queues;

namespace Gunyah.Virtio.Transport;

/// <summary>
/// A device behind the MMIO transport, version 2 (VIRTIO 1.2, 4.2). Any thread may access its registers. What a driver asks
/// for is
/// done where <see cref="Work"/> is called, not by the access that asks: no access takes longer than one request.
/// </summary>
public sealed class VirtioMmio
{
    /// <summary>The size of its registers in bytes.</summary>
    public const ulong Size = 0x200;

    /// <summary>Bytes of ASCII: "virt".</summary>
    private const uint Magic = 0x74726976;
    private const uint TransportVersion = 2;

    /// <summary>A vendor that nobody else is: "GNYH".</summary>
    private const uint Vendor = 0x48594E47;

    private const ulong FeatureIndirect = 1UL << 28;
    private const ulong FeatureEventIndex = 1UL << 29;
    private const ulong FeatureVersion1 = 1UL << 32;
    private const ulong FeatureRingReset = 1UL << 40;
    private const ulong Common = FeatureIndirect | FeatureEventIndex | FeatureVersion1 | FeatureRingReset;

    private const uint UsedBuffer = 1;
    private const uint ConfigurationChanged = 2;

    private readonly Lock _gate = new();
    private readonly VirtioDevice _device;
    private readonly Virtqueue[] _queues;
    private readonly Action _workIsThere;
    private readonly Action _levelChanged;
    private DeviceStatus _status;
    private ulong _driverFeatures;
    private uint _deviceFeaturesSelect;
    private uint _driverFeaturesSelect;
    private uint _selected;
    private volatile uint _interrupts;

    /// <summary>Puts a device behind it.</summary>
    /// <param name="device">The device; it may be behind one transport only.</param>
    /// <param name="memory">The memory of the VM that has it.</param>
    /// <param name="workIsThere">Told that <see cref="Work"/> is to be called; from any thread.</param>
    /// <param name="levelChanged">
    /// Told that <see cref="IsAsserted"/> may have changed; from any thread, with no lock held.
    /// </param>
    public VirtioMmio(VirtioDevice device, IDmaMemory memory, Action workIsThere, Action levelChanged)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(workIsThere);
        ArgumentNullException.ThrowIfNull(levelChanged);
        (_device, _workIsThere, _levelChanged) = (device, workIsThere, levelChanged);
        _queues = [.. device.QueueSizes.Select(_ => new Virtqueue(memory))];
        Reset();
        device.WakeBy(workIsThere);
    }

    /// <summary>The level of its interrupt line. Takes no lock.</summary>
    public bool IsAsserted => _interrupts != 0;

    /// <summary>What the driver did wrong so that it must reset the device; of several queues the first that failed.</summary>
    public QueueFault Fault
    {
        get
        {
            lock (_gate)
                return Array.Find(_queues, static queue => queue.Fault != QueueFault.None)?.Fault ?? QueueFault.None;
        }
    }

    private ulong Offered => Common | _device.Features;

    private Virtqueue? Selected => _selected < _queues.Length ? _queues[_selected] : null;

    /// <summary>A load.</summary>
    /// <param name="offset">Where in its registers; all of the load is inside <see cref="Size"/>.</param>
    /// <param name="size">How many bytes: 1, 2, 4 or 8.</param>
    /// <returns>The value. A register reads as zero where it is not loaded as 32 bits from its address (4.2.2.2).</returns>
    public ulong Read(ulong offset, int size)
    {
        lock (_gate)
        {
            if (offset >= MmioRegisters.Configuration)
                return ReadConfiguration((int)(offset - MmioRegisters.Configuration), size);
            return size == sizeof(uint) && offset % sizeof(uint) == 0 && MmioRegisters.Find(offset) is { Reads: true } row
                ? ReadRegister(row.Register)
                : 0;
        }
    }

    /// <summary>A store.</summary>
    /// <param name="offset">Where in its registers; all of the store is inside <see cref="Size"/>.</param>
    /// <param name="size">How many bytes: 1, 2, 4 or 8.</param>
    /// <param name="value">The value, in the low bytes.</param>
    public void Write(ulong offset, int size, ulong value)
    {
        bool work;
        lock (_gate)
        {
            if (offset >= MmioRegisters.Configuration)
                WriteConfiguration((int)(offset - MmioRegisters.Configuration), size, value);
            work = offset < MmioRegisters.Configuration && size == sizeof(uint) && offset % sizeof(uint) == 0
                && MmioRegisters.Find(offset) is { Writes: true } row && WriteRegister(row.Register, (uint)value);
        }

        _levelChanged();
        if (work)
            _workIsThere();
    }

    /// <summary>Does what drivers asked for. One thread at a time.</summary>
    /// <param name="most">How many requests at most; at least 1.</param>
    /// <returns>True where there is more to do.</returns>
    public bool Work(int most)
    {
        bool more = false;
        for (int queue = 0; queue < _queues.Length; queue++)
        {
            int left = most;
            while (left > 0 && ProcessOne(queue))
                left--;
            more |= left == 0;
        }

        _levelChanged();
        return more;
    }

    /// <summary>The lock is held for one request, so that an access waits for one at most.</summary>
    private bool ProcessOne(int number)
    {
        lock (_gate)
        {
            Virtqueue queue = _queues[number];
            if (!queue.IsReady || (_status & (DeviceStatus.DriverOk | DeviceStatus.NeedsReset)) != DeviceStatus.DriverOk
                || !_device.Wants(number))
                return false;
            DescriptorChain? chain = queue.Take();
            if (chain is not null && queue.Complete(chain, _device.Process(number, chain)))
                _interrupts |= UsedBuffer;
            if (queue.Fault == QueueFault.None)
                return chain is not null;
            DemandReset();
            return false;
        }
    }

    /// <summary>Says that it cannot go on; with an interrupt where the driver is up (2.1.2).</summary>
    private void DemandReset()
    {
        _status |= DeviceStatus.NeedsReset;
        if ((_status & DeviceStatus.DriverOk) != 0)
            _interrupts |= ConfigurationChanged;
    }

    private ulong ReadConfiguration(int offset, int size)
    {
        ReadOnlySpan<byte> configuration = _device.Configuration;
        ulong value = 0;
        for (int i = 0; i < size && offset + i < configuration.Length; i++)
            value |= (ulong)configuration[offset + i] << (8 * i);
        return value;
    }

    private void WriteConfiguration(int offset, int size, ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        _device.WriteConfiguration(offset, bytes[..size]);
    }

    private uint ReadRegister(MmioRegister register) => register switch
    {
        MmioRegister.MagicValue => Magic,
        MmioRegister.Version => TransportVersion,
        MmioRegister.DeviceId => _device.Id,
        MmioRegister.VendorId => Vendor,
        MmioRegister.DeviceFeatures => _deviceFeaturesSelect switch
        {
            0 => (uint)Offered,
            1 => (uint)(Offered >> 32),
            _ => 0,
        },
        MmioRegister.QueueSizeMax => Selected is null ? 0u : _device.QueueSizes[(int)_selected],
        MmioRegister.QueueReady => Selected is { IsReady: true } ? 1u : 0,
        MmioRegister.InterruptStatus => _interrupts,
        MmioRegister.Status => (uint)_status,
        MmioRegister.SharedMemory => uint.MaxValue, // There is none (4.2.2).
        _ => 0, // A reset of a queue is over at once; the configuration never changes by itself.
    };

    /// <summary>Writes a register.</summary>
    /// <returns>True where there is something to do now.</returns>
    private bool WriteRegister(MmioRegister register, uint value)
    {
        switch (register)
        {
            case MmioRegister.DeviceFeaturesSelect:
                _deviceFeaturesSelect = value;
                break;
            case MmioRegister.DriverFeaturesSelect:
                _driverFeaturesSelect = value;
                break;
            case MmioRegister.DriverFeatures when (_status & DeviceStatus.FeaturesOk) == 0:
                if (_driverFeaturesSelect == 0)
                    _driverFeatures = (_driverFeatures & ~(ulong)uint.MaxValue) | value;
                else if (_driverFeaturesSelect == 1)
                    _driverFeatures = (uint)_driverFeatures | ((ulong)value << 32);
                break;
            case MmioRegister.QueueSelect:
                _selected = value;
                break;
            case MmioRegister.QueueNotify:
                return value < _queues.Length;
            case MmioRegister.InterruptAcknowledge:
                _interrupts &= ~value;
                break;
            case MmioRegister.Status:
                return WriteStatus((DeviceStatus)value);
            default:
                return Selected is { } queue && WriteQueue(queue, register, value);
        }

        return false;
    }

    /// <summary>Writes a register of the selected queue. While that is ready only two of them do anything.</summary>
    private bool WriteQueue(Virtqueue queue, MmioRegister register, uint value)
    {
        switch (register)
        {
            case MmioRegister.QueueReady:
                queue.IsReady = (value & 1) != 0;
                if (queue.IsReady && !queue.IsPlacedWell)
                {
                    queue.IsReady = false;
                    DemandReset();
                }

                // Buffers may have been made available before.
                return queue.IsReady && (_status & DeviceStatus.DriverOk) != 0;
            case MmioRegister.QueueReset when (value & 1) != 0 && (_driverFeatures & FeatureRingReset) != 0:
                queue.Reset(_device.QueueSizes[(int)_selected]);
                Negotiate(queue);
                break;
            case MmioRegister.QueueSize when !queue.IsReady && value > 0 && value <= _device.QueueSizes[(int)_selected]
                && (value & (value - 1)) == 0:
                queue.Size = (ushort)value;
                break;
            case MmioRegister.QueueDescriptorsLow when !queue.IsReady:
                queue.Descriptors = WithLow(queue.Descriptors, value);
                break;
            case MmioRegister.QueueDescriptorsHigh when !queue.IsReady:
                queue.Descriptors = WithHigh(queue.Descriptors, value);
                break;
            case MmioRegister.QueueDriverLow when !queue.IsReady:
                queue.Available = WithLow(queue.Available, value);
                break;
            case MmioRegister.QueueDriverHigh when !queue.IsReady:
                queue.Available = WithHigh(queue.Available, value);
                break;
            case MmioRegister.QueueDeviceLow when !queue.IsReady:
                queue.Used = WithLow(queue.Used, value);
                break;
            case MmioRegister.QueueDeviceHigh when !queue.IsReady:
                queue.Used = WithHigh(queue.Used, value);
                break;
        }

        return false;
    }

    private bool WriteStatus(DeviceStatus value)
    {
        if (value == DeviceStatus.None)
        {
            Reset();
            return false;
        }

        const DeviceStatus Known = DeviceStatus.Acknowledge | DeviceStatus.Driver | DeviceStatus.DriverOk
            | DeviceStatus.FeaturesOk | DeviceStatus.Failed;
        DeviceStatus before = _status;
        DeviceStatus next = (value & Known) | (before & DeviceStatus.NeedsReset);
        if ((next & ~before & DeviceStatus.FeaturesOk) != 0)
        {
            // The answer to features that cannot be is that the bit stays away (3.1.1).
            if ((_driverFeatures & FeatureVersion1) == 0 || (_driverFeatures & ~Offered) != 0)
            {
                next &= ~DeviceStatus.FeaturesOk;
            }
            else
            {
                foreach (Virtqueue queue in _queues)
                    Negotiate(queue);
                _device.Negotiated(_driverFeatures);
            }
        }

        _status = next;
        return (next & ~before & DeviceStatus.DriverOk) != 0;
    }

    private void Negotiate(Virtqueue queue)
    {
        queue.HasIndirectTables = (_driverFeatures & FeatureIndirect) != 0;
        queue.HasEventIndex = (_driverFeatures & FeatureEventIndex) != 0;
    }

    private void Reset()
    {
        (_status, _driverFeatures, _selected, _interrupts) = (DeviceStatus.None, 0, 0, 0);
        (_deviceFeaturesSelect, _driverFeaturesSelect) = (0, 0);
        for (int i = 0; i < _queues.Length; i++)
            _queues[i].Reset(_device.QueueSizes[i]);
        _device.Reset();
    }

    private static ulong WithLow(ulong value, uint low) => (value & ~(ulong)uint.MaxValue) | low;

    private static ulong WithHigh(ulong value, uint high) => (uint)value | ((ulong)high << 32);
}
