namespace Gunyah.Abi.Hypercalls;

/// <summary>
/// A typed method for each call that moves no data, over <see cref="IHypervisorPort.Call"/>: it puts every argument and every
/// reserved value where the call's row says. Errors and rights are those of the row, beside which each method stands.
/// </summary>
public static partial class HypervisorCalls
{
    /// <summary>The value of reserved inputs that must be all ones, and of "unchanged" in thresholds and delays.</summary>
    private const ulong Ones = ulong.MaxValue;
}
