namespace Gunyah.Aarch64.State;

/// <summary>
/// Where the vector registers are in <see cref="CoreState.Vector"/>; behind them two that only the interpreter has.
/// </summary>
internal static class VectorSlot
{
    /// <summary>One element of a register in every lane, for the instruction that follows at once.</summary>
    public const int Element = 32;

    /// <summary>Zero, never written: what instructions compare with zero, or take from it.</summary>
    public const int Zero = 33;

    /// <summary>How many there are.</summary>
    public const int Count = 34;
}
