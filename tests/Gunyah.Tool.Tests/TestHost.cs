using Gunyah.Machine.Programs;
using Gunyah.Tool.Commands;

namespace Gunyah.Tool.Tests;

/// <summary>Runs command lines inside the test, in a directory of its own.</summary>
internal sealed class TestHost : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory("gunyah-tool-");

    public string Directory => _directory.FullName;

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    public bool Color { get; init; }

    public ProgramRegistry Programs { get; init; } = ProgramRegistry.BuiltIn;

    public int Run(params string[] args) => Run(CancellationToken.None, args);

    public int Run(CancellationToken stop, params string[] args)
    {
        _output.GetStringBuilder().Clear();
        _error.GetStringBuilder().Clear();
        var host = new ToolHost
        {
            Output = _output,
            Error = _error,
            OutputColor = Color,
            ErrorColor = Color,
            Width = 100,
            WorkingDirectory = Directory,
            Variable = static _ => null,
            Time = TimeProvider.System,
            Entropy = static () => 4,
            Workers = 2,
            Programs = Programs,
        };
        return GunyahCommand.Run(args, host, stop);
    }

    public string Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(Directory, name), text);
        return name;
    }

    public string PathOf(string name) => Path.Combine(Directory, name);

    public void Dispose() => _directory.Delete(recursive: true);
}
