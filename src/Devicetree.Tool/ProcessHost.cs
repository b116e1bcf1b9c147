using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Devicetree.Text.Programs;

namespace Devicetree.Tool;

/// <summary>The real outside: standard streams, environment, clock.</summary>
internal static class ProcessHost
{
    private const string CommandLineFile = "/proc/self/cmdline";

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
            Program = ProgramFile,
            Variable = Environment.GetEnvironmentVariable,
            Time = TimeProvider.System,
            Workers = Environment.ProcessorCount,
            Stop = StopAtSignal,
        };
    }

    /// <summary>
    /// The name under which the program was started: a link called dtc makes it dtc. Where it runs in a runtime the arguments
    /// begin with its library; the system knows the name.
    /// </summary>
    public static string Name()
    {
        string first = Environment.GetCommandLineArgs()[0];
        if (RuntimeFeature.IsDynamicCodeSupported && File.Exists(CommandLineFile))
        {
            byte[] line = File.ReadAllBytes(CommandLineFile);
            int end = Array.IndexOf(line, (byte)0);
            if (end > 0)
                first = Encoding.UTF8.GetString(line, 0, end);
        }
        return Path.GetFileName(first);
    }

    /// <summary>Where there is no /proc, the path by which the program was started does, if it is whole.</summary>
    private static string? ProgramFile()
    {
        string? path = Environment.ProcessPath ?? Environment.GetCommandLineArgs()[0];
        // Started by the runtime's own program, it has no file that a link could lead to.
        return Path.IsPathRooted(path) && Path.GetFileNameWithoutExtension(path) != "dotnet" ? path : null;
    }

    /// <summary>
    /// Where relative paths start. A directory that was deleted while it was in use holds nothing; absolute paths work all the
    /// same.
    /// </summary>
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
