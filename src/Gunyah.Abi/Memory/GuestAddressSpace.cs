namespace Gunyah.Abi.Memory;

/// <summary>The guest-physical addresses that a VM can have: 36 bits (gunyah-abi.md 7.1).</summary>
public static class GuestAddressSpace
{
    /// <summary>The first address after the last one.</summary>
    public const ulong End = 1UL << 36;
}
