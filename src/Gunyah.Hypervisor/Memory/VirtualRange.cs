using Gunyah.Abi.Memory;

namespace Gunyah.Hypervisor.Memory;

/// <summary>A range of virtual addresses, in pieces that each lie in one page and have a translation each.</summary>
/// <param name="address">The first address.</param>
/// <param name="size">The size in bytes; not 0.</param>
/// <param name="translations">Room for the translations, one a page that the range touches.</param>
internal ref struct VirtualRange(ulong address, int size, Span<ulong> translations)
{
    private Span<ulong> _translations = translations;

    /// <summary>How many pieces there are.</summary>
    public readonly int Count => _translations.Length;

    public readonly bool Wraps => address + (ulong)size < address;

    /// <summary>Forgets the pieces from an index on: they have no translation.</summary>
    public void KeepFirst(int count) => _translations = _translations[..count];

    public readonly void Set(int index, ulong intermediate) => _translations[index] = intermediate;

    /// <summary>The virtual address at which a piece begins.</summary>
    public readonly ulong VirtualAddress(int index) =>
        index == 0 ? address : (address & ~(Page.Size - 1)) + ((ulong)index * Page.Size);

    /// <summary>The translated address of a piece, and which bytes of the range it is.</summary>
    public readonly ulong Piece(int index, out Range bytes)
    {
        int start = (int)(VirtualAddress(index) - address);
        int end = (int)Math.Min((ulong)size, VirtualAddress(index + 1) - address);
        bytes = start..end;
        return _translations[index];
    }
}
