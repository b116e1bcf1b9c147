using System.Diagnostics;
using System.Globalization;

namespace Gunyah.Hypervisor.Tests.Harness;

/// <summary>How many rounds a test runs: its own number, or what a long run asks for (docs/long-runs.md).</summary>
internal sealed class RoundLimit
{
    /// <summary>The number of rounds of a long run.</summary>
    private const string RoundsVariable = "GUNYAH_RACE_ROUNDS";

    /// <summary>After how many seconds a long run is cut off, if at all; it says how far it came.</summary>
    private const string SecondsVariable = "GUNYAH_RACE_SECONDS";

    private readonly int _rounds;
    private readonly bool _isLong;
    private readonly double _seconds;
    private readonly long _start = Stopwatch.GetTimestamp();

    public RoundLimit(int rounds)
    {
        int? asked = Asked(RoundsVariable);
        _isLong = asked is not null;
        _rounds = asked ?? rounds;
        _seconds = _isLong && Asked(SecondsVariable) is { } seconds ? seconds : double.PositiveInfinity;
    }

    /// <summary>Whether there is another round after so many.</summary>
    public bool Allows(int done) =>
        done < _rounds && (double.IsPositiveInfinity(_seconds) || Stopwatch.GetElapsedTime(_start).TotalSeconds < _seconds);

    /// <summary>Tells the reader of a long run how many rounds it had.</summary>
    public void Report(int done)
    {
        if (_isLong)
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{done} of {_rounds} rounds in {Stopwatch.GetElapsedTime(_start).TotalSeconds:F0} s");
    }

    /// <summary>Tells the reader of a long run how long something took on average.</summary>
    public void Report(string what, TimeSpan time)
    {
        if (_isLong)
            TestContext.Current.TestOutputHelper?.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{what} {time.TotalMicroseconds:F1} µs"));
    }

    private static int? Asked(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : null;
}
