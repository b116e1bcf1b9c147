using Gunyah.Abi;
using Gunyah.Abi.Memory;

namespace Gunyah.Hypervisor.MemoryExtents;

/// <summary>Which memory types an extent may be mapped with: bits 9:8 of its attribute word.</summary>
internal enum ExtentMemoryType
{
    Any = 0,
    Device = 1,
    Uncached = 2,
}

/// <summary>The checked attribute word of a memory extent (gunyah-abi.md 4.6.2 and 4.6.3).</summary>
/// <param name="Access">The most that a mapping may allow.</param>
/// <param name="MemoryType">Which memory types a mapping may have.</param>
/// <param name="IsSparse">True for an extent that memory is donated to.</param>
internal readonly record struct ExtentAttributes(MemoryAccess Access, ExtentMemoryType MemoryType, bool IsSparse)
{
    private const uint KnownBits = 0x3_0307;
    private const int MemoryTypeShift = 8;
    private const int TypeShift = 16;

    public static GunyahError Parse(uint word, out ExtentAttributes attributes)
    {
        var access = (MemoryAccess)(word & 7);
        uint memoryType = (word >> MemoryTypeShift) & 3;
        uint type = (word >> TypeShift) & 3;
        attributes = new(access, (ExtentMemoryType)memoryType, type == 1);
        bool valid = (word & ~KnownBits) == 0 && type <= 1 && memoryType <= (uint)ExtentMemoryType.Uncached
            && access != MemoryAccess.None && IsValid(access);
        return valid ? GunyahError.Ok : GunyahError.ArgumentInvalid;
    }

    /// <summary>Write with execute but without read does not exist.</summary>
    public static bool IsValid(MemoryAccess access) => access != (MemoryAccess.Write | MemoryAccess.Execute);

    /// <summary>True if the extent may be mapped with a map attribute word.</summary>
    public bool Allows(ulong mapAttributes) =>
        AllowsAccess(mapAttributes) && MapAttributes.MemoryType(mapAttributes) switch
        {
            <= 3 => true,
            5 => MemoryType is ExtentMemoryType.Any or ExtentMemoryType.Uncached,
            6 or 7 or 9 or 10 or 11 or 13 or 14 or 15 => MemoryType == ExtentMemoryType.Any,
            _ => false,
        };

    public bool AllowsAccess(ulong mapAttributes)
    {
        MemoryAccess kernel = MapAttributes.KernelAccess(mapAttributes);
        MemoryAccess user = MapAttributes.UserAccess(mapAttributes);
        return IsValid(kernel) && IsValid(user) && ((kernel | user) & ~Access) == 0;
    }

    /// <summary>A map attribute word with no more access than this extent allows.</summary>
    public ulong Mask(ulong mapAttributes) =>
        (mapAttributes & ~MapAttributes.AccessBits(MemoryAccess.All)) | (mapAttributes & MapAttributes.AccessBits(Access));
}
