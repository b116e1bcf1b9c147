using Gunyah.Abi;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.CapabilitySpaces;

/// <summary>How the slots of one space are numbered for its guests (gunyah-abi.md 4.1.2).</summary>
internal sealed class CapabilityNumbering
{
    private const ulong BeyondBase = 0xFFFF_FF00;

    private readonly ulong _base;
    private readonly ulong _multiplier;

    /// <summary>
    /// The reference divides by multiplying with the rounded-up inverse; the rounding is part of what a guest sees.
    /// </summary>
    private readonly ulong _inverse;
    private readonly bool _aliases;

    private CapabilityNumbering(ulong @base, ulong multiplier, bool aliases)
    {
        _base = @base;
        _multiplier = multiplier;
        _inverse = ((1UL << 32) / multiplier) + 1;
        _aliases = aliases;
    }

    /// <summary>Slot numbers as they are.</summary>
    public static CapabilityNumbering Plain { get; } = new(0, 1, aliases: false);

    /// <summary>A numbering of its own.</summary>
    /// <param name="random">Two words of entropy at most are taken for the base, one for the multiplier.</param>
    /// <param name="aliases">True to let numbers near a valid one mean the same slot, as the reference does.</param>
    public static CapabilityNumbering Draw(ITimeAndEntropy random, bool aliases)
    {
        ulong drawn = random.NextRandom();
        // The upper half stays below 0xFFFFFF00, so that all ones never decodes.
        ulong upper = (drawn >> 32) % BeyondBase;
        ulong multiplier = (random.NextRandom() % ushort.MaxValue) + 1;
        return new((upper << 32) | (uint)drawn, multiplier, aliases);
    }

    public CapId Encode(int slot) => new(((ulong)slot * _multiplier) ^ _base);

    public bool TryDecode(CapId id, out int slot)
    {
        ulong r = id.Value ^ _base;
        slot = 0;
        if (r > uint.MaxValue)
            return false;

        ulong value = (r * _inverse) >> 32;
        if (value > ushort.MaxValue)
            return false;

        slot = (int)value;
        return _aliases || Encode(slot) == id;
    }
}
