using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Devicetree.Folders;

/// <summary>Why a folder was refused.</summary>
/// <param name="Path">The file or folder at fault, relative to the outermost folder.</param>
/// <param name="Message">What is wrong, a phrase without a full stop.</param>
public sealed record FolderError(string Path, string Message)
{
    /// <summary>One line: the path and the message.</summary>
    public override string ToString() => $"/{Path}: {Message}";
}

/// <summary>
/// Reads a devicetree from folders and files as Linux shows it in <c>/proc/device-tree</c>: a folder is a node, a file a property.
/// <list type="bullet">
/// <item>Both come sorted by name, since folders have no order of their own.</item>
/// <item>A file <c>name</c> that repeats the name of its node is left out: Linux makes it up.</item>
/// <item>A folder <c>x#1</c> is the node <c>x</c>: Linux renames a node that has the name of a property beside it.</item>
/// </list>
/// </summary>
public static class FolderReader
{
    /// <summary>Reads a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="tree">The tree, null on error.</param>
    /// <param name="error">What is wrong, null when nothing is.</param>
    /// <param name="options">Limits, the defaults when null.</param>
    public static bool TryRead(
        IFolderTree folder,
        [NotNullWhen(true)] out Tree? tree,
        [NotNullWhen(false)] out FolderError? error,
        FolderReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var result = new Tree();
        error = new Reading(folder, options ?? FolderReaderOptions.Default).Read(result.Root);
        tree = error is null ? result : null;
        return error is null;
    }

    /// <summary>One reading and what is left of its limits.</summary>
    private sealed class Reading(IFolderTree folder, FolderReaderOptions options)
    {
        /// <summary>Every root has one of these, so that a folder of something else is told before it is read whole.</summary>
        private static readonly string[] RootProperties =
            [PropertyNames.Compatible, PropertyNames.Model, PropertyNames.AddressCells, PropertyNames.SizeCells, PropertyNames.Name];

        private int _entriesLeft = options.MaxEntries;
        private int _bytesLeft = options.MaxBytes;

        public FolderError? Read(Node root)
        {
            var pending = new Stack<(Node Node, string Path, int Depth)>([(root, "", 1)]);
            while (pending.TryPop(out (Node Node, string Path, int Depth) next))
            {
                if (next.Depth > options.MaxDepth)
                    return new(next.Path, $"folders nest more than {options.MaxDepth} levels deep");
                if (!folder.TryList(next.Path, _entriesLeft, out IReadOnlyList<FolderEntry>? entries, out string? reason))
                    return new(next.Path, reason);
                if (next.Node == root && !entries.Any(entry => !entry.IsFolder && RootProperties.Contains(entry.Name)))
                    return new(next.Path, $"this is no devicetree: the outermost folder has none of the files {string.Join(", ", RootProperties)}");
                _entriesLeft -= entries.Count;
                foreach (FolderEntry entry in entries.OrderBy(entry => entry.Name, StringComparer.Ordinal))
                {
                    string path = next.Path.Length == 0 ? entry.Name : $"{next.Path}/{entry.Name}";
                    FolderError? error;
                    if (!entry.IsFolder)
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

        private FolderError? ReadProperty(Node node, string name, string path)
        {
            if (!NameRules.IsPropertyName(name))
                return new(path, "this is not a property name");
            if (!folder.TryRead(path, _bytesLeft, out byte[]? bytes, out string? reason))
                return new(path, reason);
            _bytesLeft -= bytes.Length;
            bool isMadeUp = name == PropertyNames.Name && bytes.AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(node.BaseName + "\0"));
            if (!isMadeUp)
                node.Set(name, bytes);
            return null;
        }

        private static FolderError? AddChild(Node node, string name, string path, out Node? child)
        {
            int suffix = name.IndexOf('#', StringComparison.Ordinal);
            string real = suffix < 0 ? name : name[..suffix];
            child = null;
            if (!NameRules.IsNodeName(real))
                return new(path, "this is not a node name");
            child = node.TryAddChild(real);
            return child is null ? new(path, $"there are two nodes '{real}'") : null;
        }
    }
}
