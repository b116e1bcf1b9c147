using System.CommandLine;
using Gunyah.Machine.Configuration;

namespace Gunyah.Tool.Commands;

/// <summary>The options of <c>gunyah up</c>; those that a machine file has too have its spelling and its ranges.</summary>
internal sealed class UpOptions
{
    public const string TextSummary = "text";
    public const string JsonSummary = "json";

    /// <summary>What stands for the standard output in place of a file.</summary>
    public const string StandardOutput = "-";

    public Argument<string?> File { get; } = new("FILE")
    { Description = "A machine file; without one the built-in example runs.", Arity = ArgumentArity.ZeroOrOne };

    public Option<string?> Devicetree { get; } = new("--devicetree")
    { Description = "The primary VM's base devicetree, a blob or a source.", HelpName = "BASE.dtb|.dts" };

    public Option<string?> Dialect { get; } = WordOption("--dialect", MachineKeys.Dialect);

    public Option<string?> Profile { get; } = WordOption("--profile", MachineKeys.Profile);

    public Option<ulong?> Messages { get; } = NumberOption("--messages", MachineKeys.ExchangeMessages, "N");

    public Option<ulong?> Size { get; } = NumberOption("--size", MachineKeys.ExchangeSize, "BYTES");

    public Option<ulong?> Rounds { get; } = NumberOption("--rounds", MachineKeys.Rounds, "N");

    public Option<ulong?> Seed { get; } = NumberOption("--seed", MachineKeys.Seed, "N");

    public Option<string?> Events { get; } = new("--events")
    {
        Description = "Write every event as a line of JSON; '-' is the standard output, and the rest then goes to the standard error.",
        HelpName = "FILE.jsonl|-",
    };

    public Option<string?> Dump { get; } = DumpOption();

    public Option<string> Summary { get; } = new("--summary")
    {
        Description = "How to print the closing summary; with json, nothing else goes to the standard output.",
        DefaultValueFactory =
            _ => TextSummary
    };

    public Option<TimeSpan?> Timeout { get; } = TimeoutOption();

    /// <summary>The option that keeps the devicetrees that the Resource Manager writes.</summary>
    public static Option<string?> DumpOption()
    {
        var option = new Option<string?>("--dump")
        {
            Description = "Write each VM's devicetree (NAME.dtb) and the Resource Manager's overlay for it (NAME.dtbo).",
            HelpName = "DIR",
        };
        option.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: StandardOutput }])
                result.AddError("--dump writes several files and needs a directory.");
        });
        return option;
    }

    /// <summary>The option that ends a run that takes too long.</summary>
    public static Option<TimeSpan?> TimeoutOption() => new("--timeout")
    {
        Description = "Stop the machine after this time, for example 30s or 500ms; without it, a run may take as long as it needs.",
        HelpName = "TIME",
        CustomParser = static result =>
        {
            if (MachineValues.TryDuration(result.Tokens[0].Value, out ulong nanoseconds)
                && nanoseconds is >= 1_000_000 and <= 86_400UL * 1_000_000_000)
                return TimeSpan.FromMilliseconds(nanoseconds / 1_000_000);
            result.AddError($"'{result.Tokens[0].Value}' is no time from 1ms to 86400s; write for example 30s.");
            return null;
        },
    };

    /// <summary>The command with these options.</summary>
    public Command CreateCommand()
    {
        Summary.AcceptOnlyFromAmong(TextSummary, JsonSummary);
        return new Command("up", "Run a machine: the Resource Manager boots a primary VM, which creates the others.")
        {
            File, Devicetree, Dialect, Profile, Messages, Size, Rounds, Seed, Events, Dump, Summary, Timeout,
        };
    }

    /// <summary>An option for a key whose values are words.</summary>
    public static Option<string?> WordOption(string name, MachineKey key)
    {
        var option = new Option<string?>(name) { Description = key.Meaning, HelpName = string.Join('|', key.Words) };
        option.AcceptOnlyFromAmong([.. key.Words]);
        return option;
    }

    /// <summary>An option for a key whose value is a number.</summary>
    public static Option<ulong?> NumberOption(string name, MachineKey key, string helpName) => new(name)
    {
        Description = key.Meaning,
        HelpName = helpName,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (MachineValues.TryNumber(text, out ulong value) && value >= key.Minimum && value <= key.Maximum)
                return value;
            result.AddError(key.Maximum == ulong.MaxValue
                ? $"'{text}' is no whole number for {name}."
                : $"'{text}' is no whole number from {key.Minimum} to {key.Maximum} for {name}.");
            return null;
        },
    };
}
