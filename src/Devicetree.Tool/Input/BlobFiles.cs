namespace Devicetree.Tool.Input;

/// <summary>The blobs that a command line means.</summary>
internal static class BlobFiles
{
    private const string Extension = ".dtb";

    /// <summary>How deep directories may nest, so that a link to a directory above ends somewhere.</summary>
    private const int MaxDepth = 40;

    private static readonly EnumerationOptions _everything = new()
    {
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = true,
    };

    /// <summary>
    /// The blobs below the directories first, by name, then the files, as the original takes them. What does not exist is passed
    /// over.
    /// </summary>
    public static IReadOnlyList<string> Find(ToolHost host, IReadOnlyList<string> paths)
    {
        var found = new List<string>();
        foreach (string path in paths)
        {
            if (Directory.Exists(host.FullPath(path)))
                found.AddRange(InDirectory(host, path));
        }
        found.AddRange(paths.Where(path => File.Exists(host.FullPath(path))));
        return found;
    }

    /// <summary>The blobs below a directory, by name.</summary>
    public static IReadOnlyList<string> InDirectory(ToolHost host, string path)
    {
        var found = new List<string>();
        AddDirectory(found, new DirectoryInfo(host.FullPath(path)), path.Length > 1 ? path.TrimEnd('/') : path, 0);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static void AddDirectory(List<string> found, DirectoryInfo directory, string name, int depth)
    {
        if (depth > MaxDepth)
            return;
        foreach (FileSystemInfo entry in directory.EnumerateFileSystemInfos("*", _everything))
        {
            if (entry.Name.StartsWith('.'))
                continue;
            if (entry is DirectoryInfo inner)
                AddDirectory(found, inner, $"{name}/{entry.Name}", depth + 1);
            else if (entry.Name.EndsWith(Extension, StringComparison.Ordinal))
                found.Add($"{name}/{entry.Name}");
        }
    }
}
