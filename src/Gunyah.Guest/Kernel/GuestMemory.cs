using System.Buffers.Binary;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Programs;

namespace Gunyah.Guest.Kernel;

/// <summary>
/// The guest's memory by address (the MMU is off: guest addresses are intermediate physical addresses). Numbers are
/// little-endian, as an AArch64 guest keeps them. A write that fails has written nothing of its page.
/// </summary>
public sealed class GuestMemory
{
    private readonly IVcpu _vcpu;

    internal GuestMemory(IVcpu vcpu) => _vcpu = vcpu;

    /// <inheritdoc cref="IVcpu.TryRead"/>
    public bool TryRead(ulong address, Span<byte> destination) => _vcpu.TryRead(address, destination);

    /// <inheritdoc cref="IVcpu.TryWrite"/>
    public bool TryWrite(ulong address, ReadOnlySpan<byte> source) => _vcpu.TryWrite(address, source);

    /// <summary>Reads a 32-bit number.</summary>
    public bool TryReadUInt32(ulong address, out uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        bool read = _vcpu.TryRead(address, bytes);
        value = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        return read;
    }

    /// <summary>Reads a 64-bit number.</summary>
    public bool TryReadUInt64(ulong address, out ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        bool read = _vcpu.TryRead(address, bytes);
        value = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        return read;
    }

    /// <summary>Writes a 32-bit number.</summary>
    public bool TryWriteUInt32(ulong address, uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return _vcpu.TryWrite(address, bytes);
    }

    /// <summary>Writes a 64-bit number.</summary>
    public bool TryWriteUInt64(ulong address, ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return _vcpu.TryWrite(address, bytes);
    }

    /// <summary>Fills a range with zeros, a page at a time.</summary>
    /// <returns>False where part of the range is not mapped writable; the pages before it are zero then.</returns>
    public bool TryClear(ulong address, ulong size)
    {
        Span<byte> zeros = stackalloc byte[(int)Page.Size];
        zeros.Clear();
        while (size > 0)
        {
            int part = (int)Math.Min(size, (ulong)zeros.Length);
            if (!_vcpu.TryWrite(address, zeros[..part]))
                return false;
            address += (ulong)part;
            size -= (ulong)part;
        }
        return true;
    }
}
