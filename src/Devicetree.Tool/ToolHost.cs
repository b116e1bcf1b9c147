namespace Devicetree.Tool;

/// <summary>Everything outside the process that the commands use; tests pass their own.</summary>
internal sealed record ToolHost
{
    /// <summary>What a command reads where a file is named <c>-</c>.</summary>
    public required Stream Input { get; init; }

    /// <summary>Takes results. Whoever writes to it flushes it.</summary>
    public required Stream Output { get; init; }

    /// <summary>Takes diagnostics. Whoever writes to it flushes it.</summary>
    public required Stream Error { get; init; }

    /// <summary>True where results go to a terminal that shows colours and the user wants them.</summary>
    public required bool OutputColor { get; init; }

    /// <summary>True where diagnostics go to a terminal that shows colours and the user wants them.</summary>
    public required bool ErrorColor { get; init; }

    /// <summary>True where diagnostics go to a terminal, so that long work may show its progress there.</summary>
    public required bool ErrorIsTerminal { get; init; }

    /// <summary>True where results go to a terminal, for which bytes are nothing.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>The directory that relative paths start from.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>
    /// Answers the program's own file, as links to it name it; null where it is not known, or is none by itself.
    /// </summary>
    public Func<string?> Program { get; init; } = static () => null;

    /// <summary>The value of an environment variable, null when it is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>How many threads may work at once.</summary>
    public required int Workers { get; init; }

    /// <summary>
    /// Gives a command that runs until it is stopped (<c>--watch</c>) what asks it to end in an orderly way. Others do not call
    /// it: from then on a signal does not end the process by itself.
    /// </summary>
    public Func<CancellationToken> Stop { get; init; } = () => CancellationToken.None;

    /// <summary>
    /// Takes a fault of ours that ended one piece of work and left the others alone. The program shows its trace where that is
    /// asked for, and ends with the exit code of a fault.
    /// </summary>
    public Action<Exception> Fault { get; init; } = static _ => { };

    /// <summary>A path as the user wrote it, made absolute.</summary>
    public string FullPath(string path) => path.Length == 0 ? WorkingDirectory : Path.GetFullPath(path, WorkingDirectory);
}
