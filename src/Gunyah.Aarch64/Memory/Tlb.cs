using System.Runtime.CompilerServices;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Memory;

/// <summary>The inline half of every memory access: a hit in the data TLB is an address of the host.</summary>
internal static unsafe class Tlb
{
    /// <summary>Entries a table; a power of two.</summary>
    public const int Size = 256;

    /// <summary>The bits of an address within its page.</summary>
    public const int PageShift = 12;

    /// <summary>Bytes a page.</summary>
    public const int PageSize = 1 << PageShift;

    private const ulong PageMask = ~(ulong)(PageSize - 1);

    /// <summary>The host address of a load, or null where the slow path must look.</summary>
    /// <param name="state">The core.</param>
    /// <param name="address">A virtual address.</param>
    /// <param name="size">How many bytes; all of them lie in one page if this answers one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Read(CoreState* state, ulong address, int size)
    {
        TlbEntry* entry = Entry((&state->DataLow)[address >> 55 & 1], address);
        // The last byte of an access that crosses into the next page has that page's tag, which is not in this entry.
        return (address + (ulong)(size - 1) & PageMask) == entry->ReadTag ? (byte*)((nint)address + entry->Addend) : null;
    }

    /// <summary>The same for a store, or a load that a store follows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Write(CoreState* state, ulong address, int size)
    {
        TlbEntry* entry = Entry((&state->DataLow)[address >> 55 & 1], address);
        return (address + (ulong)(size - 1) & PageMask) == entry->WriteTag ? (byte*)((nint)address + entry->Addend) : null;
    }

    /// <summary>The host address of a load as EL0 would do it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* ReadAsUser(CoreState* state, ulong address, int size)
    {
        TlbEntry* entry = Entry((&state->UserLow)[address >> 55 & 1], address);
        return (address + (ulong)(size - 1) & PageMask) == entry->ReadTag ? (byte*)((nint)address + entry->Addend) : null;
    }

    /// <summary>The host address of a store as EL0 would do it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* WriteAsUser(CoreState* state, ulong address, int size)
    {
        TlbEntry* entry = Entry((&state->UserLow)[address >> 55 & 1], address);
        return (address + (ulong)(size - 1) & PageMask) == entry->WriteTag ? (byte*)((nint)address + entry->Addend) : null;
    }

    /// <summary>The entry of a table where an address would be.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TlbEntry* Entry(nint table, ulong address) => (TlbEntry*)table + (address >> PageShift & Size - 1);
}
