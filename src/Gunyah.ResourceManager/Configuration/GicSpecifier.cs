using Gunyah.Abi.Vcpus;

namespace Gunyah.ResourceManager.Configuration;

/// <summary>The cells by which a devicetree names an interrupt of a GIC (gunyah-rm.md 7.1).</summary>
internal static class GicSpecifier
{
    /// <summary>How many cells a VM's GIC takes.</summary>
    public const int Cells = 3;

    /// <summary>The first cell of a shared interrupt.</summary>
    public const uint Shared = 0;

    /// <summary>The third cell: edge rising.</summary>
    public const uint EdgeRising = 1;

    /// <summary>The third cell: level high.</summary>
    public const uint LevelHigh = 4;

    /// <summary>The cells of a shared interrupt.</summary>
    /// <param name="intid">The INTID, 32 to 1019.</param>
    /// <param name="trigger">Its trigger.</param>
    /// <param name="cells">3, or 4 where the GIC's bindings have an affinity cell, which then is zero.</param>
    public static uint[] ForShared(uint intid, InterruptTrigger trigger = InterruptTrigger.EdgeRising, int cells = Cells)
    {
        var specifier = new uint[cells];
        specifier[0] = Shared;
        specifier[1] = intid - InterruptIds.FirstSpi;
        specifier[2] = trigger == InterruptTrigger.EdgeRising ? EdgeRising : LevelHigh;
        return specifier;
    }

    /// <summary>Reads a specifier that names a shared interrupt with a legal trigger; false for any other.</summary>
    public static bool TryGetShared(ReadOnlySpan<uint> specifier, out uint intid, out InterruptTrigger trigger)
    {
        (intid, trigger) = (0, InterruptTrigger.EdgeRising);
        if (specifier.Length < Cells
            || specifier[0] != Shared
            || specifier[1] > InterruptIds.LastSpi - InterruptIds.FirstSpi
            || specifier[2] is not (EdgeRising or LevelHigh))
            return false;
        intid = specifier[1] + InterruptIds.FirstSpi;
        trigger = specifier[2] == EdgeRising ? InterruptTrigger.EdgeRising : InterruptTrigger.Level;
        return true;
    }
}
