using Gunyah.Abi.Vcpus;

namespace Gunyah.Hypervisor.Interrupts;

/// <summary>
/// Which affinity the vCPU of each index has, as MPIDR_EL1, GICR_TYPER, GICD_IROUTER, software interrupts and PSCI name it: four
/// bytes, Aff3 first. Each byte takes some bits of the index (gunyah-abi.md 4.5.1).
/// </summary>
internal sealed class AffinityMap
{
    private const int Fields = 4;
    private const int FieldBits = 8;
    private const int LargestShift = 31;

    /// <summary>Where MPIDR_EL1 has Aff3; the others are in its low bytes.</summary>
    private const int Aff3Shift = 32;
    private const ulong LowAffinities = 0xFF_FFFF;
    private const ulong ResOne = 1UL << 31;
    private const ulong Multithreaded = 1UL << 24;

    private readonly byte[] _masks;
    private readonly int[] _shifts;
    private readonly bool _isMultithreaded;

    private AffinityMap(byte[] masks, int[] shifts, bool isMultithreaded) =>
        (_masks, _shifts, _isMultithreaded) = (masks, shifts, isMultithreaded);

    /// <summary>Aff0 is the index, the rest is 0, as in the devicetrees that this machine writes.</summary>
    public static AffinityMap Default { get; } = new([VcpuLimits.MaxVcpus - 1, 0, 0, 0], [0, 0, 0, 0], false);

    /// <summary>Makes a map by the arguments of vgic_set_mpidr_mapping.</summary>
    /// <returns>Null if a shift is too large, two fields take the same bit of the index, or the fields do not take the
    /// lowest bits without a gap.</returns>
    public static AffinityMap? TryMake(ulong mask, ReadOnlySpan<uint> shifts, bool isMultithreaded)
    {
        byte[] masks = [(byte)mask, (byte)(mask >> FieldBits), (byte)(mask >> (2 * FieldBits)), (byte)(mask >> Aff3Shift)];
        ulong taken = 0;
        for (int i = 0; i < Fields; i++)
        {
            if (shifts[i] > LargestShift)
                return null;
            ulong bits = (ulong)masks[i] << (int)shifts[i];
            if ((taken & bits) != 0)
                return null;
            taken |= bits;
        }

        return (taken & (taken + 1)) == 0 && taken < VcpuLimits.NoCpu
            ? new(masks, [(int)shifts[0], (int)shifts[1], (int)shifts[2], (int)shifts[3]], isMultithreaded)
            : null;
    }

    /// <summary>The affinity of an index.</summary>
    public uint Of(int index)
    {
        uint affinity = 0;
        for (int i = 0; i < Fields; i++)
            affinity |= ((uint)index >> _shifts[i] & _masks[i]) << (i * FieldBits);
        return affinity;
    }

    /// <summary>The index of an affinity; −1 for one that no index has.</summary>
    public int IndexOf(uint affinity)
    {
        int index = 0;
        for (int i = 0; i < Fields; i++)
        {
            var field = (byte)(affinity >> (i * FieldBits));
            if ((field & ~_masks[i]) != 0)
                return -1;
            index |= field << _shifts[i];
        }

        return index;
    }

    /// <summary>As <see cref="IndexOf(uint)"/>, for an affinity as MPIDR_EL1 and PSCI have it.</summary>
    public int IndexOfMpidr(ulong mpidr) =>
        (mpidr & ~(LowAffinities | ((ulong)byte.MaxValue << Aff3Shift))) != 0
            ? -1
            : IndexOf((uint)(mpidr >> Aff3Shift << (3 * FieldBits)) | (uint)(mpidr & LowAffinities));

    /// <summary>MPIDR_EL1 of an index.</summary>
    public ulong MpidrOf(int index)
    {
        uint affinity = Of(index);
        return ResOne | (_isMultithreaded ? Multithreaded : 0) | (affinity & LowAffinities)
            | ((ulong)(affinity >> (3 * FieldBits)) << Aff3Shift);
    }
}
