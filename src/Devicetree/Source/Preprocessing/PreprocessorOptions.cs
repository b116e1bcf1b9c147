namespace Devicetree.Source.Preprocessing;

/// <summary>One <c>-D</c> or <c>-U</c> of a command line.</summary>
/// <param name="Name">The macro; with its parameters in parentheses when it takes arguments.</param>
/// <param name="Value">What it stands for; null to undefine it.</param>
public sealed record CommandLineMacro(string Name, string? Value)
{
    /// <summary>
    /// What <c>-D</c> <paramref name="argument"/> means: <c>NAME=VALUE</c>, or <c>NAME</c> alone, which stands for 1.
    /// </summary>
    public static CommandLineMacro Define(string argument)
    {
        ArgumentNullException.ThrowIfNull(argument);
        int equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? new(argument, "1") : new(argument[..equals], argument[(equals + 1)..]);
    }

    /// <summary>What <c>-U</c> <paramref name="name"/> means.</summary>
    public static CommandLineMacro Undefine(string name) => new(name, null);
}

/// <summary>How a source is preprocessed, and how much of it is accepted.</summary>
public sealed record PreprocessorOptions
{
    /// <summary>The directories in which included files are looked for, in order (<c>-I</c>).</summary>
    public IReadOnlyList<string> IncludeDirectories { get; init; } = [];

    /// <summary>Macros defined and undefined before the source begins, in order (<c>-D</c>, <c>-U</c>).</summary>
    public IReadOnlyList<CommandLineMacro> Macros { get; init; } = [];

    /// <summary>Files that are read before the source, in order (<c>-include</c>).</summary>
    public IReadOnlyList<string> ForcedIncludes { get; init; } = [];

    /// <summary>Whether <c>__DTS__</c> is defined as 1, as the kernel's makefiles do.</summary>
    public bool PredefineDts { get; init; } = true;

    /// <summary>Where included files come from; null when there are none, so that including one is an error.</summary>
    public IIncludeFiles? Files { get; init; }

    /// <summary>
    /// What is known of included files already, shared by all sources of a batch; null to read every file again. All sources that
    /// share one must have the same <see cref="Files"/>, and a file that changes is not noticed.
    /// </summary>
    public IncludeCache? Cache { get; init; }

    /// <summary>
    /// What <c>__DATE__</c> and <c>__TIME__</c> say; null for question marks, as cpp writes where there is no clock.
    /// </summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>
    /// What the variable <c>SOURCE_DATE_EPOCH</c> says, the seconds since 1970 in UTC: it goes before <see cref="Now"/>, so that
    /// a build can be repeated. Null where it is not set.
    /// </summary>
    public string? SourceDateEpoch { get; init; }

    /// <summary>Whether the text has lines <c># 12 "file" 1</c> where another file or line begins, as cpp writes them.</summary>
    public bool EmitLineMarkers { get; init; }

    /// <summary>The most files that may include each other in a row.</summary>
    public int MaxIncludeDepth { get; init; } = 200;

    /// <summary>The most files that may be included, counting a file as often as it is.</summary>
    public int MaxIncludes { get; init; } = 100_000;

    /// <summary>The most bytes of source text, counting a file as often as it is included.</summary>
    public int MaxSourceBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>The most bytes of preprocessed text.</summary>
    public int MaxOutputBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>The most tokens that the expansion of all macros may take.</summary>
    public int MaxExpandedTokens { get; init; } = 4_000_000;

    /// <summary>The most macro calls that may stand in each other's arguments, and the most parentheses in a condition.</summary>
    public int MaxNesting { get; init; } = 256;

    internal static PreprocessorOptions Default { get; } = new();
}
