using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Conformance.Tests.Schema;

/// <summary>
/// What is found in boards, recorded as a digest for each: the findings of thousands of boards are megabytes of text. A row holds
/// the board, how many findings it has, and the first half of a digest of them; <c>crashed</c> stands where the original stopped
/// half-way.
/// </summary>
internal static class FindingDigests
{
    /// <summary>What the newest dt-validate printed for the arm64 boards of linux-source-6.1, 6.1.192-2.</summary>
    public const string OfDtValidate = "dt-validate-arm64.txt";

    /// <summary>
    /// What was found in the arm boards of the same source with dt-schema's core schemas and with ours, which was the same.
    /// </summary>
    public const string OfArm = "both-core-schemas-arm.txt";

    /// <summary>Set to 1 to write the files again instead of comparing with them.</summary>
    public static bool Records { get; } = Environment.GetEnvironmentVariable("GUNYAH_RECORD_FINDINGS") == "1";

    private const string Crashed = "crashed";

    /// <summary>The rows of a file, by board.</summary>
    public static Dictionary<string, string> Read(string file) =>
        File.ReadLines(PathOf(file)).Select(row => row.Split(' ', 2))
        .ToDictionary(row => row[0], row => row[1], StringComparer.Ordinal);

    /// <summary>Writes a file, of boards by the names of their blobs.</summary>
    public static void Write(string file, IEnumerable<KeyValuePair<string, string>> rows) =>
        File.WriteAllLines(PathOf(file), rows.Select(row => $"{BoardOf(row.Key)} {row.Value}").Order(StringComparer.Ordinal));

    /// <summary>What a row calls a board: the name of its blob without what all of an architecture have in common.</summary>
    public static string BoardOf(string blob)
    {
        const string common = "_boot_dts_";
        int start = blob.IndexOf(common, StringComparison.Ordinal) + common.Length;
        return Path.GetFileNameWithoutExtension(blob[start..]);
    }

    /// <summary>The row of a board, without the board; the order of findings does not count.</summary>
    public static string Of(IReadOnlyCollection<string> findings)
    {
        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', findings.Order(StringComparer.Ordinal))));
        return string.Create(CultureInfo.InvariantCulture, $"{findings.Count} {Convert.ToHexStringLower(digest.AsSpan(0, 6))}");
    }

    /// <summary>The row of what the original printed for a board.</summary>
    public static string Of(BoardFindings board) => board.Crashed ? Crashed : Of([.. board.Certain()]);

    /// <summary>Whether a row says what was found.</summary>
    public static bool IsComplete(string row) => row != Crashed;

    private static string PathOf(string file) => Checkout.File("tests", "Conformance.Tests", "Schema", file);
}
