using System.Globalization;
using Devicetree.Compatibility;

namespace Devicetree.Tests.Checks;

/// <summary>
/// A source and what dtc said of it: one case of <c>tests/vectors/checks</c>, where <c>record.py</c> explains the form. A good
/// case has no finding of its check, a bad one has, perhaps in one version only.
/// </summary>
internal sealed class CheckCase
{
    private const string Crashed = "crashes";
    private const string Exit = "exit";

    private readonly string? _onlyBadIn;

    private CheckCase(string file, string[] lines)
    {
        Name = $"{file}: {lines[0]}";
        string[] title = lines[0].Split(':')[0].Split(' ');
        (Check, IsBad, _onlyBadIn) = (title[0], title[1] == "bad", title.Length > 2 ? title[3] : null);
        int at = 1;
        if (lines[at].StartsWith("++ ", StringComparison.Ordinal))
            Options = lines[at++][3..].Split(' ');
        int source = at;
        at = Array.FindIndex(lines, IsRecord);
        Source = string.Concat(lines[source..at].Select(line => line + "\n"));
        while (at < lines.Length)
        {
            int end = Array.FindIndex(lines, at + 1, IsRecord);
            end = end < 0 ? lines.Length : end;
            Add(lines[at].Split(' ')[1..], lines[(at + 1)..end]);
            at = end;
        }
    }

    /// <summary>The file and the title.</summary>
    public string Name { get; }

    /// <summary>The check that it is about.</summary>
    public string Check { get; }

    public bool IsBad { get; }

    public IReadOnlyList<string> Options { get; } = [];

    public string Source { get; }

    /// <summary>What each version said; null where it crashed.</summary>
    public Dictionary<DtcVersion, (int ExitCode, string Error)?> Recorded { get; } = [];

    /// <summary>All cases.</summary>
    public static IReadOnlyDictionary<string, CheckCase> All { get; } = Read();

    public bool IsBadIn(DtcVersion version) => IsBad && (_onlyBadIn is null || _onlyBadIn == version.ToString());

    public override string ToString() => Name;

    private static bool IsRecord(string line) => line.StartsWith("-- ", StringComparison.Ordinal);

    private void Add(string[] head, string[] said)
    {
        string error = string.Concat(said.Select(line => line + "\n"));
        bool crashed = head[^1] == Crashed;
        Assert.True(crashed || head[^2] == Exit, Name);
        foreach (string version in head[..^(crashed ? 1 : 2)])
        {
            Assert.True(DtcVersion.TryParse(version, out DtcVersion key), version);
            Recorded.Add(key, crashed ? null : (int.Parse(head[^1], CultureInfo.InvariantCulture), error));
        }
    }

    private static Dictionary<string, CheckCase> Read()
    {
        var cases = new Dictionary<string, CheckCase>();
        foreach (string path in Directory.EnumerateFiles(Checkout.File("tests", "vectors", "checks"), "*.txt")
            .Order(StringComparer.Ordinal))
        {
            foreach (string text in File.ReadAllText(path).Split("\n== ")[1..])
            {
                // What precedes the next title is an empty line of the file, not of the case.
                var read = new CheckCase(Path.GetFileNameWithoutExtension(path), text.TrimEnd('\n').Split('\n'));
                cases.Add(read.Name, read);
            }
        }
        return cases;
    }
}
