using System.CommandLine;
using System.CommandLine.Parsing;
using Devicetree.Source.Preprocessing;

namespace Devicetree.Tool.Input;

/// <summary>
/// The options that say how devicetrees are read. Short names are those of dtc and cpp wherever these have the option.
/// </summary>
internal sealed class InputSwitches
{
    /// <summary>With more the sizes would not fit their numbers.</summary>
    private const int MostLimits = 16;

    private readonly Option<bool> _raw = new("--no-cpp")
    { Description = "Sources are preprocessed already, or need no preprocessor." };
    private readonly Option<string[]> _includes = Many("-I", "--include-dir", "Search this directory for #include, and last for /include/.", "DIR");
    private readonly Option<string[]> _searches = Many("-i", "--search-dir",
        "Search this directory, besides the source's, for /include/ and /incbin/.", "DIR");
    private readonly Option<string[]> _defines = Many(
        "-D", "--define", "Define a macro; without a value it is 1.", "NAME[=VALUE]");
    private readonly Option<string[]> _undefines = Many("-U", "--undefine", "Undefine a macro.", "NAME");
    private readonly Option<string[]> _forced = Many("-include", "--include", "Read this file before every source.", "FILE");
    private readonly Option<int> _limits = new("--limits")
    {
        Description = "Allow N times as much source text, macro expansion and value bytes (1 to 16).",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<bool> _symbols = new("-@", "--symbols")
    {
        Description = "Give sources the symbols that 'dt compile -@' writes.",
    };

    private readonly Option<int?> _entry = new("--entry")
    {
        Description = "Choose a devicetree in a file that holds several: blobs in a row, Android's table, a kernel with one behind it.",
        HelpName = "N",
    };

    public InputSwitches()
    {
        _entry.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, out int entry) && entry > 0))
                result.AddError("--entry takes a number from 1.");
        });
        _limits.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0
                && !(int.TryParse(result.Tokens[0].Value, out int times) && times is >= 1 and <= MostLimits))
                result.AddError($"--limits takes a number from 1 to {MostLimits}.");
        });
    }

    /// <summary>Declares the options for sources.</summary>
    public void AddSources(Command command)
    {
        foreach (Option option in (Option[])[_raw, _includes, _searches, _defines, _undefines, _forced, _limits])
            command.Add(option);
    }

    /// <summary>Declares the option for the symbols of sources.</summary>
    public void AddSymbols(Command command) => command.Add(_symbols);

    /// <summary>Declares the option for blobs.</summary>
    public void AddBlobs(Command command) => command.Add(_entry);

    /// <summary>Reads a command line.</summary>
    public InputOptions Read(ParseResult result) => new()
    {
        Preprocess = !result.GetValue(_raw),
        IncludeDirectories = result.GetValue(_includes) ?? [],
        SearchDirectories = result.GetValue(_searches) ?? [],
        Macros =
        [
            .. InOrder(result, _defines, _undefines)
                .Select(each => each.IsFirst ? CommandLineMacro.Define(each.Value) : CommandLineMacro.Undefine(each.Value)),
        ],
        ForcedIncludes = result.GetValue(_forced) ?? [],
        Limits = Math.Max(result.GetValue(_limits), 1),
        Symbols = result.GetValue(_symbols),
        Entry = result.GetValue(_entry),
    };

    /// <summary>The values of two options in the order in which they were given.</summary>
    public static IEnumerable<(bool IsFirst, string Value)> InOrder(ParseResult result, Option first, Option second)
    {
        Option? current = null;
        foreach (Token token in result.Tokens)
        {
            if (token.Type == TokenType.Option)
                current = Names(first, token.Value) ? first : Names(second, token.Value) ? second : null;
            else if (current is not null)
                yield return (current == first, token.Value);
            if (token.Type != TokenType.Option)
                current = null;
        }
    }

    private static bool Names(Option option, string word) => option.Name == word || option.Aliases.Contains(word);

    private static Option<string[]> Many(string name, string other, string description, string help) => new(name, other)
    {
        Description = description,
        HelpName = help,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };
}
