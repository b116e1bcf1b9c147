namespace Gunyah.Abi.Memory;

/// <summary>Access rights of mappings and extents (gunyah-abi.md 4.6.2). Write with execute alone is not valid.</summary>
[Flags]
public enum MemoryAccess
{
    /// <summary>No access.</summary>
    None = 0,

    /// <summary>Execute.</summary>
    Execute = 1,

    /// <summary>Write.</summary>
    Write = 2,

    /// <summary>Read.</summary>
    Read = 4,

    /// <summary>Read and execute.</summary>
    ReadExecute = Read | Execute,

    /// <summary>Read and write.</summary>
    ReadWrite = Read | Write,

    /// <summary>Read, write and execute.</summary>
    All = Read | Write | Execute,
}

/// <summary>The attribute word of addrspace_map: user access in bits 2:0, kernel access in 6:4, memory type in 23:16.</summary>
public static class MapAttributes
{
    /// <summary>The memory type "normal, inner and outer write-back".</summary>
    public const ulong WriteBack = 15;

    private const int KernelShift = 4;
    private const int MemoryTypeShift = 16;

    /// <summary>Normal write-back memory with one access for kernel and user.</summary>
    public static ulong NormalMemory(MemoryAccess access) => AccessBits(access) | (WriteBack << MemoryTypeShift);

    /// <summary>The access bits alone, as addrspace_update_access takes them.</summary>
    public static ulong AccessBits(MemoryAccess access) => (ulong)access | ((ulong)access << KernelShift);

    /// <summary>The kernel's access in an attribute word.</summary>
    public static MemoryAccess KernelAccess(ulong attributes) => (MemoryAccess)((attributes >> KernelShift) & 7);

    /// <summary>The user programs' access in an attribute word.</summary>
    public static MemoryAccess UserAccess(ulong attributes) => (MemoryAccess)(attributes & 7);

    /// <summary>The memory type in an attribute word.</summary>
    public static byte MemoryType(ulong attributes) => (byte)(attributes >> MemoryTypeShift);
}

/// <summary>The flag word of memextent_modify: the operation in bits 7:0 (gunyah-abi.md 4.6.5).</summary>
public static class ExtentModify
{
    /// <summary>Removes every mapping.</summary>
    public const ulong UnmapAll = 0;

    /// <summary>Fills a range with zeros.</summary>
    public const ulong Zero = 1;

    /// <summary>Cleans the caches over a range.</summary>
    public const ulong CacheClean = 2;

    /// <summary>Cleans and invalidates the caches over a range.</summary>
    public const ulong CacheFlush = 3;

    /// <summary>Only waits for earlier operations.</summary>
    public const ulong SyncAll = 255;

    /// <summary>Does not wait for other CPUs; the range operations demand it.</summary>
    public const ulong NoSync = 1UL << 31;
}

/// <summary>Pages of guest memory.</summary>
public static class Page
{
    /// <summary>The size of a page in bytes.</summary>
    public const ulong Size = 4096;

    /// <summary>True for a multiple of the page size.</summary>
    public static bool IsAligned(ulong value) => (value & (Size - 1)) == 0;

    /// <summary>The next multiple of the page size, the value itself if it is one. Must not wrap.</summary>
    public static ulong RoundUp(ulong value) => checked(value + (Size - 1)) & ~(Size - 1);
}
