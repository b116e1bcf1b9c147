namespace Devicetree.Tool;

/// <summary>The real outside: standard streams, environment, clock.</summary>
internal static class ProcessHost
{
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
        };
    }
}
