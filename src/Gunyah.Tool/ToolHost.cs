using Gunyah.Aarch64;
using Gunyah.Aarch64.Debugging;
using Gunyah.Machine;
using Gunyah.Machine.Programs;

namespace Gunyah.Tool;

/// <summary>Everything outside the process that the commands use; tests pass their own.</summary>
internal sealed record ToolHost
{
    /// <summary>Takes results.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Takes diagnostics.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Takes results that are bytes, in order with <see cref="Output"/>.</summary>
    public Stream OutputBytes { get; init; } = Stream.Null;

    /// <summary>The standard input.</summary>
    public Stream Input { get; init; } = Stream.Null;

    /// <summary>True where somebody types at the standard input.</summary>
    public bool InputIsTerminal { get; init; }

    /// <summary>Makes that terminal give each key at once and unchanged, until the answer is disposed.</summary>
    public Func<IDisposable?> TakeTerminal { get; init; } = static () => null;

    /// <summary>True where results go to a terminal that shows colours and the user wants them.</summary>
    public required bool OutputColor { get; init; }

    /// <summary>True where diagnostics go to a terminal that shows colours and the user wants them.</summary>
    public required bool ErrorColor { get; init; }

    /// <summary>The width of the output in characters.</summary>
    public required int Width { get; init; }

    /// <summary>The directory that relative paths start from.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The value of an environment variable, null when it is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Answers 64 random bits, from any thread.</summary>
    public required Func<ulong> Entropy { get; init; }

    /// <summary>How many vCPUs may run at once.</summary>
    public required int Workers { get; init; }

    /// <summary>The programs that machines can run.</summary>
    public required ProgramRegistry Programs { get; init; }

    /// <summary>What runs machines: the programs, and arm64 code, which nothing else claims.</summary>
    /// <param name="debugging">Lets the first VM of arm64 code be debugged; null where nobody wants to.</param>
    /// <param name="compileAfter">As for <see cref="Aarch64Loader"/>.</param>
    public MachineRunner Runner(GdbServer? debugging = null, int compileAfter = Aarch64Loader.DefaultCompileAfter) =>
        new(new MachineHost(Time, Entropy, Workers), Programs, new Aarch64Loader(debugging, compileAfter));

    /// <summary>A path as the user wrote it, made absolute.</summary>
    public string FullPath(string path) => path.Length == 0 ? WorkingDirectory : Path.GetFullPath(path, WorkingDirectory);
}
