using System.Buffers.Binary;
using Gunyah.Abi;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Programs;

namespace Gunyah.Aarch64.Memory;

/// <summary>
/// Pages of guest RAM by host address, remembered until the mappings change: what the hypervisor answers, without asking it at
/// each level of each walk.
/// </summary>
internal sealed unsafe class StageTwo
{
    private const int Size = 1024;

    private readonly Known[] _known = new Known[Size];

    /// <summary>Where pages are found; null outside runs.</summary>
    public IGuestPages? Pages { get; set; }

    /// <summary>Reads entries of tables outside runs, in hypercalls.</summary>
    public IVcpu? Vcpu { get; set; }

    /// <summary>Forgets everything.</summary>
    public void Drop() => Array.Clear(_known);

    /// <summary>Finds a page.</summary>
    /// <param name="address">An intermediate physical address in it.</param>
    /// <param name="access">What is needed.</param>
    /// <param name="isUser">True for EL0.</param>
    /// <param name="host">The host address of its first byte.</param>
    public GunyahError Find(ulong address, MemoryAccess access, bool isUser, out nint host)
    {
        ulong page = address >> Tlb.PageShift;
        ref Known known = ref _known[page & (Size - 1)];
        MemoryAccess had = isUser ? known.User : known.Kernel;
        if (known.Page == page + 1 && (had & access) == access)
        {
            host = known.Host;
            return GunyahError.Ok;
        }

        GunyahError error = Pages!.Find(address, access, isUser, out HostPage found);
        host = found.Address;
        if (error == GunyahError.Ok)
            known = new(page + 1, host, MapAttributes.KernelAccess(found.Attributes), MapAttributes.UserAccess(found.Attributes));
        return error;
    }

    /// <summary>Reads an entry of a translation table.</summary>
    public StageOneFault ReadEntry(ulong address, out ulong entry)
    {
        if (Pages is null)
            return ReadEntryInCall(address, out entry);
        GunyahError error = Find(address, MemoryAccess.Read, isUser: false, out nint host);
        entry = error == GunyahError.Ok ? Volatile.Read(ref *(ulong*)(host + (nint)(address & (Tlb.PageSize - 1)))) : 0;
        return error switch
        {
            GunyahError.Ok => StageOneFault.None,
            GunyahError.Denied => StageOneFault.WalkPermission,
            _ => StageOneFault.WalkTranslation,
        };
    }

    private StageOneFault ReadEntryInCall(ulong address, out ulong entry)
    {
        entry = 0;
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        if (!Vcpu!.TryRead(address, bytes))
            return StageOneFault.WalkTranslation;
        entry = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        return StageOneFault.None;
    }

    private readonly record struct Known(ulong Page, nint Host, MemoryAccess Kernel, MemoryAccess User);
}
