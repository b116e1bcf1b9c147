using System.Buffers.Binary;

namespace Gunyah.Virtio.Queues;

/// <summary>
/// The device's side of a split virtqueue (VIRTIO 1.2, 2.7). One thread at a time uses it; the driver works on the same
/// memory from
/// others, and what it may do at the same moment is ordered by full fences, as the driver's barriers are.
/// </summary>
/// <param name="memory">Where the queue is.</param>
internal sealed class Virtqueue(IDmaMemory memory)
{
    private readonly DescriptorChain _chain = new(memory);
    private ushort _taken;
    private ushort _used;
    private ushort _told;

    /// <summary>How many buffers fit; a power of two up to the device's limit.</summary>
    public ushort Size { get; set; }

    /// <summary>Where the table of descriptors is.</summary>
    public ulong Descriptors { get; set; }

    /// <summary>Where the available ring is, the driver's.</summary>
    public ulong Available { get; set; }

    /// <summary>Where the used ring is, the device's.</summary>
    public ulong Used { get; set; }

    /// <summary>The driver says that all of it is set up.</summary>
    public bool IsReady { get; set; }

    /// <summary>What the driver did wrong; <see cref="QueueFault.None"/> while all is well.</summary>
    public QueueFault Fault { get; private set; }

    /// <summary>Whether tables of descriptors may lie elsewhere, as negotiated.</summary>
    public bool HasIndirectTables { get; set; }

    /// <summary>Whether both sides say by index when they want to be told, as negotiated.</summary>
    public bool HasEventIndex { get; set; }

    /// <summary>True where the three areas lie as the standard wants them.</summary>
    public bool IsPlacedWell =>
        Descriptors % RingLayout.DescriptorAlignment == 0 && Available % RingLayout.AvailableAlignment == 0
            && Used % RingLayout.UsedAlignment == 0;

    /// <summary>As after power-on, with places for so many buffers.</summary>
    public void Reset(ushort size)
    {
        (Size, Descriptors, Available, Used, IsReady, Fault) = (size, 0, 0, 0, false, QueueFault.None);
        (_taken, _used, _told) = (0, 0, 0);
        (HasIndirectTables, HasEventIndex) = (false, false);
    }

    /// <summary>
    /// True where a buffer can be taken, or the look at the ring fails. Asks the driver to tell of the next one.
    /// </summary>
    public bool HasAvailable()
    {
        if (!TryRead16(Available + RingLayout.RingIndex, out ushort index))
            return Fail(QueueFault.RingNotThere);
        if (index != _taken)
            return true;
        if (!HasEventIndex)
            return false;
        // The driver stores its index, then loads this one; the device stores this one, then loads the driver's.
        if (!TryWrite16(Used + (ulong)RingLayout.AvailableEvent(Size), _taken))
            return Fail(QueueFault.RingNotThere);
        Interlocked.MemoryBarrier();
        return TryRead16(Available + RingLayout.RingIndex, out index) ? index != _taken : Fail(QueueFault.RingNotThere);
    }

    /// <summary>Takes the next buffer.</summary>
    /// <returns>Null where there is none, or where the driver made a mistake: <see cref="Fault"/> tells.</returns>
    public DescriptorChain? Take()
    {
        if (Fault != QueueFault.None || !HasAvailable() || Fault != QueueFault.None)
            return null;
        if (!TryRead16(Available + RingLayout.RingIndex, out ushort index))
            return FailChain(QueueFault.RingNotThere);
        if ((ushort)(index - _taken) > Size)
            return FailChain(QueueFault.TooManyAvailable);
        Interlocked.MemoryBarrier(); // The index comes before what it says is there.
        int place = _taken % Size;
        if (!TryRead16(Available + RingLayout.RingElements + (ulong)(place * RingLayout.AvailableElement), out ushort head))
            return FailChain(QueueFault.RingNotThere);
        if (!TryWalk(head))
            return null;
        _taken++;
        return _chain;
    }

    /// <summary>Gives a buffer back.</summary>
    /// <param name="chain">The buffer.</param>
    /// <param name="written">How many bytes of its writable part were written, from its start.</param>
    /// <returns>True where the driver wants an interrupt.</returns>
    public bool Complete(DescriptorChain chain, uint written)
    {
        Span<byte> element = stackalloc byte[RingLayout.UsedElement];
        BinaryPrimitives.WriteUInt32LittleEndian(element, chain.Head);
        BinaryPrimitives.WriteUInt32LittleEndian(element[4..], written);
        ulong place = (ulong)(_used % Size * RingLayout.UsedElement);
        if (!memory.TryWrite(Used + RingLayout.RingElements + place, element))
            return Fail(QueueFault.RingNotThere);
        Interlocked.MemoryBarrier(); // The element comes before the index that says it is there.
        _used++;
        if (!TryWrite16(Used + RingLayout.RingIndex, _used))
            return Fail(QueueFault.RingNotThere);
        Interlocked.MemoryBarrier(); // The index comes before the look at what the driver wants.
        return WantsInterrupt();
    }

    private bool WantsInterrupt()
    {
        if (!HasEventIndex)
        {
            return TryRead16(Available + RingLayout.RingFlags, out ushort flags)
                ? (flags & RingLayout.AvailableNoInterrupt) == 0
                : Fail(QueueFault.RingNotThere);
        }

        if (!TryRead16(Available + (ulong)RingLayout.UsedEvent(Size), out ushort wanted))
            return Fail(QueueFault.RingNotThere);
        // Whether the index that the driver waits for was passed since it was last told (2.7.10).
        bool passed = (ushort)(_used - wanted - 1) < (ushort)(_used - _told);
        _told = _used;
        return passed;
    }

    private bool TryWalk(ushort head)
    {
        ulong table = Descriptors;
        int count = Size;
        int left = count;
        int index = head;
        bool isIndirect = false;
        Span<byte> descriptor = stackalloc byte[RingLayout.DescriptorSize];
        _chain.Begin(head);
        while (true)
        {
            if (index >= count)
                return Fail(QueueFault.BadDescriptor);
            if (left-- == 0)
                return Fail(QueueFault.Circle);
            if (!memory.TryRead(table + (ulong)(index * RingLayout.DescriptorSize), descriptor))
                return Fail(QueueFault.RingNotThere);
            ulong address = BinaryPrimitives.ReadUInt64LittleEndian(descriptor);
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(descriptor[RingLayout.LengthOffset..]);
            ushort flags = BinaryPrimitives.ReadUInt16LittleEndian(descriptor[RingLayout.FlagsOffset..]);
            if ((flags & RingLayout.FlagIndirect) != 0)
            {
                bool isTable = length is > 0 and <= RingLayout.MaxQueueSize * RingLayout.DescriptorSize
                    && length % RingLayout.DescriptorSize == 0;
                if (!HasIndirectTables || isIndirect || !isTable || (flags & RingLayout.FlagNext) != 0)
                    return Fail(QueueFault.BadIndirectTable);
                (table, count, index, isIndirect) = (address, (int)length / RingLayout.DescriptorSize, 0, true);
                left = count;
                continue;
            }

            if (!_chain.TryAdd(address, length, (flags & RingLayout.FlagWrite) != 0))
                return Fail(QueueFault.ReadableBehindWritable);
            if ((flags & RingLayout.FlagNext) == 0)
                return true;
            index = BinaryPrimitives.ReadUInt16LittleEndian(descriptor[RingLayout.NextOffset..]);
        }
    }

    private bool TryRead16(ulong address, out ushort value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        bool done = memory.TryRead(address, bytes);
        value = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        return done;
    }

    private bool TryWrite16(ulong address, ushort value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        return memory.TryWrite(address, bytes);
    }

    private DescriptorChain? FailChain(QueueFault fault)
    {
        Fail(fault);
        return null;
    }

    private bool Fail(QueueFault fault)
    {
        Fault = fault;
        return false;
    }
}
