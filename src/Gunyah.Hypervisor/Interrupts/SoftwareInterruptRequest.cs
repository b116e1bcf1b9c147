namespace Gunyah.Hypervisor.Interrupts;

/// <summary>What is written to ICC_SGI1R_EL1 and its like.</summary>
/// <param name="value">The value.</param>
internal readonly struct SoftwareInterruptRequest(ulong value)
{
    private const int TargetsOfList = 16;

    /// <summary>The INTID, 0 to 15.</summary>
    public uint Intid => (uint)(value >> 24) & 0xF;

    /// <summary>True for all vCPUs but the sender; the list means nothing then.</summary>
    public bool ToOthers => (value & (1UL << 40)) != 0;

    /// <summary>One bit a value of Aff0.</summary>
    public uint TargetList => (ushort)value;

    /// <summary>The affinity that a bit of the list stands for.</summary>
    public uint AffinityOf(int bit)
    {
        uint range = (uint)(value >> 44) & 0xF;
        return ((uint)(value >> 48) & 0xFF) << 24 | ((uint)(value >> 32) & 0xFF) << 16 | ((uint)(value >> 16) & 0xFF) << 8
            | ((range * TargetsOfList) + (uint)bit);
    }
}
