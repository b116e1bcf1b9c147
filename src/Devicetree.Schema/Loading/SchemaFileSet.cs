using System.IO.Enumeration;

namespace Devicetree.Schema.Loading;

/// <summary>A schema file that was found.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Length">Its length in bytes when it was found.</param>
/// <param name="Modified">When it was last changed, in ticks of UTC.</param>
public readonly record struct SchemaFile(string Path, long Length, long Modified);

/// <summary>A file or folder of schemas that somebody asked for.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Name">What messages call it when it is a folder without schemas.</param>
public readonly record struct SchemaPlace(string Path, string Name)
{
    /// <summary>A place that messages call by its path.</summary>
    public static implicit operator SchemaPlace(string path) => FromString(path);

    /// <summary>A place that messages call by its path.</summary>
    public static SchemaPlace FromString(string path) => new(path, path);
}

/// <summary>The schema files that a list of paths means: files in the given order, then what is in folders, by path.</summary>
internal sealed class SchemaFileSet
{
    private const string Extension = ".yaml";

    /// <summary>How deep folders may nest, so that a link to a folder above ends somewhere.</summary>
    private const int MaxDepth = 40;

    private readonly List<SchemaFile> _files = [];
    private readonly List<(string Name, int Start)> _folders = [];

    /// <summary>Looks for the files.</summary>
    /// <param name="places">Files and folders; those that do not exist are passed over.</param>
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
            _folders.Add((name, _files.Count));
            AddFolder(path, 0);
            _files.Sort(_folders[^1].Start, _files.Count - _folders[^1].Start, Comparer<SchemaFile>.Create(
                static (left, right) => string.CompareOrdinal(left.Path, right.Path)));
        }
    }

    /// <summary>All files in the order in which they are read.</summary>
    public IReadOnlyList<SchemaFile> Files => _files;

    /// <summary>How many of them were named one by one.</summary>
    public int SingleFiles { get; }

    /// <summary>The folders, each with the index of the first file that is from it.</summary>
    public IReadOnlyList<(string Name, int Start)> Folders => _folders;

    private void AddFolder(string folder, int depth)
    {
        if (depth > MaxDepth)
            return;
        var entries = new FileSystemEnumerable<(string Path, bool IsFolder, SchemaFile File)>(folder, Describe, _options) { ShouldIncludePredicate = IsWanted };
        foreach ((string path, bool isFolder, SchemaFile file) in entries)
        {
            if (isFolder)
                AddFolder(path, depth + 1);
            else
                _files.Add(file);
        }
    }

    /// <summary>Folders and schemas. What begins with a dot is hidden, as from the shell's patterns.</summary>
    private static bool IsWanted(ref FileSystemEntry entry) =>
        entry.FileName[0] != '.' && (entry.IsDirectory || entry.FileName.EndsWith(Extension, StringComparison.Ordinal));

    private static (string Path, bool IsFolder, SchemaFile File) Describe(ref FileSystemEntry entry)
    {
        string path = entry.ToFullPath();
        if (entry.IsDirectory)
            return (path, true, default);
        // A link is as old and as long as what it leads to.
        return (path, false, (entry.Attributes & FileAttributes.ReparsePoint) != 0
            ? Describe(path) : new(path, entry.Length, entry.LastWriteTimeUtc.UtcTicks));
    }

    private static readonly EnumerationOptions _options = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };

    private static SchemaFile Describe(string path)
    {
        var file = new FileInfo(path);
        FileInfo target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        return new(path, target.Exists ? target.Length : 0, target.LastWriteTimeUtc.Ticks);
    }
}
