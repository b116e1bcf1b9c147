using System.Text;

namespace Devicetree.Tool.DropIns;

/// <summary>An option as a drop-in of a Python tool declares it.</summary>
/// <param name="Short">The letter after one dash; NUL when there is none.</param>
/// <param name="Long">The word after two dashes.</param>
/// <param name="TakesValue">Whether a value follows.</param>
internal sealed record ArgparseRule(char Short, string Long, bool TakesValue = false)
{
    /// <summary>Both spellings, as messages name the option.</summary>
    public string Names => Short == '\0' ? $"--{Long}" : $"-{Short}/--{Long}";
}

/// <summary>
/// Reads a command line as Python's argparse does, which dt-schema's tools use: options and operands in any order, letters in one
/// word, long options by any unambiguous beginning, <c>@FILE</c> in place of the lines of a file. <c>-h</c> and <c>-V</c> are
/// understood by themselves.
/// </summary>
/// <param name="program">The name that messages begin with.</param>
/// <param name="help">What <c>-h</c> prints, its first paragraph being the usage.</param>
/// <param name="rules">The options.</param>
internal sealed class ArgparseReader(string program, string help, IReadOnlyList<ArgparseRule> rules)
{
    /// <summary>The exit code of wrong usage.</summary>
    public const int UsageCode = 2;

    /// <summary>More arguments than any list of files has; a file of arguments that names itself ends here.</summary>
    private const int MostArguments = 1_000_000;

    private const int DeepestFile = 16;

    private static readonly ArgparseRule _help = new('h', "help");
    private static readonly ArgparseRule _version = new('V', "version");

    private readonly List<(ArgparseRule Rule, string? Value)> _options = [];
    private readonly List<string> _operands = [];

    /// <summary>Whether <c>@FILE</c> means the lines of a file.</summary>
    public bool ReadsArgumentFiles { get; init; }

    /// <summary>What <c>-V</c> prints; null when there is no such option.</summary>
    public string? Version { get; init; }

    /// <summary>How many operands there have to be, and what messages call them; null for any number.</summary>
    public IReadOnlyList<string>? OperandNames { get; init; }

    /// <summary>The operands in the order they were given.</summary>
    public IReadOnlyList<string> Operands => _operands;

    /// <summary>Whether an option was given.</summary>
    public bool Has(ArgparseRule rule) => _options.Exists(option => option.Rule == rule);

    /// <summary>How often an option was given.</summary>
    public int Count(ArgparseRule rule) => _options.Count(option => option.Rule == rule);

    /// <summary>The value of an option, the last one when it was given several times; null when it was not given.</summary>
    public string? Value(ArgparseRule rule) => _options.LastOrDefault(option => option.Rule == rule).Value;

    private IEnumerable<ArgparseRule> AllRules => Version is null ? [.. rules, _help] : [.. rules, _help, _version];

    /// <summary>Reads a command line; prints help or what is wrong.</summary>
    /// <returns>The exit code where nothing is left to do.</returns>
    public int? Read(IReadOnlyList<string> args, ToolHost host)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(host);
        var words = new List<string>();
        if (Expand(args, host, words, 0) is string unread)
            return Refuse(host, unread);
        bool onlyOperands = false;
        var unknown = new List<string>();
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i];
            if (onlyOperands || word.Length < 2 || word[0] != '-')
                _operands.Add(word);
            else if (word == "--")
                onlyOperands = true;
            else if ((word[1] == '-' ? ReadLong(words, ref i, unknown) : ReadShort(words, ref i, unknown)) is string problem)
                return Refuse(host, problem);
            if (Has(_help))
            {
                Print(host.Output, help);
                return 0;
            }
            if (Has(_version))
            {
                Print(host.Output, Version + "\n");
                return 0;
            }
        }
        if (OperandNames is not null && _operands.Count < OperandNames.Count)
            return Refuse(host, $"the following arguments are required: {string.Join(", ", OperandNames.Skip(_operands.Count))}");
        if (OperandNames is not null)
            unknown.AddRange(_operands.Skip(OperandNames.Count));
        return unknown.Count > 0 ? Refuse(host, $"unrecognized arguments: {string.Join(' ', unknown)}") : null;
    }

    /// <summary>Prints the usage and what is wrong.</summary>
    /// <returns>The exit code.</returns>
    public int Refuse(ToolHost host, string problem)
    {
        int end = help.IndexOf("\n\n", StringComparison.Ordinal);
        Print(host.Error, $"{(end < 0 ? help : help[..(end + 1)])}{program}: error: {problem}\n");
        return UsageCode;
    }

    private static void Print(Stream stream, string text)
    {
        stream.Write(Encoding.UTF8.GetBytes(text));
        stream.Flush();
    }

    private string? Expand(IReadOnlyList<string> args, ToolHost host, List<string> words, int depth)
    {
        foreach (string arg in args)
        {
            if (words.Count >= MostArguments)
                return $"more than {MostArguments} arguments";
            if (!ReadsArgumentFiles || !arg.StartsWith('@'))
            {
                words.Add(arg);
                continue;
            }
            string path = arg[1..];
            if (depth == DeepestFile)
                return $"argument files nest more than {DeepestFile} deep: '{path}'";
            try
            {
                if (Expand(File.ReadAllLines(host.FullPath(path)), host, words, depth + 1) is string problem)
                    return problem;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                return failure is FileNotFoundException or DirectoryNotFoundException
                    ? $"[Errno 2] No such file or directory: '{path}'"
                    : $"can't open '{path}': {failure.Message}";
            }
        }
        return null;
    }

    private string? ReadLong(List<string> words, ref int index, List<string> unknown)
    {
        string word = words[index];
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? word[2..] : word[2..equals];
        string? attached = equals < 0 ? null : word[(equals + 1)..];
        ArgparseRule[] candidates = [.. AllRules.Where(rule => rule.Long.StartsWith(name, StringComparison.Ordinal))];
        ArgparseRule? found = Array.Find(candidates, rule => rule.Long == name)
            ?? (candidates.Length == 1 ? candidates[0] : null);
        if (found is null)
        {
            if (candidates.Length > 1)
                return $"ambiguous option: --{name} could match {string.Join(", ", candidates.Select(rule => $"--{rule.Long}"))}";
            unknown.Add(word);
            return null;
        }
        if (!found.TakesValue && attached is not null)
            return $"argument {found.Names}: ignored explicit argument '{attached}'";
        return Take(found, attached, words, ref index);
    }

    private string? ReadShort(List<string> words, ref int index, List<string> unknown)
    {
        string word = words[index];
        for (int at = 1; at < word.Length; at++)
        {
            ArgparseRule? rule = AllRules.FirstOrDefault(rule => rule.Short == word[at]);
            if (rule is null && at == 1)
            {
                unknown.Add(word);
                return null;
            }
            if (rule is null || (!rule.TakesValue && word.Length > at + 1 && word[at + 1] == '='))
                return $"argument {AllRules.First(known => known.Short == word[1]).Names}: ignored explicit argument '{word[(rule is null ? at : at + 1)..]}'";
            if (rule.TakesValue)
                return Take(rule, at + 1 < word.Length ? word[(at + 1)..].TrimStart('=') : null, words, ref index);
            _options.Add((rule, null));
        }
        return null;
    }

    private string? Take(ArgparseRule rule, string? attached, List<string> words, ref int index)
    {
        if (rule.TakesValue && attached is null)
        {
            bool isThere = index + 1 < words.Count && (words[index + 1].Length < 2 || words[index + 1][0] != '-');
            if (!isThere)
                return $"argument {rule.Names}: expected one argument";
            attached = words[++index];
        }
        _options.Add((rule, attached));
        return null;
    }
}
