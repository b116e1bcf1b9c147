using System.IO.Enumeration;
using Devicetree.Text.Files;

namespace Devicetree.Schema.Loading;

/// <summary>A schema file that was found.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Length">Its length in bytes when it was found.</param>
/// <param name="Changed">When it last changed, in ticks of UTC; where the system says, a time that no program can set
/// back.</param>
internal readonly record struct SchemaFile(string Path, long Length, long Changed);

/// <summary>A file or directory of schemas that somebody asked for.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Name">What messages call it when it is a directory without schemas.</param>
public readonly record struct SchemaPlace(string Path, string Name)
{
    /// <summary>A place that messages call by its path.</summary>
    public static implicit operator SchemaPlace(string path) => FromString(path);

    /// <summary>A place that messages call by its path.</summary>
    public static SchemaPlace FromString(string path) => new(path, path);
}

/// <summary>
/// The schema files that a list of paths means: files in the given order, then what is in directories, by path.
/// </summary>
internal sealed class SchemaFileSet
{
    private const string Extension = ".yaml";

    /// <summary>How deep directories may nest, so that a link to a directory above ends somewhere.</summary>
    private const int MaxDepth = 40;

    /// <summary>
    /// How many directories are looked at: links that lead back can make more of few than anybody can wait for.
    /// </summary>
    private const int MaxDirectories = 100_000;

    private static readonly EnumerationOptions _options = new()
    {
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = true,
    };

    private readonly List<SchemaFile> _files = [];
    private readonly List<(string Name, int Start)> _directories = [];
    private int _visited;

    /// <summary>Looks for the files.</summary>
    /// <param name="places">Files and directories; those that do not exist are passed over.</param>
    public SchemaFileSet(IReadOnlyList<SchemaPlace> places)
    {
        foreach ((string path, _) in places)
        {
            if (File.Exists(path))
                _files.Add(Describe(path));
        }
        SingleFiles = _files.Count;
        foreach ((string path, string name) in places)
        {
            if (!Directory.Exists(path))
                continue;
            _directories.Add((name, _files.Count));
            AddDirectory(path, 0);
            _files.Sort(_directories[^1].Start, _files.Count - _directories[^1].Start, Comparer<SchemaFile>.Create(
                static (left, right) => string.CompareOrdinal(left.Path, right.Path)));
        }
    }

    /// <summary>All files in the order in which they are read.</summary>
    public IReadOnlyList<SchemaFile> Files => _files;

    /// <summary>How many of them were named one by one.</summary>
    public int SingleFiles { get; }

    /// <summary>The directories, each with the index of the first file that is from it.</summary>
    public IReadOnlyList<(string Name, int Start)> Directories => _directories;

    private void AddDirectory(string directory, int depth)
    {
        if (depth > MaxDepth || ++_visited > MaxDirectories)
            return;
        foreach ((string path, bool isDirectory) in new FileSystemEnumerable<(string Path, bool IsDirectory)>(directory,
            Describe, _options)
        { ShouldIncludePredicate = IsWanted })
        {
            if (isDirectory)
                AddDirectory(path, depth + 1);
            else
                _files.Add(Describe(path));
        }
    }

    /// <summary>Directories and schemas. What begins with a dot is hidden, as from the shell's patterns.</summary>
    private static bool IsWanted(ref FileSystemEntry entry) =>
        entry.FileName[0] != '.' && (entry.FileName.EndsWith(Extension, StringComparison.Ordinal) || entry.IsDirectory);

    private static (string Path, bool IsDirectory) Describe(ref FileSystemEntry entry) => (entry.ToFullPath(), entry.IsDirectory);

    private static SchemaFile Describe(string path)
    {
        if (FileStatus.TryRead(path, out FileStatus status))
            return new(path, status.Length, status.Changed);
        var file = new FileInfo(path);
        return file.Exists ? new(path, file.Length, file.LastWriteTimeUtc.Ticks) : new(path, 0, 0);
    }
}
