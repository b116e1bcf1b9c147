using Gunyah.Abi;

namespace Gunyah.ResourceManager.Records;

/// <summary>The VMIDs with a fixed meaning and the ranges of the others (gunyah-rm.md 5.4).</summary>
internal static class Vmids
{
    /// <summary>The hypervisor; in requests "the caller itself" or "any".</summary>
    public const ushort Hypervisor = WellKnownVmids.Hypervisor;

    /// <summary>The primary VM (HLOS).</summary>
    public const ushort Primary = WellKnownVmids.Primary;

    public const ushort FirstStatic = 4;

    public const ushort LastStatic = 31;

    public const ushort FirstDynamic = 0x80;

    /// <summary>The 63rd and last; 0xBF is already outside.</summary>
    public const ushort LastDynamic = 0xBE;

    /// <summary>The Resource Manager itself.</summary>
    public const ushort ResourceManager = WellKnownVmids.Root;

    public static bool IsStaticSecondary(ushort vmid) => vmid is >= FirstStatic and <= LastStatic;

    public static bool IsDynamic(ushort vmid) => vmid is >= FirstDynamic and <= LastDynamic;
}

/// <summary>The VMIDs that can be given to new VMs.</summary>
internal sealed class VmidPool
{
    private readonly bool[] _taken = new bool[Vmids.LastDynamic + 1];

    /// <summary>Takes the lowest free dynamic VMID; false when there is none.</summary>
    public bool TryTakeAny(out ushort vmid)
    {
        for (vmid = Vmids.FirstDynamic; vmid <= Vmids.LastDynamic; vmid++)
        {
            if (!_taken[vmid])
                return _taken[vmid] = true;
        }
        vmid = 0;
        return false;
    }

    /// <summary>Takes a static VMID; false when it is none or taken. Dynamic ones cannot be asked for by number.</summary>
    public bool TryTake(ushort vmid)
    {
        if (!Vmids.IsStaticSecondary(vmid) || _taken[vmid])
            return false;
        return _taken[vmid] = true;
    }

    public void Return(ushort vmid) => _taken[vmid] = false;
}
