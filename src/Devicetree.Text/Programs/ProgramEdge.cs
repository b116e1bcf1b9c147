using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Text.Programs;

/// <summary>
/// The outermost edge of a program, where everything that nobody below could answer becomes one line on the standard error and an
/// exit code: output that the system refuses, and faults of ours, which are exceptions and look like nothing else.
/// </summary>
/// <param name="name">The name under which the program was called.</param>
/// <param name="variable">Answers what an environment variable holds.</param>
internal sealed class ProgramEdge(string name, Func<string, string?> variable)
{
    /// <summary>The environment variable with words for those who look for faults, separated by commas.</summary>
    public const string Variable = "DT_DEBUG";

    /// <summary>The word that shows the trace of a fault.</summary>
    public const string Trace = "1";

    /// <summary>The word that raises a fault on purpose, so that it can be seen what becomes of one.</summary>
    public const string Raise = "fault";

    private readonly ConcurrentQueue<Exception> _remembered = new();

    /// <summary>
    /// Takes a fault that was answered for one piece of work, while the command goes on with the others; from any thread.
    /// </summary>
    public void Remember(Exception fault) => _remembered.Enqueue(fault);

    /// <summary>Runs a command.</summary>
    /// <param name="output">The standard output.</param>
    /// <param name="error">The standard error.</param>
    /// <param name="command">The command: writes to the two streams and answers its exit code.</param>
    /// <param name="failed">See <see cref="ResultStream"/>.</param>
    /// <returns>
    /// The command's exit code; else <see cref="ExitCodes.InputOutput"/>, <see cref="ExitCodes.ClosedPipe"/> or
    /// <see cref="ExitCodes.Fault"/>.
    /// </returns>
    public int Run(Stream output, Stream error, Func<Stream, Stream, int> command, Action? failed = null)
    {
        var results = new ResultStream(output, OutputFailedException.StandardOutput, failed);
        var remarks = new RemarkStream(error);
        try
        {
            if (Asks(Raise))
                throw new InvalidOperationException($"this fault was asked for by {Variable}");
            // A command that runs on after its output has failed is stopped; what it says of that follows from the failure.
            int code = command(results, failed is null ? remarks : new RemarkStream(remarks, () => results.Failure is not null));
            // A command that caught the failure itself, as its words for it are older than ours, has an exit code for it too.
            bool isAnswered = failed is null && code != ExitCodes.Good;
            if (results.Failure is OutputFailedException unseen && !isAnswered)
                return Refuse(unseen, remarks);
            if (_remembered.IsEmpty)
                return code;
            foreach (Exception fault in Asks(Trace) ? _remembered : [])
                remarks.Write(Encoding.UTF8.GetBytes(fault + "\n"));
            return ExitCodes.Fault;
        }
        catch (Exception failure)
        {
            return Outcome(failure, remarks);
        }
    }

    /// <summary>
    /// Does the same with what ends other threads of the process. For the process's entry point only: it cannot be taken back.
    /// </summary>
    /// <param name="error">The standard error.</param>
    public void WatchThreads(Stream error) => AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
        Environment.Exit(unhandled.ExceptionObject is Exception failure
        ? Outcome(failure, new RemarkStream(error)) : ExitCodes.Fault);

    private int Outcome(Exception failure, RemarkStream remarks)
    {
        if (Refusal(failure) is OutputFailedException refused)
            return Refuse(refused, remarks);
        // Several threads may have met the same fault.
        Exception first = failure is AggregateException several ? several.Flatten().InnerExceptions[0] : failure;
        Say(remarks, string.Create(
            CultureInfo.InvariantCulture,
            $"internal fault: {first.GetType().Name}: {OneLine(first.Message)} Report this line with the command and its input; {Variable}={Trace} shows the trace."));
        if (Asks(Trace))
            remarks.Write(Encoding.UTF8.GetBytes(failure + "\n"));
        return ExitCodes.Fault;
    }

    private int Refuse(OutputFailedException failure, RemarkStream remarks)
    {
        // Whoever closed the pipe has what was wanted.
        if (failure.IsClosedPipe)
            return ExitCodes.ClosedPipe;
        Say(remarks, failure.Message);
        return ExitCodes.InputOutput;
    }

    private static OutputFailedException? Refusal(Exception failure) => failure switch
    {
        OutputFailedException refused => refused,
        AggregateException several => several.Flatten().InnerExceptions.OfType<OutputFailedException>().FirstOrDefault(),
        _ => null,
    };

    private void Say(RemarkStream remarks, string line)
    {
        remarks.Write(Encoding.UTF8.GetBytes($"{name}: {line}\n"));
        remarks.Flush();
    }

    private bool Asks(string word) =>
        variable(Variable) is string words && words.Split(',').Contains(word, StringComparer.Ordinal);

    private static string OneLine(string message)
    {
        string line = string.Join(' ', message.Split((char[])['\n', '\r'],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return line.EndsWith('.') ? line : line + ".";
    }
}
