using Gunyah.Machine.Programs;
using Gunyah.Tool.Commands;

namespace Gunyah.Tool.Tests;

/// <summary>Runs command lines inside the test, in a directory of its own.</summary>
internal sealed class TestHost : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly MemoryStream _bytes = new();
    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory("gunyah-tool-");

    public string Directory => _directory.FullName;

    public string Output => _output.ToString();

    /// <summary>The results that are bytes, as text.</summary>
    public string Bytes => System.Text.Encoding.UTF8.GetString(_bytes.ToArray());

    public string Error => _error.ToString();

    public bool Color { get; init; }

    public Stream Input { get; init; } = Stream.Null;

    public bool InputIsTerminal { get; init; }

    public ProgramRegistry Programs { get; init; } = ProgramRegistry.BuiltIn;

    public int Run(params string[] args) => Run(CancellationToken.None, args);

    public int Run(CancellationToken stop, params string[] args)
    {
        _output.GetStringBuilder().Clear();
        _error.GetStringBuilder().Clear();
        _bytes.SetLength(0);
        var host = new ToolHost
        {
            Output = _output,
            Error = _error,
            OutputBytes = _bytes,
            Input = Input,
            InputIsTerminal = InputIsTerminal,
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
