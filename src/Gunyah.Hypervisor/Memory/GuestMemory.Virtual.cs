using System.Runtime.CompilerServices;
using Gunyah.Abi;
using Gunyah.Abi.Memory;

namespace Gunyah.Hypervisor.Memory;

/// <summary>What a hypercall names: through the engine's stage 1, page by page, then as any access.</summary>
internal sealed partial class GuestMemory
{
    /// <summary>How many translations fit on the stack: more than any message has pages.</summary>
    private const int FewPages = 4;

    /// <summary>The engine's stage 1; null where virtual addresses are intermediate physical ones.</summary>
    public IStageOne? StageOne { get; set; }

    /// <summary>Reads what a hypercall names: all of it or, with the first fault that EL1 would meet, nothing.</summary>
    public GunyahError ReadVirtual(ulong address, Span<byte> destination) =>
        StageOne is not { } stageOne || destination.IsEmpty
            ? Read(address, destination, MemoryAccess.Read)
            : ReadTranslated(stageOne, address, destination);

    /// <summary>Writes what a hypercall names: all of it or, with the first fault that EL1 would meet, nothing.</summary>
    public GunyahError WriteVirtual(ulong address, ReadOnlySpan<byte> source) =>
        StageOne is not { } stageOne || source.IsEmpty ? Write(address, source) : WriteTranslated(stageOne, address, source);

    /// <summary>How many pages a range touches, wherever it is.</summary>
    private static int PagesOf(ulong address, int size) =>
        (int)((((address & (Page.Size - 1)) + (ulong)size - 1) / Page.Size) + 1);

    // Apart from the other path, whose frame would have to hold the pages too.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private GunyahError ReadTranslated(IStageOne stageOne, ulong address, Span<byte> destination)
    {
        int count = PagesOf(address, destination.Length);
        Span<ulong> pages = count <= FewPages ? stackalloc ulong[FewPages] : new ulong[count];
        var range = new VirtualRange(address, destination.Length, pages[..count]);
        GunyahError fault = Translate(stageOne, ref range, MemoryAccess.Read);
        uint underWay = _accesses + 1;
        Volatile.Write(ref _accesses, underWay); // Its fence is FenceAll.
        try
        {
            AddressTree<StageTwoEntry>? entries = _table?.Entries;
            GunyahError error = Check(entries, range, MemoryAccess.Read, fault);
            for (int i = 0; i < range.Count && error == GunyahError.Ok; i++)
            {
                ulong from = range.Piece(i, out Range bytes);
                error = CopyFrom(entries, AddressTree<StageTwoEntry>.Find(entries, from), from, destination[bytes]);
            }

            return error;
        }
        finally
        {
            Volatile.Write(ref _accesses, underWay + 1);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private GunyahError WriteTranslated(IStageOne stageOne, ulong address, ReadOnlySpan<byte> source)
    {
        int count = PagesOf(address, source.Length);
        Span<ulong> pages = count <= FewPages ? stackalloc ulong[FewPages] : new ulong[count];
        var range = new VirtualRange(address, source.Length, pages[..count]);
        GunyahError fault = Translate(stageOne, ref range, MemoryAccess.Write);
        uint underWay = _accesses + 1;
        Volatile.Write(ref _accesses, underWay); // Its fence is FenceAll.
        try
        {
            AddressTree<StageTwoEntry>? entries = _table?.Entries;
            GunyahError error = Check(entries, range, MemoryAccess.Write, fault);
            for (int i = 0; i < range.Count && error == GunyahError.Ok; i++)
            {
                ulong to = range.Piece(i, out Range bytes);
                error = CopyTo(entries, AddressTree<StageTwoEntry>.Find(entries, to), to, source[bytes]);
            }

            return error;
        }
        finally
        {
            Volatile.Write(ref _accesses, underWay + 1);
        }
    }

    /// <summary>
    /// Translates page by page up to the first fault. Before the access, not in it: a walk of the tables is one of its own.
    /// </summary>
    private GunyahError Translate(IStageOne stageOne, ref VirtualRange range, MemoryAccess access)
    {
        if (range.Wraps)
        {
            range.KeepFirst(0);
            return GunyahError.AddressOverflow;
        }

        StageOneFault fault = StageOneFault.None;
        for (int i = 0; i < range.Count && fault == StageOneFault.None; i++)
        {
            fault = stageOne.Translate(range.VirtualAddress(i), access, out ulong intermediate);
            range.Set(i, intermediate);
            if (fault != StageOneFault.None)
                range.KeepFirst(i);
        }

        Pages.Leave(); // The walk may have used host addresses.
        return fault switch
        {
            StageOneFault.None => GunyahError.Ok,
            StageOneFault.WalkPermission => GunyahError.Denied,
            StageOneFault.WalkTranslation => GunyahError.AddressInvalid,
            _ => GunyahError.ArgumentInvalid,
        };
    }

    /// <summary>Stage 2 of what stage 1 translated, then the fault at which that ended.</summary>
    private static GunyahError Check(
        AddressTree<StageTwoEntry>? entries, in VirtualRange range, MemoryAccess needed, GunyahError fault)
    {
        for (int i = 0; i < range.Count; i++)
        {
            ulong at = range.Piece(i, out Range bytes);
            ulong size = (ulong)(bytes.End.Value - bytes.Start.Value);
            GunyahError error = StageTwoTable.Check(entries, at, size, needed, out _);
            if (error != GunyahError.Ok)
                return error;
        }

        return fault;
    }

    private GunyahError CopyFrom(
        AddressTree<StageTwoEntry>? entries, AddressTree<StageTwoEntry>? entry, ulong address, Span<byte> destination)
    {
        for (; entry is not null; entry = AddressTree<StageTwoEntry>.Find(entries, address))
        {
            int length = Next(in entry.Value, address, destination.Length, out ulong from);
            if (!physical.TryRead(from, destination[..length]))
                return GunyahError.AddressInvalid;
            destination = destination[length..];
            if (destination.IsEmpty)
                break;
            address += (ulong)length;
        }

        return GunyahError.Ok;
    }

    private GunyahError CopyTo(
        AddressTree<StageTwoEntry>? entries, AddressTree<StageTwoEntry>? entry, ulong address, ReadOnlySpan<byte> source)
    {
        for (; entry is not null; entry = AddressTree<StageTwoEntry>.Find(entries, address))
        {
            int length = Next(in entry.Value, address, source.Length, out ulong to);
            if (!physical.TryWrite(to, source[..length]))
                return GunyahError.AddressInvalid;
            source = source[length..];
            if (source.IsEmpty)
                break;
            address += (ulong)length;
        }

        return GunyahError.Ok;
    }
}
