using System.Security.Cryptography;
using Devicetree.Text.Programs;
using Gunyah.Machine.Programs;

namespace Gunyah.Tool;

/// <summary>The real outside: console, environment, clock.</summary>
internal static class ConsoleHost
{
    private const int DefaultWidth = 100;

    public static ToolHost Create(TextWriter output, TextWriter error)
    {
        bool color = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new()
        {
            Output = output,
            Error = error,
            Input = StandardStream.OpenInput(),
            InputIsTerminal = !Console.IsInputRedirected,
            TakeTerminal = RawMode.TryEnter,
            OutputColor = color && !Console.IsOutputRedirected,
            ErrorColor = color && !Console.IsErrorRedirected,
            Width = Console.IsOutputRedirected || Console.WindowWidth <= 0 ? DefaultWidth : Console.WindowWidth,
            WorkingDirectory = Environment.CurrentDirectory,
            Variable = Environment.GetEnvironmentVariable,
            Time = TimeProvider.System,
            Entropy = Entropy,
            Workers = Environment.ProcessorCount,
            Programs = ProgramRegistry.BuiltIn,
        };
    }

    private static ulong Entropy()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return BitConverter.ToUInt64(bytes);
    }
}
