using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Devicetree.Directories;

/// <summary>Why a directory was refused.</summary>
/// <param name="Path">The file or directory at fault, relative to the outermost directory.</param>
/// <param name="Message">What is wrong, a phrase without a full stop.</param>
internal sealed record DirectoryError(string Path, string Message)
{
    /// <summary>One line: the path and the message.</summary>
    public override string ToString() => $"/{Path}: {Message}";
}

/// <summary>
/// Reads a devicetree from directories and files as Linux shows it in <c>/proc/device-tree</c>: a directory is a node, a file a
/// property.
/// <list type="bullet">
/// <item>Both come sorted by name, since directories have no order of their own.</item>
/// <item>A file <c>name</c> that repeats the name of its node is left out: Linux makes it up.</item>
/// <item>A directory <c>x#1</c> is the node <c>x</c>: Linux renames a node that has the name of a property beside it.</item>
/// </list>
/// </summary>
internal static class DirectoryReader
{
    /// <summary>Every root has one of these, so that a directory of something else is refused before it is read whole.</summary>
    private static readonly string[] _rootProperties =
    [
        PropertyNames.Compatible, PropertyNames.Model, PropertyNames.AddressCells, PropertyNames.SizeCells, PropertyNames.Name,
    ];

    /// <summary>Reads a directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="tree">The tree, null on error.</param>
    /// <param name="error">What is wrong, null when nothing is.</param>
    /// <param name="options">Limits, the defaults when null.</param>
    public static bool TryRead(
        IDirectoryTree directory,
        [NotNullWhen(true)] out Tree? tree,
        [NotNullWhen(false)] out DirectoryError? error,
        DirectoryReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(directory);
        var result = new Tree();
        error = new Reading(directory, options ?? DirectoryReaderOptions.Default).Read(result.Root);
        tree = error is null ? result : null;
        return error is null;
    }

    /// <summary>
    /// What is wrong with the outermost directory when it is that of something else; null when it may be a tree.
    /// </summary>
    /// <param name="files">The names of the files in it.</param>
    internal static DirectoryError? RootFault(IEnumerable<string> files) => files.Any(_rootProperties.Contains)
        ? null : new("", $"it has none of the files {string.Join(", ", _rootProperties)}");

    /// <summary>One reading and what is left of its limits.</summary>
    private sealed class Reading(IDirectoryTree directory, DirectoryReaderOptions options)
    {
        private int _entriesLeft = options.MaxEntries;
        private int _bytesLeft = options.MaxBytes;

        public DirectoryError? Read(Node root)
        {
            var pending = new Stack<(Node Node, string Path, int Depth)>([(root, "", 1)]);
            while (pending.TryPop(out (Node Node, string Path, int Depth) next))
            {
                if (next.Depth > options.MaxDepth)
                    return new(next.Path, $"directories nest more than {options.MaxDepth} levels deep");
                if (!directory.TryList(next.Path, _entriesLeft, out IReadOnlyList<DirectoryEntry>? entries, out string? reason))
                    return new(next.Path, reason);
                if (next.Node == root
                    && RootFault(entries.Where(entry => !entry.IsDirectory).Select(entry => entry.Name)) is { } fault)
                    return fault;
                _entriesLeft -= entries.Count;
                foreach (DirectoryEntry entry in entries.OrderBy(entry => entry.Name, StringComparer.Ordinal))
                {
                    string path = next.Path.Length == 0 ? entry.Name : $"{next.Path}/{entry.Name}";
                    DirectoryError? error;
                    if (!entry.IsDirectory)
                    {
                        error = ReadProperty(next.Node, entry.Name, path);
                    }
                    else
                    {
                        error = AddChild(next.Node, entry.Name, path, out Node? child);
                        if (child is not null)
                            pending.Push((child, path, next.Depth + 1));
                    }
                    if (error is not null)
                        return error;
                }
            }
            return null;
        }

        private DirectoryError? ReadProperty(Node node, string name, string path)
        {
            if (!NameRules.IsPropertyName(name))
                return new(path, "this is not a valid property name");
            if (!directory.TryRead(path, _bytesLeft, out byte[]? bytes, out string? reason))
                return new(path, reason);
            _bytesLeft -= bytes.Length;
            bool isMadeUp = name == PropertyNames.Name
                && bytes.AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(node.BaseName + "\0"));
            if (!isMadeUp)
                node.Set(name, bytes);
            return null;
        }

        private static DirectoryError? AddChild(Node node, string name, string path, out Node? child)
        {
            int suffix = name.IndexOf('#', StringComparison.Ordinal);
            string real = suffix < 0 ? name : name[..suffix];
            child = null;
            if (!NameRules.IsNodeName(real))
                return new(path, "this is not a valid node name");
            child = node.TryAddChild(real);
            return child is null ? new(path, $"there are two nodes '{real}'") : null;
        }
    }
}
