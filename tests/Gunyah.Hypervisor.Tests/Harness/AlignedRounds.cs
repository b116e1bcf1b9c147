namespace Gunyah.Hypervisor.Tests.Harness;

/// <summary>
/// Two threads that do one thing each at the same moment, round after round: what a race needs to show itself. One of the two
/// begins a little later from round to round, so that every meeting within some hundred nanoseconds is tried.
/// </summary>
internal static class AlignedRounds
{
    /// <summary>The largest delay of one of the two, in iterations of a spin.</summary>
    private const int LargestDelay = 16;

    /// <summary>How long a thread waits for the other before it gives its core away: both may have to share one.</summary>
    private const int SpinsBeforeYield = 50_000;

    /// <summary>Runs the rounds.</summary>
    /// <param name="rounds">How many, if this is not a long run.</param>
    /// <param name="left">What one thread does in a round.</param>
    /// <param name="right">What the other does at the same moment.</param>
    /// <param name="settle">Called between the rounds with the number of the one that ended: looks and prepares the next.
    /// It returns false to end.</param>
    /// <returns>How many rounds were run.</returns>
    public static int Run(int rounds, Action left, Action right, Func<int, bool> settle)
    {
        var limit = new RoundLimit(rounds);
        var turn = new Turn();
        Exception? failure = null;
        var other = new Thread(() =>
        {
            try
            {
                for (int round = 1; turn.WaitForStart(round); round++)
                {
                    Delay(-Offset(round));
                    right();
                    turn.Done = round;
                }
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                failure = e;
                turn.Done = int.MaxValue;
            }
        })
        { IsBackground = true };
        other.Start();
        int done = 0;
        try
        {
            for (bool goesOn = true; goesOn && failure is null && limit.Allows(done);)
            {
                turn.Started = ++done;
                Delay(Offset(done));
                left();
                turn.WaitForDone(done);
                goesOn = settle(done);
            }
        }
        finally
        {
            turn.Started = int.MaxValue;
            other.Join();
        }

        Assert.Null(failure);
        limit.Report(done);
        return done;
    }

    private static int Offset(int round) => (round % (2 * LargestDelay)) - LargestDelay;

    private static void Delay(int spins)
    {
        for (int i = 0; i < spins; i++)
            Thread.SpinWait(1);
    }

    private sealed class Turn
    {
        private volatile int _started;
        private volatile int _done;

        public int Started
        {
            set => _started = value;
        }

        public int Done
        {
            set => _done = value;
        }

        /// <summary>False where there is no such round any more.</summary>
        public bool WaitForStart(int round)
        {
            for (int spins = 0; _started < round; spins++)
                Pause(spins);
            return _started != int.MaxValue;
        }

        public void WaitForDone(int round)
        {
            for (int spins = 0; _done < round; spins++)
                Pause(spins);
        }

        private static void Pause(int spins)
        {
            if (spins > SpinsBeforeYield)
                Thread.Yield();
        }
    }
}
