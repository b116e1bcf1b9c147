namespace Devicetree.Tool.Tests;

/// <summary>A second passes whenever somebody looks.</summary>
internal sealed class LeapingClock : TimeProvider
{
    private long _seconds;

    public override long TimestampFrequency => 1;

    public override long GetTimestamp() => Interlocked.Increment(ref _seconds);
}
