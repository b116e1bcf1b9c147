using System.Runtime.InteropServices;
using Gunyah.Abi;
using Gunyah.Abi.Memory;

namespace Gunyah.Hypervisor.Tests.Engines;

/// <summary>How an access of <see cref="RegisterMachine"/> to memory ended.</summary>
internal enum RegisterAccess
{
    Done,

    /// <summary>Nothing is mapped in stage 2: the access goes to a device, if there is one.</summary>
    NoMemory,

    /// <summary>Stage 1 does not lead there, or one of the stages does not allow it.</summary>
    Fault,
}

/// <summary>
/// Memory as <see cref="RegisterMachine"/> sees it: an optional table of <see cref="Entries"/> pages as stage 1, and a TLB of
/// host addresses that lives by <see cref="IGuestPages"/>. An entry of the table is an intermediate address,
/// bit 0 for valid and bit 1 for writable.
/// </summary>
internal sealed class RegisterMemory
{
    /// <summary>Virtual pages from address 0 on.</summary>
    public const int Entries = 512;

    public const ulong Valid = 1;
    public const ulong Writable = 2;
    private const int TlbSize = 64;

    private readonly (ulong Page, bool IsWritable, nint Host)[] _tlb = new (ulong, bool, nint)[TlbSize];
    private IGuestPages? _pages;
    private ulong _generation;
    private ulong _table;
    private bool _isInSlice;

    public void Enter(IGuestPages pages)
    {
        _pages = pages;
        _isInSlice = true;
        Accept(pages.Enter());
    }

    public void Poll() => Accept(_pages!.Poll());

    public void Leave()
    {
        _isInSlice = false;
        _pages!.Leave();
    }

    /// <summary>Sets the table and forgets what was found by another; 0 for none.</summary>
    public void SetTable(ulong address)
    {
        _table = address;
        Array.Clear(_tlb);
    }

    /// <summary>Walks the table; in a slice of its own where it is asked from a hypercall.</summary>
    public StageOneFault Translate(ulong address, MemoryAccess access, out ulong intermediate)
    {
        intermediate = address;
        if (_table == 0)
            return StageOneFault.None;
        ulong page = address / Page.Size;
        if (page >= Entries)
            return StageOneFault.Translation;
        if (!TryReadEntry(_table + (page * sizeof(ulong)), out ulong entry))
            return StageOneFault.WalkTranslation;
        intermediate = (entry & ~(Page.Size - 1)) | (address % Page.Size);
        if ((entry & Valid) == 0)
            return StageOneFault.Translation;
        return access == MemoryAccess.Write && (entry & Writable) == 0 ? StageOneFault.Permission : StageOneFault.None;
    }

    /// <summary>Reads bytes that may cross pages.</summary>
    /// <param name="address">A virtual address.</param>
    /// <param name="bytes">Takes them.</param>
    /// <param name="intermediate">Where the first byte is after stage 1.</param>
    public RegisterAccess Read(ulong address, Span<byte> bytes, out ulong intermediate)
    {
        RegisterAccess first = Find(address, isWrite: false, out nint host, out intermediate);
        for (int i = 0; i < bytes.Length && first == RegisterAccess.Done; i++)
        {
            if (i > 0 && (address + (ulong)i) % Page.Size == 0)
                first = Find(address + (ulong)i, isWrite: false, out host, out _);
            if (first == RegisterAccess.Done)
                bytes[i] = Marshal.ReadByte(host++);
        }

        return first;
    }

    /// <summary>Writes bytes that may cross pages; without the second page nothing of the first.</summary>
    public RegisterAccess Write(ulong address, ReadOnlySpan<byte> bytes, out ulong intermediate)
    {
        ulong last = address + (ulong)bytes.Length - 1;
        RegisterAccess access = Find(address, isWrite: true, out nint host, out intermediate);
        nint second = 0;
        if (access == RegisterAccess.Done && last / Page.Size != address / Page.Size)
            access = Find(last & ~(Page.Size - 1), isWrite: true, out second, out _);
        if (access != RegisterAccess.Done)
            return access;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (i > 0 && (address + (ulong)i) % Page.Size == 0)
                host = second;
            Marshal.WriteByte(host++, bytes[i]);
        }

        return RegisterAccess.Done;
    }

    private bool TryReadEntry(ulong address, out ulong entry)
    {
        entry = 0;
        if (!_isInSlice)
            Accept(_pages!.Enter());
        bool found = _pages!.Find(address, MemoryAccess.Read, isUser: false, out HostPage host) == GunyahError.Ok;
        if (found)
            entry = (ulong)Marshal.ReadInt64(host.Address + (nint)(address % Page.Size));
        if (!_isInSlice)
            _pages.Leave();
        return found;
    }

    private RegisterAccess Find(ulong address, bool isWrite, out nint host, out ulong intermediate)
    {
        ulong page = (address / Page.Size) + 1; // No entry is that of page 0 before it was filled.
        ref (ulong Page, bool IsWritable, nint Host) entry = ref _tlb[page % TlbSize];
        host = entry.Host + (nint)(address % Page.Size);
        intermediate = 0;
        if (entry.Page == page && (!isWrite || entry.IsWritable))
            return RegisterAccess.Done;

        MemoryAccess access = isWrite ? MemoryAccess.Write : MemoryAccess.Read;
        if (Translate(address, access, out intermediate) != StageOneFault.None)
            return RegisterAccess.Fault;
        GunyahError error = _pages!.Find(intermediate, access, isUser: false, out HostPage found);
        if (error != GunyahError.Ok)
            return error == GunyahError.AddressInvalid ? RegisterAccess.NoMemory : RegisterAccess.Fault;
        entry = (page, isWrite, found.Address);
        host = found.Address + (nint)(address % Page.Size);
        return RegisterAccess.Done;
    }

    private void Accept(ulong generation)
    {
        if (generation == _generation)
            return;
        _generation = generation;
        Array.Clear(_tlb);
    }
}
