namespace Gunyah.Testing;

/// <summary>When a test says that something hangs.</summary>
internal static class Hanging
{
    /// <summary>
    /// What has not ended after this long never will: it takes seconds at most, and no machine is so busy or so slow that it
    /// would need a hundred times as long. It keeps a run of tests from standing still; it says nothing of speed.
    /// </summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    /// <summary>
    /// How long a test waits for a thread that does a step of microseconds while the test holds what the thread must not need.
    /// Where the step does need it, all of this passes before the test fails, so it is shorter.
    /// </summary>
    public static readonly TimeSpan LimitOfStep = TimeSpan.FromMinutes(2);
}
