using System.Buffers.Binary;
using Gunyah.Virtio.Devices;
using Gunyah.Virtio.Transport;

namespace Gunyah.Virtio.Tests;

/// <summary>A part of a buffer.</summary>
internal readonly record struct Part(ulong Address, uint Size, bool Writable);

/// <summary>
/// The driver's side, written from the standard and not from ours: it brings a device up by its registers and keeps the rings by
/// offsets of its own.
/// </summary>
internal sealed class TestDriver
{
    public const uint Features = 0x10;
    public const uint FeaturesSelect = 0x14;
    public const uint DriverFeatures = 0x20;
    public const uint DriverFeaturesSelect = 0x24;
    public const uint QueueSelect = 0x30;
    public const uint QueueSizeMax = 0x34;
    public const uint QueueSize = 0x38;
    public const uint QueueReady = 0x44;
    public const uint QueueNotify = 0x50;
    public const uint InterruptStatus = 0x60;
    public const uint InterruptAck = 0x64;
    public const uint Status = 0x70;

    public const ulong Indirect = 1UL << 28;
    public const ulong EventIndex = 1UL << 29;
    public const ulong Version1 = 1UL << 32;

    public const ushort Next = 1;
    public const ushort Writable = 2;
    public const ushort IsIndirect = 4;

    public const int Entries = 8;
    private const ulong QueueStride = 0x1000;
    private const ulong AvailableAt = 0x400;
    private const ulong UsedAt = 0x800;

    private readonly ushort[] _available = new ushort[4];
    private readonly ushort[] _seen = new ushort[4];

    public TestDriver(VirtioDevice device)
    {
        Mmio = new(device, Memory, () => WorkCalls++, () => { });
    }

    public TestMemory Memory { get; } = new();

    public VirtioMmio Mmio { get; }

    /// <summary>How often the device said that there is work.</summary>
    public int WorkCalls { get; private set; }

    /// <summary>Where a test may put its data.</summary>
    public static ulong Data => TestMemory.Base + 0x10000;

    public uint Read(uint offset) => (uint)Mmio.Read(offset, 4);

    public void Write(uint offset, uint value) => Mmio.Write(offset, 4, value);

    public ulong OfferedFeatures()
    {
        Write(FeaturesSelect, 0);
        ulong low = Read(Features);
        Write(FeaturesSelect, 1);
        return low | ((ulong)Read(Features) << 32);
    }

    /// <summary>Says which features it takes.</summary>
    /// <returns>Whether the device agrees.</returns>
    public bool Negotiate(ulong features)
    {
        Write(Status, 0);
        Write(Status, 1);
        Write(Status, 3);
        Write(DriverFeaturesSelect, 0);
        Write(DriverFeatures, (uint)features);
        Write(DriverFeaturesSelect, 1);
        Write(DriverFeatures, (uint)(features >> 32));
        Write(Status, 3 | 8);
        return (Read(Status) & 8) != 0;
    }

    /// <summary>Brings the device up with so many queues.</summary>
    public TestDriver Start(ulong features = Version1, int queues = 1)
    {
        Assert.True(Negotiate(features));
        Array.Clear(_available);
        Array.Clear(_seen);
        Memory.At(TestMemory.Base, 0x8000).Clear();
        for (int queue = 0; queue < queues; queue++)
            SetUp(queue);
        Write(Status, 3 | 8 | 4);
        return this;
    }

    public void SetUp(int queue)
    {
        ulong at = Table(queue);
        Write(QueueSelect, (uint)queue);
        Write(QueueSize, Entries);
        Write(0x80, (uint)at);
        Write(0x84, (uint)(at >> 32));
        Write(0x90, (uint)(at + AvailableAt));
        Write(0x94, (uint)((at + AvailableAt) >> 32));
        Write(0xA0, (uint)(at + UsedAt));
        Write(0xA4, (uint)((at + UsedAt) >> 32));
        Write(QueueReady, 1);
    }

    public static ulong Table(int queue) => TestMemory.Base + ((ulong)queue * QueueStride);

    public Span<byte> Available(int queue) => Memory.At(Table(queue) + AvailableAt, 4 + (2 * Entries) + 2);

    public Span<byte> Used(int queue) => Memory.At(Table(queue) + UsedAt, 4 + (8 * Entries) + 2);

    public void Describe(ulong table, int index, ulong address, uint length, ushort flags, ushort next = 0)
    {
        Span<byte> at = Memory.At(table + (ulong)(16 * index), 16);
        BinaryPrimitives.WriteUInt64LittleEndian(at, address);
        BinaryPrimitives.WriteUInt32LittleEndian(at[8..], length);
        BinaryPrimitives.WriteUInt16LittleEndian(at[12..], flags);
        BinaryPrimitives.WriteUInt16LittleEndian(at[14..], next);
    }

    /// <summary>Makes the chain that begins at a descriptor available.</summary>
    public void Offer(int queue, ushort head)
    {
        Span<byte> ring = Available(queue);
        BinaryPrimitives.WriteUInt16LittleEndian(ring[(4 + (2 * (_available[queue] % Entries)))..], head);
        BinaryPrimitives.WriteUInt16LittleEndian(ring[2..], ++_available[queue]);
    }

    /// <summary>The next buffer that the device gave back: its head and how much was written.</summary>
    public (uint Head, uint Written)? TakeUsed(int queue)
    {
        Span<byte> ring = Used(queue);
        if (BinaryPrimitives.ReadUInt16LittleEndian(ring[2..]) == _seen[queue])
            return null;
        Span<byte> element = ring[(4 + (8 * (_seen[queue]++ % Entries)))..];
        return (BinaryPrimitives.ReadUInt32LittleEndian(element), BinaryPrimitives.ReadUInt32LittleEndian(element[4..]));
    }

    /// <summary>Sends one chain of parts and lets the device work.</summary>
    public (uint Head, uint Written)? Do(int queue, params ReadOnlySpan<Part> parts)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            bool last = i == parts.Length - 1;
            ushort flags = (ushort)((parts[i].Writable ? Writable : 0) | (last ? 0 : Next));
            Describe(Table(queue), i, parts[i].Address, parts[i].Size, flags, (ushort)(i + 1));
        }

        Offer(queue, 0);
        Write(QueueNotify, (uint)queue);
        Mmio.Work(16);
        return TakeUsed(queue);
    }
}
