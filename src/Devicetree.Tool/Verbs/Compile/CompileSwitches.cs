using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using Devicetree.Checks;
using Devicetree.Flattened;
using Devicetree.Tool.Input;

namespace Devicetree.Tool.Verbs.Compile;

/// <summary>The command line of <c>dt compile</c>. Short names are those of dtc and cpp wherever these have the option.</summary>
internal sealed class CompileSwitches
{
    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "Sources (.dts, .dtso); '-' or none for the standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly InputSwitches _input = new();
    private readonly Option<string?> _output = One("-o", "--output", "The blob (default: the standard output).", "FILE");
    private readonly Option<string?> _directory =
        One("--out-dir", null, "Write the blob of every source into this directory, and create it if it is missing.", "DIR");
    private readonly Option<string?> _dependencies =
        One("-d", "--depfile", "Also write a rule for make with all files that were read.", "FILE");
    private readonly Option<bool> _allDependencies =
        Flag("--depfiles", null, "Also write such a rule beside every output, ending in .d.");
    private readonly Option<bool> _onlyPreprocess =
        Flag("--preprocess-only", null, "Write what the preprocessor makes, with line markers.");
    private readonly Option<bool> _symbols =
        Flag("-@", "--symbols", "Write labels to /__symbols__, so that overlays can refer to them.");
    private readonly Option<bool> _aliases = Flag("-A", "--auto-alias", "Write labels to /aliases.");
    private readonly Option<bool> _fixups = Flag("-L", "--local-fixups", "Write local fixups for trees that are not overlays, too.");
    private readonly Option<bool> _sort = Flag("-s", "--sort", "Sort nodes, properties and reservations.");
    private readonly Option<bool> _writtenOrder =
        Flag("--written-order", null, "Put a node that is deleted and written again where it is written.");
    private readonly Option<string?> _bootCpu = One("-b", "--boot-cpu", "The boot CPU (default: as the tree says).", "NUMBER");
    private readonly Option<string?> _version =
        One("-V", "--blob-version", "The version of the blob's format (default: 17).", "NUMBER");
    private readonly Option<string?> _reserve = One("-R", "--reserve", "Leave room for this many more reservations.", "NUMBER");
    private readonly Option<string?> _size =
        One("-S", "--size", "Fill the blob up to this size; a larger one is an error.", "BYTES");
    private readonly Option<string?> _padding = One("-p", "--pad", "Add this many bytes at the end.", "BYTES");
    private readonly Option<string?> _alignment =
        One("-a", "--align", "Fill the blob up to a multiple of this power of two.", "BYTES");
    private readonly CheckSwitches _checks = new();
    private readonly Option<bool> _watch = Flag("-w", "--watch",
        "Compile again when a file changes that was read, until stopped.");
    private readonly FindingSwitches _findings = new();

    /// <summary>Declares everything.</summary>
    public void AddTo(Command command)
    {
        command.Add(_files);
        _input.AddSources(command);
        foreach (Option option in (Option[])
            [
                _output, _directory, _dependencies, _allDependencies, _onlyPreprocess, _symbols, _aliases, _fixups, _sort,
                _writtenOrder,
                _bootCpu, _version, _reserve, _size, _padding, _alignment, _watch,
            ])
        {
            command.Add(option);
        }
        _checks.AddTo(command);
        _findings.AddTo(command);
        _findings.AddBaselines(command);
    }

    /// <summary>Reads a command line.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="host">Says where results go.</param>
    /// <param name="options">What it asks for; null when that is wrong.</param>
    /// <param name="problem">What is wrong.</param>
    public bool TryRead(
        ParseResult result, ToolHost host, [NotNullWhen(true)] out CompileOptions? options,
        [NotNullWhen(false)] out string? problem)
    {
        options = null;
        string[] files = result.GetValue(_files) is { Length: > 0 } given ? given : [VerbConsole.Standard];
        string? directory = result.GetValue(_directory);
        string? output = result.GetValue(_output) ?? (directory is null ? VerbConsole.Standard : null);
        string? dependencies = result.GetValue(_dependencies);
        bool onlyPreprocess = result.GetValue(_onlyPreprocess);
        InputOptions input = _input.Read(result);
        string? unknown = result.Tokens.Any(token => token.Type == TokenType.DoubleDash)
            ? null : files.FirstOrDefault(IsLikeOption);
        problem =
            unknown is not null ? $"there is no option '{unknown}'; a file of that name can follow '--'."
            : directory is not null && result.GetValue(_output) is not null ? "-o and --out-dir exclude each other."
            : output is not null && files.Length > 1 ? "several sources need --out-dir."
            : directory is not null && files.Contains(VerbConsole.Standard) ? "a source from the standard input needs -o."
            : dependencies is not null && directory is not null ? "with --out-dir there is --depfiles instead of -d."
            : result.GetValue(_allDependencies) && directory is null ? "--depfiles needs --out-dir."
            : output == VerbConsole.Standard && dependencies is not null ? "-d needs -o: the rule names the blob."
            : output == VerbConsole.Standard && host.OutputIsTerminal && !onlyPreprocess
            ? "a blob is nothing for a terminal: use -o FILE."
            : onlyPreprocess && !input.Preprocess ? "--preprocess-only and --no-cpp exclude each other."
            : result.GetValue(_watch) && files.Contains(VerbConsole.Standard) ? "the standard input cannot be watched."
            : null;
        if (problem is not null || !TryReadBlob(result, out FdtWriterOptions? blob, out problem)
            || !TryNumber(result, _bootCpu, "a number of 32 bits, or -1 for what the tree says", -1, uint.MaxValue, -1,
                out long bootCpu, out problem)
            || !_checks.TryRead(result, out CheckSettings? checks, out problem))
        {
            return false;
        }
        options = new()
        {
            Files = files,
            Output = output,
            OutputDirectory = directory,
            DependencyFile = dependencies,
            DependencyFiles = result.GetValue(_allDependencies),
            Input = input with { Symbols = result.GetValue(_symbols) },
            PreprocessOnly = onlyPreprocess,
            Checks = checks,
            Aliases = result.GetValue(_aliases),
            LocalFixups = result.GetValue(_fixups),
            Sort = result.GetValue(_sort),
            WrittenOrder = result.GetValue(_writtenOrder),
            BootCpu = bootCpu < 0 ? null : (uint)bootCpu,
            Blob = blob,
            Watch = result.GetValue(_watch),
            Findings = _findings.Read(result),
        };
        return true;
    }

    private bool TryReadBlob(ParseResult result, [NotNullWhen(true)] out FdtWriterOptions? blob,
        [NotNullWhen(false)] out string? problem)
    {
        const string Amount = "a number from 0";
        // Far more than any blob needs, and far enough from the 2 GiB that a blob cannot have.
        const int Most = 1 << 28;
        const int MostReservations = 1 << 20;
        blob = null;
        if (!TryNumber(result, _version, "one of the versions of the format", 0, Most, new FdtWriterOptions().Version,
            out long version, out problem)
            || !TryNumber(result, _reserve, Amount, 0, MostReservations, 0, out long reserve, out problem)
            || !TryNumber(result, _size, Amount, 0, Most, 0, out long size, out problem)
            || !TryNumber(result, _padding, Amount, 0, Most, 0, out long padding, out problem)
            || !TryNumber(result, _alignment, "a power of two", 1, Most, 1, out long alignment, out problem))
        {
            return false;
        }
        problem = !FdtWriterOptions.Versions.Contains((int)version)
            ? $"the versions of the format are {string.Join(", ", FdtWriterOptions.Versions)}."
            : !BitOperations.IsPow2(alignment) ? "--align takes a power of two."
            : size > 0 && padding > 0 ? "--size and --pad exclude each other."
            : null;
        if (problem is not null)
            return false;
        blob = new()
        {
            Version = (int)version,
            SpareReservations = (int)reserve,
            MinimumSize = (int)size,
            Padding = (int)padding,
            Alignment = (int)alignment,
        };
        return true;
    }

    private static bool IsLikeOption(string word) => word.Length > 1 && word[0] == '-';

    private static bool TryNumber(
        ParseResult result, Option<string?> option, string expected, long least, long most, long fallback, out long number,
        [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        number = fallback;
        if (result.GetValue(option) is not string text)
            return true;
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        bool good = long.TryParse(
            isHex ? text.AsSpan(2) : text, isHex
                ? NumberStyles.AllowHexSpecifier : NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
        if (!good || number < least || number > most)
            problem = $"{option.Name} takes {expected}, not '{text}'.";
        return problem is null;
    }

    private static Option<string?> One(string name, string? other, string description, string help) =>
        new(name, other is null ? [] : [other]) { Description = description, HelpName = help };

    private static Option<bool> Flag(string name, string? other, string description) =>
        new(name, other is null ? [] : [other]) { Description = description };

    private static Option<string[]> Many(string name, string other, string description, string help) =>
        new(name, other)
        {
            Description = description,
            HelpName = help,
            Arity =
            ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false
        };
}
