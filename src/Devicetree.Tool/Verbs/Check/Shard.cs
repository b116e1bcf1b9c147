using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Devicetree.Tool.Verbs.Check;

/// <summary>One of several parts of the work, so that build farms can split it: every input belongs to exactly one.</summary>
/// <param name="Index">Which part, from 0.</param>
/// <param name="Count">How many parts there are.</param>
internal readonly record struct Shard(int Index, int Count)
{
    private const string TotalVariable = "TEST_TOTAL_SHARDS";
    private const string IndexVariable = "TEST_SHARD_INDEX";
    private const string StatusVariable = "TEST_SHARD_STATUS_FILE";

    /// <summary>All of the work.</summary>
    public static Shard Whole { get; } = new(0, 1);

    /// <summary>Reads <c>i/n</c>, where i counts from 1.</summary>
    public static bool TryParse(string text, out Shard shard)
    {
        string[] parts = text.Split('/');
        shard = Whole;
        if (parts.Length != 2 || !TryNumber(parts[0], out int number) || !TryNumber(parts[1], out int count) || number < 1 || number > count)
            return false;
        shard = new(number - 1, count);
        return true;
    }

    /// <summary>
    /// What the environment says, by the convention of Bazel and of other test runners: how many parts, and which from 0. The status
    /// file, where one is named, is touched to say that this program knows the convention.
    /// </summary>
    /// <returns>False when the variables contradict each other.</returns>
    public static bool TryFromEnvironment(ToolHost host, [NotNullWhen(false)] out string? problem, out Shard shard)
    {
        shard = Whole;
        problem = null;
        if (host.Variable(TotalVariable) is not { Length: > 0 } total)
            return true;
        if (!TryNumber(total, out int count) || count < 1 || !TryNumber(host.Variable(IndexVariable) ?? "", out int index) || index >= count)
        {
            problem = $"{TotalVariable} and {IndexVariable} do not say which part this is";
            return false;
        }
        if (host.Variable(StatusVariable) is { Length: > 0 } status)
        {
            try
            {
                File.WriteAllBytes(host.FullPath(status), []);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                problem = $"cannot write {status}: {failure.Message}";
                return false;
            }
        }
        shard = new(index, count);
        return true;
    }

    /// <summary>The inputs of this part.</summary>
    public IReadOnlyList<string> Of(IReadOnlyList<string> inputs)
    {
        Shard self = this;
        return Count == 1 ? inputs : [.. inputs.Where((_, index) => index % self.Count == self.Index)];
    }

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
