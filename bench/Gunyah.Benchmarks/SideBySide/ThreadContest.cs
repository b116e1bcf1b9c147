using System.Diagnostics;
using System.Globalization;

namespace Gunyah.Benchmarks.SideBySide;

/// <summary>
/// One thread that sends and receives on its own queue: alone, beside a second one of the same hypervisor with a queue of its
/// own, and beside a second process. What two threads disturb each other by is what they share; two processes share nothing but
/// the machine. By turns, in batches shorter than what the host gives a thread before it lets another run; of each kind the
/// lower tenth counts, as those batches had their processor to themselves.
/// </summary>
internal static class ThreadContest
{
    /// <summary>The argument of the second process.</summary>
    public const string ChildArgument = "side-by-side-child";

    private const int Size = 240;
    private const int Batch = 5_000;
    private const int BatchesOfTurn = 20;
    private const int Turns = 200;
    private const double Lower = 0.1;

    public static void Run()
    {
        var machine = new BenchMachine();
        var own = new QueuePair(machine, Size);
        using var thread = new BusyThread(new QueuePair(machine, machine.NewVm().Vcpu.Port, Size));
        using var process = new BusyProcess();
        for (int i = 0; i < 200; i++)
            own.RepeatTyped(Batch);

        List<double> alone = [];
        List<double> besideThread = [];
        List<double> besideProcess = [];
        for (int turn = 0; turn < Turns; turn++)
        {
            Measure(own, alone);
            thread.IsBusy = true;
            Measure(own, besideThread);
            thread.IsBusy = false;
            process.IsBusy = true;
            Measure(own, besideProcess);
            process.IsBusy = false;
        }

        double one = Contest.Quantile([.. alone], Lower);
        double two = Contest.Quantile([.. besideThread], Lower);
        double apart = Contest.Quantile([.. besideProcess], Lower);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {Size} bytes sent and received, each on its own queue: throughput
              two threads / one thread       {2 * one / two,8:F2}
              two processes / one thread     {2 * one / apart,8:F2}
              two threads / two processes    {apart / two,8:F2}
            """));
    }

    /// <summary>The second process: busy from a line of input to the next.</summary>
    public static int RunChild()
    {
        using var thread = new BusyThread(new QueuePair(new BenchMachine(), Size));
        while (Console.ReadLine() is not null)
        {
            thread.IsBusy = !thread.IsBusy;
            Console.WriteLine();
        }

        return 0;
    }

    private static void Measure(QueuePair pair, List<double> times)
    {
        for (int i = 0; i < BatchesOfTurn; i++)
        {
            long start = Stopwatch.GetTimestamp();
            pair.RepeatTyped(Batch);
            times.Add(Stopwatch.GetTimestamp() - start);
        }
    }

    /// <summary>A thread that sends and receives while it is asked to.</summary>
    private sealed class BusyThread : IDisposable
    {
        private readonly ManualResetEventSlim _isAsked = new();
        private readonly Thread _thread;
        private volatile bool _isBusy;
        private volatile bool _isOver;

        public BusyThread(QueuePair pair)
        {
            _thread = new(() =>
            {
                while (!_isOver)
                {
                    _isAsked.Wait();
                    while (_isBusy)
                        pair.RepeatTyped(Batch);
                }
            });
            _thread.Start();
            IsBusy = true;
            Thread.Sleep(1_000); // Until its code is compiled.
            IsBusy = false;
        }

        public bool IsBusy
        {
            get => _isBusy;
            set
            {
                _isBusy = value;
                if (value)
                    _isAsked.Set();
                else
                    _isAsked.Reset();
            }
        }

        public void Dispose()
        {
            _isOver = true;
            _isAsked.Set();
            _thread.Join();
            _isAsked.Dispose();
        }
    }

    /// <summary>Another process that does the same.</summary>
    private sealed class BusyProcess : IDisposable
    {
        private readonly Process _process;
        private bool _isBusy;

        public BusyProcess()
        {
            _process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ChildArgument)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
            IsBusy = true;
            IsBusy = false;
        }

        public bool IsBusy
        {
            get => _isBusy;
            set
            {
                if (value == _isBusy)
                    return;
                _isBusy = value;
                _process.StandardInput.WriteLine();
                _process.StandardInput.Flush();
                _process.StandardOutput.ReadLine();
            }
        }

        public void Dispose()
        {
            _process.StandardInput.Close();
            _process.WaitForExit();
            _process.Dispose();
        }
    }
}
