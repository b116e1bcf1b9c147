using System.Reflection;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.BuiltIn;

/// <summary>
/// The core schemas that are part of this library. They are written for it and take nothing but facts from others.
/// </summary>
internal static class BuiltInSchemas
{
    /// <summary>What their paths begin with, in findings and in the library's resources.</summary>
    public const string Directory = "built-in/";

    private static readonly Lazy<IReadOnlyList<SourceText>> _all = new(ReadAll);

    /// <summary>All of them, by path.</summary>
    public static IReadOnlyList<SourceText> All => _all.Value;

    /// <summary>The one with a path; null when the path is none of theirs.</summary>
    public static SourceText? Find(string path) =>
        path.StartsWith(Directory, StringComparison.Ordinal) ? All.FirstOrDefault(source => source.Path == path) : null;

    private static List<SourceText> ReadAll()
    {
        Assembly library = typeof(BuiltInSchemas).Assembly;
        var sources = new List<SourceText>();
        foreach (string name in library.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (!name.StartsWith(Directory, StringComparison.Ordinal))
                continue;
            using Stream stream = library.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            sources.Add(new SourceText(name, bytes));
        }
        return sources;
    }
}
