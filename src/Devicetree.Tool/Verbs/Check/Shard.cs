using System.Globalization;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Tool.Verbs.Check;

/// <summary>One of several parts of the work, so that build farms can split it: every input belongs to exactly one.</summary>
/// <param name="Index">Which part, from 0.</param>
/// <param name="Count">How many parts there are.</param>
internal readonly record struct Shard(int Index, int Count)
{
    /// <summary>The first that is there counts: it was meant for a test run, the second for a job as a whole.</summary>
    private static readonly Convention[] _conventions =
    [
        new("TEST_TOTAL_SHARDS", "TEST_SHARD_INDEX", 0, "TEST_SHARD_STATUS_FILE"),
        new("CI_NODE_TOTAL", "CI_NODE_INDEX", 1, null),
    ];

    /// <summary>All of the work.</summary>
    public static Shard Whole { get; } = new(0, 1);

    /// <summary>Reads <c>i/n</c>, where i counts from 1.</summary>
    public static bool TryParse(string text, out Shard shard)
    {
        string[] parts = text.Split('/');
        shard = Whole;
        if (parts.Length != 2 || !TryNumber(parts[0], out int number) || !TryNumber(parts[1], out int count) || number < 1
            || number > count)
            return false;
        shard = new(number - 1, count);
        return true;
    }

    /// <summary>
    /// What the environment says: by the convention of Bazel and other test runners, else by GitLab's for parallel jobs. The
    /// status file of the former, where one is named, is touched to say that this program knows it.
    /// </summary>
    /// <param name="console">The outside.</param>
    /// <param name="quiet">Whether nothing is said of a part that the environment chose.</param>
    /// <param name="shard">The part.</param>
    /// <param name="code">The exit code where there is none, which is said.</param>
    public static bool TryFromEnvironment(VerbConsole console, bool quiet, out Shard shard, out int code)
    {
        shard = Whole;
        code = ExitCodes.Good;
        foreach (Convention convention in _conventions)
        {
            if (console.Host.Variable(convention.Total) is not { Length: > 0 } total)
                continue;
            string? index = console.Host.Variable(convention.Index);
            // GitLab gives a job that is not parallel the total 1 and no index.
            if (!TryNumber(total, out int count) || count < 1
                || !TryNumber(index is { Length: > 0 } ? index : $"{convention.First}", out int number)
                || (count > 1 && index is not { Length: > 0 }) || number < convention.First || number - convention.First >= count)
            {
                code = console.Misused(
                    "check", $"{convention.Total} and {convention.Index} do not say which part this is; --shard i/n does, and --shard 1/1 is all.");
                return false;
            }
            shard = new(number - convention.First, count);
            if (count > 1 && !quiet)
                console.Error.WriteLine(
                    $"dt: this is part {shard.Index + 1} of {count}, as {convention.Total} and {convention.Index} say");
            return convention.Status is null || TryTouch(console, convention.Status, out code);
        }
        return true;
    }

    /// <summary>The inputs of this part.</summary>
    public IReadOnlyList<string> Of(IReadOnlyList<string> inputs)
    {
        Shard self = this;
        return Count == 1 ? inputs : [.. inputs.Where((_, index) => index % self.Count == self.Index)];
    }

    private static bool TryTouch(VerbConsole console, string variable, out int code)
    {
        code = console.Host.Variable(variable) is { Length: > 0 } file ? console.Write(file, "") : ExitCodes.Good;
        return code == ExitCodes.Good;
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary>Variables that say which part of the work is meant.</summary>
    /// <param name="Total">How many parts there are.</param>
    /// <param name="Index">Which part.</param>
    /// <param name="First">The number of the first part.</param>
    /// <param name="Status">The file that is touched; null for none.</param>
    private sealed record Convention(string Total, string Index, int First, string? Status);
}
