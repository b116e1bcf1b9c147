using System.Globalization;
using System.Text;
using Devicetree.Compatibility;

namespace Devicetree.Tool.Tests.DropIns;

/// <summary>
/// Files and command lines that show what a row of <see cref="DtcChanges"/> says, and what each release made of them: one case of
/// <c>tests/vectors/dtc/changes</c>, where <c>record.py</c> explains the form.
/// </summary>
internal sealed class ChangeCase
{
    private const string Hex = " hex";

    private ChangeCase(string title, string[] lines)
    {
        (Name, Change) = (title, title.Split(':')[0]);
        int records = Array.FindIndex(lines, line => line.StartsWith("-- ", StringComparison.Ordinal));
        string[] given = lines[..records];
        Commands = [.. given.Where(line => line.StartsWith("$ ", StringComparison.Ordinal)).Select(line => line[2..].Split(' '))];
        Choice = given.FirstOrDefault(line => line.StartsWith("!! ", StringComparison.Ordinal))?[3..];
        string[] texts = [.. given.TakeWhile(line => !line.StartsWith("$ ", StringComparison.Ordinal))];
        foreach (string part in ("\n" + string.Join('\n', texts)).Split("\n@@ ")[1..])
        {
            string name = part.Split('\n')[0];
            string content = string.Join('\n', part.Split('\n')[1..]);
            Files.Add(name.Replace(Hex, "", StringComparison.Ordinal), name.EndsWith(Hex, StringComparison.Ordinal)
                ? Convert.FromHexString(content) : Encoding.UTF8.GetBytes(content + "\n"));
        }
        foreach (string block in ("\n" + string.Join('\n', lines[records..])).Split("\n-- ")[1..])
        {
            ChangeStep[] steps = [.. block.Split("\n> ")[1..].Select(step => ChangeStep.Parse(step.Split('\n')))];
            foreach (string version in block.Split('\n')[0].Split(' '))
            {
                Assert.True(DtcVersion.TryParseKnown(version, out DtcVersion known), version);
                Recorded.Add(known, steps);
            }
        }
        Assert.Equal(DtcVersion.Known.Count, Recorded.Count);
    }

    /// <summary>The id of the row and what is shown.</summary>
    public string Name { get; }

    /// <summary>The id of the row.</summary>
    public string Change { get; }

    public Dictionary<string, byte[]> Files { get; } = [];

    public IReadOnlyList<string[]> Commands { get; }

    /// <summary>
    /// The row of <see cref="StrictChoices"/> because of which our words and bytes are others; null when they are not.
    /// </summary>
    public string? Choice { get; }

    /// <summary>What each command did, by release.</summary>
    public Dictionary<DtcVersion, ChangeStep[]> Recorded { get; } = [];

    /// <summary>All cases.</summary>
    public static IReadOnlyDictionary<string, ChangeCase> All { get; } = Read();

    private static Dictionary<string, ChangeCase> Read()
    {
        var cases = new Dictionary<string, ChangeCase>();
        string directory = Checkout.File("tests", "vectors", "dtc", "changes");
        foreach (string path in Directory.EnumerateFiles(directory, "*.txt").Order(StringComparer.Ordinal))
        {
            foreach (string text in File.ReadAllText(path).Split("\n== ")[1..])
            {
                // What precedes the next title is an empty line of the file, not of the case.
                string[] lines = text[..^1].Split('\n');
                lines = lines[^1].Length == 0 ? lines[..^1] : lines;
                var read = new ChangeCase(lines[0], lines[1..]);
                cases.Add(read.Name, read);
            }
        }
        return cases;
    }
}

/// <summary>What a command did.</summary>
/// <param name="ExitCode">How it ended; null when it crashed.</param>
/// <param name="Said">Standard error, then standard output, and the files that it changed or made, as they stand in a
/// case.</param>
internal sealed record ChangeStep(int? ExitCode, string Said)
{
    public static ChangeStep Parse(string[] lines) =>
        new(lines[0] == "crashes" ? null : int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture),
        string.Join('\n', lines[1..]));

    /// <summary>A step of ours.</summary>
    public static ChangeStep Of(int code, byte[] error, byte[] output, IReadOnlyDictionary<string, byte[]> before,
        IReadOnlyDictionary<string, byte[]> after)
    {
        var said = new List<string>();
        string text = Printable([.. error, .. output]);
        if (text.Length > 0)
            said.Add(text.EndsWith('\n') ? text[..^1] : text);
        foreach ((string name, byte[] bytes) in after.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            if (!before.TryGetValue(name, out byte[]? old) || !old.AsSpan().SequenceEqual(bytes))
                said.Add($"file {name} {Convert.ToHexStringLower(bytes)}");
        }
        return new(code, string.Join('\n', said));
    }

    private static string Printable(byte[] bytes) => string.Concat(bytes.Select(c => c switch
    {
        (byte)'\\' => "\\\\",
        (byte)'\t' or (byte)'\n' or (>= (byte)' ' and <= (byte)'~') => ((char)c).ToString(),
        _ => $"\\x{c:x2}",
    }));
}
