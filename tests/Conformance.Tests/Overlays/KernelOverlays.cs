using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Conformance.Tests.Boards;
using Conformance.Tests.Tools;

namespace Conformance.Tests.Overlays;

/// <summary>The overlays of the kernel's source, compiled as its makefiles do, and what those apply them to.</summary>
internal static partial class KernelOverlays
{
    private static readonly ConcurrentDictionary<string, Lazy<byte[]>> _blobs = [];

    /// <summary>The directory of the kernel's own tests of overlays.</summary>
    public const string Unittest = "drivers/of/unittest-data";

    /// <summary>
    /// What the makefiles below a directory apply: the name of the result, and the base and its overlays as paths without ending.
    /// In Linux 6.1: <c>NAME-dtbs := BASE.dtb OVERLAY.dtbo…</c>, with lists in variables.
    /// </summary>
    public static IEnumerable<(string Name, string[] Parts)> Applied(string directory)
    {
        string root = Path.Combine(KernelCorpus.Source!, directory);
        foreach (string makefile in Directory.EnumerateFiles(root, "Makefile", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal))
        {
            string text = File.ReadAllText(makefile).Replace("\\\n", " ", StringComparison.Ordinal);
            Dictionary<string, string> lists = Assignment().Matches(text)
                .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
            string place = Path.GetRelativePath(KernelCorpus.Source!, Path.GetDirectoryName(makefile)!);
            foreach ((string name, string list) in lists.Where(pair => pair.Key.EndsWith("-dtbs", StringComparison.Ordinal)))
            {
                string words = Variable().Replace(list, match => lists[match.Groups[1].Value]);
                yield return (name, [.. Blob().Matches(words).Select(match => Path.Combine(place, match.Groups[1].Value))]);
            }
        }
    }

    /// <summary>The blob of a source, with symbols; made once.</summary>
    /// <param name="path">The source below the kernel's directory, without its ending.</param>
    public static byte[] Compile(string path) => _blobs.GetOrAdd(path, each => new(() => CompileNow(each))).Value;

    private static byte[] CompileNow(string path)
    {
        using var directory = new TemporaryDirectory();
        string source = Path.Combine(KernelCorpus.Source!, path + ".dts");
        string text = directory.PathOf("text.dts");
        Assert.True(KernelCorpus.TryPreprocess("arm64", source, text), path);
        ExternalTool.Run("dtc", "-q", "-@", "-b", "0", "-i", Path.GetDirectoryName(source)!, "-o", directory.PathOf("blob"),
            text);
        return File.ReadAllBytes(directory.PathOf("blob"));
    }

    [GeneratedRegex(@"^([\w-]+)[ \t]*:=[ \t]*(.*)$", RegexOptions.Multiline)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"\$\(([\w-]+)\)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"(\S+)\.dtbo?")]
    private static partial Regex Blob();
}
