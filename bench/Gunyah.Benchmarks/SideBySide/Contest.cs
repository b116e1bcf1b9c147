using System.Diagnostics;
using System.Globalization;

namespace Gunyah.Benchmarks.SideBySide;

/// <summary>One of those who are measured side by side.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Run">Does its work so many times.</param>
internal sealed record Contestant(string Name, Action<int> Run);

/// <summary>
/// Contestants by turns, each a batch of some hundred microseconds, thousands of times: what else the machine does meets all of
/// them alike, and a batch that was interrupted is far from the median. Only ratios are told.
/// </summary>
internal static class Contest
{
    private const int WarmUps = 300;

    /// <summary>Measures, and prints each as a multiple of the first.</summary>
    /// <param name="contestants">The first is what the others are compared with.</param>
    /// <param name="batch">How many times each does its work in a turn.</param>
    /// <param name="rounds">How many turns each has.</param>
    public static void Run(IReadOnlyList<Contestant> contestants, int batch, int rounds)
    {
        // The second half of the warm-up comes after the compiler had time to compile what was hot in the first.
        for (int i = 0; i < 2 * WarmUps; i++)
        {
            foreach (Contestant contestant in contestants)
                contestant.Run(batch);
            if (i == WarmUps)
                Thread.Sleep(500);
        }

        double[][] times = [.. contestants.Select(_ => new double[rounds])];
        long[] allocated = new long[contestants.Count];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < contestants.Count; i++)
            {
                long bytes = GC.GetAllocatedBytesForCurrentThread();
                long start = Stopwatch.GetTimestamp();
                contestants[i].Run(batch);
                times[i][round] = Stopwatch.GetTimestamp() - start;
                allocated[i] += GC.GetAllocatedBytesForCurrentThread() - bytes;
            }
        }

        double first = Median(times[0]);
        for (int i = 0; i < contestants.Count; i++)
        {
            double perOperation = allocated[i] / ((double)batch * rounds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {contestants[i].Name,-44} {Median(times[i]) / first,8:F2}   {perOperation,6:F0} B"));
        }
    }

    public static double Median(ReadOnlySpan<double> values) => Quantile(values, 0.5);

    /// <summary>The value below which a part of the values is.</summary>
    public static double Quantile(ReadOnlySpan<double> values, double part)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        return sorted[(int)Math.Min(sorted.Length * part, sorted.Length - 1)];
    }
}
