namespace Devicetree.Schema.Tests;

/// <summary>
/// How much work something was, by what it allocated: the same on a quiet machine and on a busy one, unlike the time it took.
/// What grows with the power of its input runs into any limit, whatever the limit is.
/// </summary>
internal static class Allocations
{
    /// <summary>The bytes that this thread allocates while something runs on it.</summary>
    public static long Of(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
