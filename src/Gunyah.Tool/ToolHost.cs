using Gunyah.Machine.Programs;

namespace Gunyah.Tool;

/// <summary>Everything outside the process that the commands use; tests pass their own.</summary>
internal sealed record ToolHost
{
    /// <summary>Takes results.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Takes diagnostics.</summary>
    public required TextWriter Error { get; init; }

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

    /// <summary>A path as the user wrote it, made absolute.</summary>
    public string FullPath(string path) => path.Length == 0 ? WorkingDirectory : Path.GetFullPath(path, WorkingDirectory);
}
