using System.IO.Enumeration;
using System.Text;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Files;

namespace Devicetree.Directories;

/// <summary>
/// Reads directories and files into live trees as <c>dtc -I fs</c> does: a directory is a node, a file a property, in the order
/// in which the system lists them; links are followed, what is neither directory nor file is left out, names are taken as they
/// are.
/// <see cref="DirectoryReader"/> reads more carefully.
/// </summary>
internal static class LiveDirectoryReader
{
    /// <summary>Reads a directory.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="diagnostics">Gets what is wrong, by the rules of <see cref="DirectoryRules"/>.</param>
    /// <param name="options">Limits; the defaults when null.</param>
    /// <param name="name">What messages call the directory; its path when null.</param>
    /// <returns>The tree, null after an error.</returns>
    public static LiveTree? Read(string path, DiagnosticBag diagnostics, DirectoryReaderOptions? options = null,
        string? name = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(diagnostics);
        var budget = new ValueBudget(
            int.MaxValue, limit => diagnostics.Report(DirectoryRules.TooLarge, default, name ?? path, limit, "bytes of values"));
        var tree = new LiveTree(isPlugin: false, budget);
        var root = new LiveNode("", default);
        if (!new Reading(options ?? DirectoryReaderOptions.Default, budget, diagnostics).TryRead(root, path, name ?? path))
            return null;
        tree.AddRoot(root);
        tree.GuessBootCpu();
        return tree;
    }

    private sealed record Pending(LiveNode Node, string Path, string Name, int Depth);

    private sealed class Reading(DirectoryReaderOptions options, ValueBudget budget, DiagnosticBag diagnostics)
    {
        private int _entriesLeft = options.MaxEntries;
        private int _bytesLeft = options.MaxBytes;

        /// <summary>
        /// Not recursive, and in dtc's order all the same: a directory's entries, and what is below each, one after the other.
        /// </summary>
        public bool TryRead(LiveNode root, string path, string name)
        {
            var open = new Stack<(Pending Directory, Queue<string> Entries)>();
            if (!TryOpen(new(root, path, name, 1), open))
                return false;
            while (open.TryPeek(out (Pending Directory, Queue<string> Entries) current))
            {
                if (!current.Entries.TryDequeue(out string? entry))
                {
                    open.Pop();
                    continue;
                }
                if (_entriesLeft-- == 0)
                    return Refuse(current.Directory.Name, options.MaxEntries, "files and directories");
                if (!TryReadEntry(current.Directory, entry, open))
                    return false;
            }
            return true;
        }

        private bool TryReadEntry(Pending directory, string entry, Stack<(Pending Directory, Queue<string> Entries)> open)
        {
            string path = Path.Combine(directory.Path, entry);
            string name = directory.Name.EndsWith('/') ? directory.Name + entry : $"{directory.Name}/{entry}";
            // Names of trees are one character a byte.
            string treeName = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(entry));
            FileProblem problem = BoundedFile.Read(path, _bytesLeft, mayBeSpecial: false, out byte[]? bytes);
            switch (problem)
            {
                case FileProblem.None:
                    _bytesLeft -= bytes!.Length;
                    directory.Node.Properties.Add(new(treeName,
                        new LiveValue(budget, bytes, new Marker[] { new(0, MarkerKind.Untyped, "", default) }), default));
                    return true;
                case FileProblem.Directory:
                    var child = new LiveNode(treeName, default);
                    directory.Node.AddChild(child);
                    return TryOpen(new(child, path, name, directory.Depth + 1), open);
                case FileProblem.Special:
                    return true;
                case FileProblem.TooLong:
                    return Refuse(name, options.MaxBytes, "bytes, together with all files before it");
                case FileProblem.Missing:
                    diagnostics.Report(DirectoryRules.NoEntry, default, name, "No such file or directory");
                    return false;
                default:
                    diagnostics.Report(DirectoryRules.NotRead, default, name,
                        problem == FileProblem.Denied ? "Permission denied" : "Input/output error");
                    return true;
            }
        }

        private bool TryOpen(Pending directory, Stack<(Pending Directory, Queue<string> Entries)> open)
        {
            if (directory.Depth > options.MaxDepth)
                return Refuse(directory.Name, options.MaxDepth, "levels deep");
            try
            {
                var listing = new FileSystemEnumerable<string>(
                    directory.Path, (ref FileSystemEntry entry) => entry.FileName.ToString(),
                    new EnumerationOptions
                    {
                        AttributesToSkip = 0,
                        IgnoreInaccessible = false,
                        ReturnSpecialDirectories =
                        false
                    });
                open.Push((directory, new(listing.Take(_entriesLeft + 1))));
                return true;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                string reason = failure switch
                {
                    DirectoryNotFoundException or FileNotFoundException when !File.Exists(directory.Path) =>
                        "No such file or directory",
                    UnauthorizedAccessException => "Permission denied",
                    _ => "Not a directory",
                };
                diagnostics.Report(DirectoryRules.NotListed, default, directory.Name, reason);
                return false;
            }
        }

        private bool Refuse(string name, int limit, string what)
        {
            diagnostics.Report(DirectoryRules.TooLarge, default, name, limit, what);
            return false;
        }
    }
}
