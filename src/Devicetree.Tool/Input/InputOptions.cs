using Devicetree.Source.Preprocessing;

namespace Devicetree.Tool.Input;

/// <summary>How devicetrees are read that a command line names: the same words for every verb.</summary>
internal sealed record InputOptions
{
    /// <summary>Whether sources go through the preprocessor.</summary>
    public bool Preprocess { get; init; } = true;

    /// <summary>Where <c>#include</c> looks, and <c>/include/</c> last.</summary>
    public IReadOnlyList<string> IncludeDirectories { get; init; } = [];

    /// <summary>Where <c>/include/</c> and <c>/incbin/</c> look besides the directory of the source.</summary>
    public IReadOnlyList<string> SearchDirectories { get; init; } = [];

    /// <summary>Macros that sources are read with.</summary>
    public IReadOnlyList<CommandLineMacro> Macros { get; init; } = [];

    /// <summary>Files that are read before every source.</summary>
    public IReadOnlyList<string> ForcedIncludes { get; init; } = [];

    /// <summary>How many times as much as usual sources, macros and values may take.</summary>
    public int Limits { get; init; } = 1;

    /// <summary>Whether sources get the symbols that <c>dt compile -@</c> writes.</summary>
    public bool Symbols { get; init; }

    /// <summary>Which of several blobs in one file is meant, from 1; null for the only one.</summary>
    public int? Entry { get; init; }
}
