namespace Gunyah.Benchmarks.SideBySide;

/// <summary>What is measured side by side, in one run.</summary>
internal static class Subjects
{
    private static readonly (string Name, Action Run)[] _all =
    [
        ("messages", MessageContest.Run),
        ("faces", FaceContest.Run),
        ("threads", ThreadContest.Run),
        ("latency", LatencyContest.Run),
        ("recall", RecallContest.Run),
    ];

    /// <summary>Runs the subjects named, or all.</summary>
    /// <returns>An exit code.</returns>
    public static int Run(ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (!_all.Any(subject => subject.Name == name))
            {
                string known = string.Join(", ", _all.Select(subject => subject.Name));
                Console.Error.WriteLine($"'{name}' is not measured; use {known}.");
                return 2;
            }
        }

        foreach ((string name, Action run) in _all)
        {
            if (names.IsEmpty || names.Contains(name))
                run();
        }

        return 0;
    }
}
