using System.Collections.Immutable;
using static Gunyah.Abi.GunyahError;
using static Gunyah.Abi.Hypercalls.HypercallInputs;

namespace Gunyah.Abi.Hypercalls;

/// <summary>Who the hypervisor is, and entropy (gunyah-abi.md 1.9 and 4.13).</summary>
public static class IdentificationCalls
{
    private static readonly HypercallRows _rows = new();

#pragma warning disable CS1591 // Each row says what it is; a second text here could only disagree.
    public static HypercallRow Identify { get; } = _rows.Declare(
        new(0x00, "hypervisor_identify", [], ["api_info", "api_flags0", "api_flags1", "api_flags2"], []));

    public static HypercallRow GetEntropy { get; } = _rows.Add(
        0x57, "prng_get_entropy", [Size64("bytes"), Zero], ["data0", "data1", "data2", "data3"], ArgumentSize,
        ArgumentAlignment, Busy);
#pragma warning restore CS1591

    internal static ImmutableArray<HypercallRow> Rows => _rows.All;
}

public static partial class HypervisorCalls
{
    /// <summary>hypervisor_identify: API version and variant, then three words of feature flags.</summary>
    public static HypervisorIdentity Identify(this IHypervisorPort port)
    {
        HypercallResult r = port.Call(IdentificationCalls.Identify, default);
        return new(r.X0, r.X1, r.X2, r.X3);
    }

    /// <summary>prng_get_entropy: 4, 8, 12 or 16 random bytes as words of 32 bits.</summary>
    public static GunyahError GetEntropy(this IHypervisorPort port, int bytes, out uint word0, out uint word1, out uint word2,
        out uint word3)
    {
        HypercallResult r = port.Call(IdentificationCalls.GetEntropy, new((ulong)bytes));
        (word0, word1, word2, word3) = ((uint)r.X1, (uint)r.X2, (uint)r.X3, (uint)r.X4);
        return r.Error;
    }
}

/// <summary>The words of hypervisor_identify (gunyah-abi.md 1.9).</summary>
public readonly record struct HypervisorIdentity(ulong ApiInfo, ulong Flags0, ulong Flags1, ulong Flags2)
{
    /// <summary>The API version, bits 13:0; 1 in every release.</summary>
    public int ApiVersion => (int)(ApiInfo & 0x3FFF);

    /// <summary>The build variant, bits 63:56: 0x48 Gunyah, 0x51 Qualcomm.</summary>
    public byte Variant => (byte)(ApiInfo >> 56);
}
