using Devicetree;

namespace Gunyah.Machine.Platform;

/// <summary>The system counter of a board.</summary>
internal static class BoardCounter
{
    /// <summary>The frequency where a tree leaves it to CNTFRQ_EL0, as most do: a count is a nanosecond.</summary>
    public const uint DefaultFrequency = 1_000_000_000;

    private const string Timer = "arm,armv8-timer";
    private const string Frequency = "clock-frequency";

    /// <summary>What the board's timer node says, in counts a second.</summary>
    public static uint FrequencyOf(Tree board) =>
        board.Root.SelfAndDescendants().FirstOrDefault(static node => node.IsCompatible(Timer))?.Property(Frequency) is { } stated
            && stated.TryGetU32(out uint frequency) && frequency > 0
            ? frequency
            : DefaultFrequency;
}
