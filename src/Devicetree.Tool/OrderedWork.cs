namespace Devicetree.Tool;

/// <summary>
/// Does pieces of work on several threads and takes their results in the order of the pieces, each as soon as it can be.
/// </summary>
internal static class OrderedWork
{
    /// <summary>Runs all pieces.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="workers">How many threads work; the calling one is among them.</param>
    /// <param name="work">Does one piece; called by several threads.</param>
    /// <param name="fail">
    /// Makes a result of the exception that ended a piece. That is a fault of ours; the other pieces are none of its business.
    /// </param>
    /// <param name="take">Takes the result of one piece; called by one thread at a time, in order.</param>
    public static void Run<T>(int count, int workers, Func<int, T> work, Func<int, Exception, T> fail, Action<T> take)
    {
        var waiting = new Dictionary<int, T>();
        var gate = new Lock();
        int next = 0;
        int taken = 0;
        bool isOver = false;
        void Work()
        {
            try
            {
                while (!Volatile.Read(ref isOver) && Interlocked.Increment(ref next) - 1 is int index && index < count)
                {
                    T result = Do(index);
                    lock (gate)
                    {
                        waiting.Add(index, result);
                        while (!isOver && waiting.Remove(taken, out T? ready))
                        {
                            taken++;
                            take(ready);
                        }
                    }
                }
            }
            catch
            {
                // Nobody takes what the others would still do.
                Volatile.Write(ref isOver, true);
                throw;
            }
        }

        T Do(int index)
        {
            try
            {
                return work(index);
            }
#pragma warning disable CA1031 // Whatever ended this piece becomes its result.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                return fail(index, failure);
            }
        }

        int threads = Math.Min(workers, count);
        if (threads < 2)
            Work();
        else
            Parallel.Invoke(new ParallelOptions { MaxDegreeOfParallelism = threads }, [.. Enumerable.Repeat(Work, threads)]);
    }
}
