using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Devicetree.Compatibility;

namespace Devicetree.Tool.Tests.DropIns;

/// <summary>
/// A command line of dtc with its files, and what dtc did: one case of <c>tests/vectors/dtc</c>, where <c>record.py</c> explains
/// the form.
/// </summary>
internal sealed partial class DtcCase
{
    /// <summary>Stands in records for the text that <c>-h</c> prints.</summary>
    public const string Help = "<help>\n";

    public const string Input = "in.dts";
    public const string Output = "out.dtb";
    public const string Dependencies = "out.d";

    private const string Escapes = "escapes";
    private const string Only = "only";

    private DtcCase(string file, string[] lines)
    {
        Name = $"{file}: {lines[0]}";
        int at = 1;
        string[] words = [];
        if (at < lines.Length && lines[at].StartsWith("++ ", StringComparison.Ordinal))
            words = lines[at++][3..].Split(' ');
        string[] options = [.. words.Where(word => word is not (Escapes or Only))
            .Select(word => word.Replace("\\s", " ", StringComparison.Ordinal))];
        Arguments = words.Contains(Only) || options.Contains("-o") ? options : [.. options, "-o", Output, Input];
        int records = Array.FindIndex(lines, IsRecord);
        string name = Input;
        var text = new StringBuilder();
        foreach (string line in lines[at..records].Append("@@ "))
        {
            if (!line.StartsWith("@@ ", StringComparison.Ordinal))
            {
                text.Append(line).Append('\n');
                continue;
            }
            Files.Add(name, Encoding.Latin1.GetBytes(words.Contains(Escapes) ? Unescape(text.ToString()) : text.ToString()));
            text.Clear();
            name = line[3..];
        }
        for (at = records; at < lines.Length;)
        {
            int end = Array.FindIndex(lines, at + 1, IsRecord);
            end = end < 0 ? lines.Length : end;
            Add(lines[at].Split(' ')[1..], lines[(at + 1)..end]);
            at = end;
        }
    }

    /// <summary>The file of cases and the title.</summary>
    public string Name { get; }

    public IReadOnlyList<string> Arguments { get; }

    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>What each version did; null where it crashed.</summary>
    public Dictionary<DtcVersion, DtcRecord?> Recorded { get; } = [];

    /// <summary>All cases.</summary>
    public static IReadOnlyDictionary<string, DtcCase> All { get; } = Read();

    public override string ToString() => Name;

    private static bool IsRecord(string line) => line.StartsWith("-- ", StringComparison.Ordinal);

    private void Add(string[] head, string[] lines)
    {
        bool crashed = head[^1] == "crashes";
        var said = new StringBuilder();
        string? blob = null, dependencies = null;
        foreach (string line in lines)
        {
            if (line.StartsWith("blob ", StringComparison.Ordinal))
                blob = line[5..];
            else if (line.StartsWith("deps ", StringComparison.Ordinal))
                dependencies = line[5..];
            else
                said.Append(line).Append('\n');
        }
        foreach (string version in head[..^(crashed ? 1 : 2)])
        {
            Assert.True(DtcVersion.TryParse(version, out DtcVersion key), version);
            Recorded.Add(key, crashed
                ? null : new(int.Parse(head[^1], CultureInfo.InvariantCulture), said.ToString(), blob, dependencies));
        }
    }

    private static string Unescape(string text) => Escape().Replace(text, match => match.Groups[1].Value switch
    {
        "\n" => "",
        "r" => "\r",
        string hex => ((char)byte.Parse(hex[1..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString(),
    });

    [GeneratedRegex(@"\\(\n|r|x[0-9a-f]{2})")]
    private static partial Regex Escape();

    private static Dictionary<string, DtcCase> Read()
    {
        var cases = new Dictionary<string, DtcCase>();
        foreach (string path in Directory.EnumerateFiles(Checkout.File("tests", "vectors", "dtc"), "*.txt")
            .Order(StringComparer.Ordinal))
        {
            foreach (string text in File.ReadAllText(path, Encoding.Latin1).Split("\n== ")[1..])
            {
                // What precedes the next title is an empty line of the file, not of the case.
                var read = new DtcCase(Path.GetFileNameWithoutExtension(path), text.TrimEnd('\n').Split('\n'));
                cases.Add(read.Name, read);
            }
        }
        return cases;
    }
}

/// <summary>What dtc did.</summary>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Said">Standard error, then standard output.</param>
/// <param name="Blob">The blob in hexadecimal digits; null when none was written.</param>
/// <param name="Dependencies">The dependency file without its line end; null when none was written.</param>
internal sealed record DtcRecord(int ExitCode, string Said, string? Blob, string? Dependencies)
{
    /// <summary>Reads what is in a directory after a run.</summary>
    /// <param name="exitCode">How it ended.</param>
    /// <param name="said">Standard error, then standard output.</param>
    /// <param name="help">What <c>-h</c> prints.</param>
    /// <param name="pathOf">The path of a file in the directory.</param>
    public static DtcRecord Of(int exitCode, string said, string? help, Func<string, string> pathOf)
    {
        if (!string.IsNullOrEmpty(help))
            said = said.Replace(help, DtcCase.Help, StringComparison.Ordinal);
        if (said.Length > 0 && !said.EndsWith('\n'))
            said += "\n";
        string blob = pathOf(DtcCase.Output), dependencies = pathOf(DtcCase.Dependencies);
        return new(
            exitCode, said,
            // A failure may leave an empty file behind.
            File.Exists(blob) && new FileInfo(blob).Length > 0 ? Convert.ToHexStringLower(File.ReadAllBytes(blob)) : null,
            File.Exists(dependencies) ? File.ReadAllText(dependencies, Encoding.Latin1).TrimEnd('\n') : null);
    }
}
