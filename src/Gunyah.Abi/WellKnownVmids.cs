namespace Gunyah.Abi;

/// <summary>The VMIDs with a fixed meaning that more than one part of the system must know (gunyah-rm.md 5.4).</summary>
public static class WellKnownVmids
{
    /// <summary>The hypervisor; in requests "the caller itself" or "any".</summary>
    public const ushort Hypervisor = 0;

    /// <summary>The primary VM (HLOS).</summary>
    public const ushort Primary = 3;

    /// <summary>The root VM, which is the Resource Manager.</summary>
    public const ushort Root = 0xFF;
}
