using Gunyah.Machine.Programs;
using Gunyah.Tool.Commands;

namespace Gunyah.Tool.Tests;

/// <summary>Runs command lines inside the test, in a folder of its own.</summary>
internal sealed class TestHost : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gunyah-tool-");

    public string Folder => _folder.FullName;

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
            WorkingDirectory = Folder,
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
        File.WriteAllText(Path.Combine(Folder, name), text);
        return name;
    }

    public string PathOf(string name) => Path.Combine(Folder, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
