using System.Text;
using Devicetree.Tool.Commands;

namespace Devicetree.Tool.Tests;

/// <summary>Runs command lines of <c>dt</c> and its drop-in names inside the test, in a directory of its own.</summary>
internal sealed class TestHost : IDisposable
{
    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory("dt-tool-");
    private MemoryStream _output = new();
    private MemoryStream _error = new();

    public string Directory => _directory.FullName;

    public byte[] OutputBytes => _output.ToArray();

    public byte[] ErrorBytes => _error.ToArray();

    public string Output => Encoding.UTF8.GetString(_output.ToArray());

    public string Error => Encoding.UTF8.GetString(_error.ToArray());

    public byte[] Input { get; set; } = [];

    /// <summary>The standard input where <see cref="Input"/> will not do.</summary>
    public Stream? InputStream { get; set; }

    /// <summary>Where results go instead of to <see cref="Output"/>.</summary>
    public Stream? ResultsTo { get; set; }

    /// <summary>Where diagnostics go instead of to <see cref="Error"/>.</summary>
    public Stream? RemarksTo { get; set; }

    /// <summary>Ends what runs until it is stopped.</summary>
    public CancellationToken Stop { get; set; }

    /// <summary>Whether diagnostics go to a terminal.</summary>
    public bool ErrorIsTerminal { get; set; }

    /// <summary>Whether results go to a terminal.</summary>
    public bool OutputIsTerminal { get; set; }

    /// <summary>The program's own file.</summary>
    public string? Program { get; set; }

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>Runs <c>dt</c> with arguments.</summary>
    public int Dt(params string[] args) => Run("dt", args);

    /// <summary>Runs the program under a name, as through a link.</summary>
    public int Run(string name, params string[] args)
    {
        _output = new MemoryStream();
        _error = new MemoryStream();
        return DtProgram.Run(name, args, new ToolHost
        {
            Input = InputStream ?? new MemoryStream(Input),
            Output = ResultsTo ?? _output,
            Error = RemarksTo ?? _error,
            OutputColor = false,
            ErrorColor = false,
            ErrorIsTerminal = ErrorIsTerminal,
            OutputIsTerminal = OutputIsTerminal,
            WorkingDirectory = Directory,
            Program = () => Program,
            Variable = Variables.GetValueOrDefault,
            Time = Time,
            Workers = 2,
            Stop = () => Stop,
        });
    }

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        string path = PathOf(name);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return name;
    }

    public byte[] Read(string name) => File.ReadAllBytes(PathOf(name));

    public string PathOf(string name) => Path.Combine(Directory, name);

    public void Dispose() => _directory.Delete(recursive: true);
}
