using System.Runtime.InteropServices;

namespace Devicetree.Tool;

/// <summary>The real outside: standard streams, environment, clock.</summary>
internal static class ProcessHost
{
    private static readonly List<PosixSignalRegistration> _registrations = [];

    public static ToolHost Create()
    {
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
            WorkingDirectory = Environment.CurrentDirectory,
            Variable = Environment.GetEnvironmentVariable,
            Time = TimeProvider.System,
            Workers = Environment.ProcessorCount,
            Stop = StopAtSignal,
        };
    }

    private static CancellationToken StopAtSignal()
    {
        var source = new CancellationTokenSource();
        // The registrations live as long as the process.
        foreach (PosixSignal signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM])
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                source.Cancel();
            }));
        }
        return source.Token;
    }
}
