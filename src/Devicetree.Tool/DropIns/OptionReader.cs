using System.Diagnostics.CodeAnalysis;

namespace Devicetree.Tool.DropIns;

/// <summary>Whether an option of a command line takes a value.</summary>
internal enum OptionValue
{
    /// <summary>It takes none.</summary>
    None,

    /// <summary>It takes one: the rest of its word, or the next word.</summary>
    Required,

    /// <summary>It takes one only when that is attached: <c>-ovalue</c> or <c>--option=value</c>.</summary>
    Optional,
}

/// <summary>An option as a drop-in declares it.</summary>
/// <param name="Short">The letter after one dash; NUL when there is none.</param>
/// <param name="Long">The word after two dashes; null when there is none.</param>
/// <param name="Value">Whether it takes a value.</param>
/// <param name="IsOurs">Whether the original does not have it: then it is written out, so that beginnings mean what they mean
/// there.</param>
internal sealed record OptionRule(char Short, string? Long, OptionValue Value = OptionValue.None, bool IsOurs = false);

/// <summary>An option that was given.</summary>
/// <param name="Rule">Which.</param>
/// <param name="Value">Its value, null when it has none.</param>
internal readonly record struct GivenOption(OptionRule Rule, string? Value);

/// <summary>
/// Reads a command line as <c>getopt_long</c> of the GNU C library does, which the originals use: options and operands in any
/// order, letters in one word, long options by any unambiguous beginning, <c>--</c> before operands that look like options. What
/// it finds wrong it says in the words of that function.
/// </summary>
/// <param name="program">The name that messages begin with.</param>
/// <param name="rules">The options.</param>
internal sealed class OptionReader(string program, IReadOnlyList<OptionRule> rules)
{
    private readonly List<GivenOption> _options = [];
    private readonly List<string> _operands = [];

    /// <summary>The options in the order they were given.</summary>
    public IReadOnlyList<GivenOption> Options => _options;

    /// <summary>The other words in the order they were given.</summary>
    public IReadOnlyList<string> Operands => _operands;

    /// <summary>Reads a command line up to its first error.</summary>
    /// <param name="args">The words.</param>
    /// <param name="problem">What is wrong; null when nothing is.</param>
    public bool TryRead(ReadOnlySpan<string> args, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        for (int i = 0; i < args.Length && problem is null; i++)
        {
            string word = args[i];
            if (word == "--")
            {
                _operands.AddRange(args[(i + 1)..]);
                break;
            }
            if (word.StartsWith("--", StringComparison.Ordinal))
                problem = ReadLong(word[2..], args, ref i);
            else if (word.Length > 1 && word[0] == '-')
                problem = ReadShort(word, args, ref i);
            else
                _operands.Add(word);
        }
        return problem is null;
    }

    private string? ReadShort(string word, ReadOnlySpan<string> args, ref int index)
    {
        for (int at = 1; at < word.Length; at++)
        {
            if (FindShort(word[at]) is not OptionRule rule)
                return $"{program}: invalid option -- '{word[at]}'";
            string? attached = at + 1 < word.Length ? word[(at + 1)..] : null;
            if (rule.Value == OptionValue.None)
            {
                _options.Add(new(rule, null));
                continue;
            }
            if (attached is null && rule.Value == OptionValue.Required && ++index >= args.Length)
                return $"{program}: option requires an argument -- '{word[at]}'";
            _options.Add(new(rule, attached ?? (rule.Value == OptionValue.Required ? args[index] : null)));
            return null;
        }
        return null;
    }

    private string? ReadLong(string word, ReadOnlySpan<string> args, ref int index)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? word : word[..equals];
        string? attached = equals < 0 ? null : word[(equals + 1)..];
        OptionRule[] candidates =
            [.. rules.Where(rule => rule.IsOurs
            ? rule.Long == name : rule.Long?.StartsWith(name, StringComparison.Ordinal) == true)];
        OptionRule? found = candidates.Length == 1 ? candidates[0] : candidates.FirstOrDefault(rule => rule.Long == name);
        if (found is null && candidates.Length == 0)
            return $"{program}: unrecognized option '--{name}'";
        if (found is null)
            return $"{program}: option '--{name}' is ambiguous; possibilities:"
                + string.Concat(candidates.Select(rule => $" '--{rule.Long}'"));
        if (found.Value == OptionValue.None && attached is not null)
            return $"{program}: option '--{found.Long}' doesn't allow an argument";
        if (found.Value == OptionValue.Required && attached is null && ++index >= args.Length)
            return $"{program}: option '--{found.Long}' requires an argument";
        _options.Add(new(found, attached ?? (found.Value == OptionValue.Required ? args[index] : null)));
        return null;
    }

    private OptionRule? FindShort(char letter)
    {
        foreach (OptionRule rule in rules)
        {
            if (rule.Short == letter)
                return rule;
        }
        return null;
    }
}
