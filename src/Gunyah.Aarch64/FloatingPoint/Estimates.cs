namespace Gunyah.Aarch64.FloatingPoint;

/// <summary>
/// The estimates of reciprocals, to eight bits: Arm ARM DDI 0487, the pseudocode functions RecipEstimate and RecipSqrtEstimate.
/// They are defined to the bit.
/// </summary>
internal static class Estimates
{
    /// <summary>About 2^17 divided by the number and a half; both are from 256 to 511.</summary>
    public static uint Reciprocal(uint number)
    {
        uint quotient = (1u << 19) / (number * 2 + 1);
        return (quotient + 1) / 2;
    }

    /// <summary>About the reciprocal of the root of the number and a half.</summary>
    /// <param name="number">From 128 to 511: in halves of that from 256 on.</param>
    /// <returns>From 256 to 511.</returns>
    public static uint ReciprocalRoot(uint number)
    {
        number = number < 256 ? number * 2 + 1 : ((number & ~1u) + 1) * 2;
        uint root = 512;
        while (number * (root + 1) * (root + 1) < 1u << 28)
            root++;
        return (root + 1) / 2;
    }
}
