using System.CommandLine;
using System.CommandLine.Parsing;

namespace Devicetree.Tool.Commands;

/// <summary>
/// Finds what a command line says in vain: empty words, directories that are not there, and options that another one leaves
/// nothing to do. What cannot be meant is refused; what a build may say for several commands at once is a warning.
/// </summary>
internal static class VainWords
{
    private const string NoPreprocessor = "--no-cpp";
    private const string PreprocessOnly = "--preprocess-only";
    private const string Quiet = "--quiet";

    private static readonly string[] _directories = ["-I", "-i"];

    /// <summary>Options whose value may be empty, because it is a text that is printed.</summary>
    private static readonly string[] _texts = ["-d"];

    /// <summary>What an option leaves nothing to do for.</summary>
    private static readonly (string Option, string[] Others)[] _idle =
    [
        (NoPreprocessor, ["-D", "-U", "-include"]),
        (PreprocessOnly, ["-@", "-A", "-L", "-s", "--written-order", "-b", "-V", "-R", "-S", "-p", "-a", "-W", "-E",
            "--dtc-checks"]),
    ];

    /// <summary>What is refused: words of no character.</summary>
    public static IEnumerable<string> Refused(ParseResult result)
    {
        foreach (SymbolResult child in result.CommandResult.Children)
        {
            if (!child.Tokens.Any(token => token.Value.Length == 0))
                continue;
            if (child is not OptionResult { Option: Option option })
                yield return "an empty word names no file.";
            else if (!(_texts.Any(name => Is(option, name)) && result.CommandResult.Command.Name == "get"))
                yield return $"{option.Name} needs a value that is not empty.";
        }
    }

    /// <summary>What has no effect; nothing when only errors are wanted.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="host">The outside.</param>
    public static IEnumerable<string> Warnings(ParseResult result, ToolHost host)
    {
        OptionResult[] given = [.. result.CommandResult.Children.OfType<OptionResult>().Where(option => !option.Implicit)];
        if (given.Any(option => option.Option.Name == Quiet || option.Option.Aliases.Contains(Quiet)))
            yield break;
        foreach (OptionResult option in given.Where(option => _directories.Any(name => Is(option.Option, name))))
        {
            foreach (Token token in option.Tokens.Where(token => !Directory.Exists(host.FullPath(token.Value))))
                yield return $"there is no directory '{token.Value}' for {option.IdentifierToken?.Value}.";
        }
        foreach ((string name, string[] others) in _idle)
        {
            if (!given.Any(option => Is(option.Option, name)))
                continue;
            foreach (OptionResult option in given.Where(option => others.Any(other => Is(option.Option, other))))
                yield return $"{option.IdentifierToken?.Value} has no effect with {name}.";
        }
    }

    private static bool Is(Option option, string name) => option.Name == name || option.Aliases.Contains(name);
}
