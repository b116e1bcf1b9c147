using System.Runtime.InteropServices;

namespace Gunyah.Aarch64.Memory;

/// <summary>A page of the data TLB. A tag is the page's virtual address, with whatever top byte it was used with.</summary>
[StructLayout(LayoutKind.Sequential, Size = 32)]
internal struct TlbEntry
{
    /// <summary>A tag that no address has.</summary>
    public const ulong NoTag = 1;

    /// <summary>The page, if loads may use the entry.</summary>
    public ulong ReadTag;

    /// <summary>The page, if stores may.</summary>
    public ulong WriteTag;

    /// <summary>What to add to a virtual address to have the host's.</summary>
    public nint Addend;

    /// <summary>The page's intermediate physical address.</summary>
    public ulong Intermediate;
}

/// <summary>A page of the fetch TLB.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal struct FetchEntry
{
    /// <summary>The page's virtual address.</summary>
    public ulong Tag;

    /// <summary>Its blocks: the address of a <c>CodePage</c>'s table of heads.</summary>
    public nint Heads;
}
