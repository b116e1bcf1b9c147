using System.Runtime.InteropServices;
using Devicetree.Text.Programs;

namespace Devicetree.Tool;

/// <summary>The real outside: standard streams, environment, clock.</summary>
internal static class ProcessHost
{
    private static readonly List<PosixSignalRegistration> _registrations = [];

    public static ToolHost Create()
    {
        StandardStream.OccupyClosed();
        bool color = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new()
        {
            Input = StandardStream.OpenInput(),
            Output = StandardStream.OpenOutput(),
            Error = StandardStream.OpenError(),
            OutputColor = color && !Console.IsOutputRedirected,
            ErrorColor = color && !Console.IsErrorRedirected,
            OutputIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            WorkingDirectory = WorkingDirectory(),
            Variable = Environment.GetEnvironmentVariable,
            Time = TimeProvider.System,
            Workers = Environment.ProcessorCount,
            Stop = StopAtSignal,
        };
    }

    /// <summary>Where relative paths start. A directory that was deleted while it was in use holds nothing; absolute paths work all the same.</summary>
    private static string WorkingDirectory()
    {
        try
        {
            return Environment.CurrentDirectory;
        }
        catch (IOException)
        {
            return "/proc/self/cwd";
        }
    }

    private static CancellationToken StopAtSignal()
    {
        var source = new CancellationTokenSource();
        // The registrations live as long as the process.
        foreach (PosixSignal signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM])
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                // The first one ends the command in an orderly way; a second one ends the process.
                context.Cancel = !source.IsCancellationRequested;
                source.Cancel();
            }));
        }
        return source.Token;
    }
}
