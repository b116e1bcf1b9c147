namespace Gunyah.Hypervisor.Vcpus;

/// <summary>The system counter: how many counts the machine's time makes.</summary>
/// <param name="frequency">Counts a second, at least 1.</param>
internal sealed class CounterScale(uint frequency)
{
    /// <summary>The frequency at which a count is a nanosecond.</summary>
    public const uint NanosecondsFrequency = 1_000_000_000;

    /// <summary>CNTFRQ_EL0.</summary>
    public uint Frequency { get; } = frequency;

    /// <summary>The counter at a time in nanoseconds.</summary>
    public ulong CountAt(ulong time) => Frequency == NanosecondsFrequency
        ? time
        : (ulong)((UInt128)time * Frequency / NanosecondsFrequency);

    /// <summary>The first nanosecond at which the counter has come to a count; the last there is where it never will.</summary>
    public ulong TimeOf(ulong count)
    {
        if (Frequency == NanosecondsFrequency)
            return count;
        UInt128 time = (((UInt128)count * NanosecondsFrequency) + (Frequency - 1)) / Frequency;
        return time > ulong.MaxValue ? ulong.MaxValue : (ulong)time;
    }
}
