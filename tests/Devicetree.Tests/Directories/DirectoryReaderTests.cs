using System.Diagnostics.CodeAnalysis;
using Devicetree.Directories;

namespace Devicetree.Tests.Directories;

public class DirectoryReaderTests
{
    private readonly MemoryDirectory _directory = new();

    [Fact]
    public void Directories_are_nodes_and_files_are_properties_sorted_by_name()
    {
        _directory.Files["compatible"] = "acme\0"u8.ToArray();
        _directory.Files["#address-cells"] = [0, 0, 0, 2];
        _directory.Files["soc/uart@2/reg"] = [0, 0, 0, 2];
        _directory.Files["soc/uart@10/status"] = "okay\0"u8.ToArray();
        _directory.Files["cpus/flag"] = [];

        Tree tree = Read();

        Assert.Equal(["#address-cells", "compatible"], tree.Root.Properties.Select(property => property.Name));
        Assert.Equal(["/", "/cpus", "/soc", "/soc/uart@10", "/soc/uart@2"],
            tree.Root.SelfAndDescendants().Select(node => node.Path));
        Assert.Equal(2u, tree.Find("/soc/uart@2")!.Property("reg")!.Cell(0));
        Assert.Empty(tree.Find("/cpus")!.Property("flag")!.Value.ToArray());
    }

    [Fact]
    public void What_Linux_adds_is_left_out()
    {
        _directory.Files["cpu@0/name"] = "cpu\0"u8.ToArray();
        _directory.Files["other/name"] = "real\0"u8.ToArray();
        _directory.Files["twin"] = [];
        _directory.Files["twin#1/p"] = [];

        Tree tree = Read();

        Assert.Null(tree.Root.Property("name"));
        Assert.Empty(tree.Find("/cpu@0")!.Properties);
        Assert.NotNull(tree.Find("/other")!.Property("name"));
        Assert.NotNull(tree.Find("/twin")!.Property("p"));
    }

    [Fact]
    public void Names_that_no_devicetree_has_are_refused_with_their_path()
    {
        _directory.Files["a/b c"] = [];
        Assert.Equal("/a/b c: this is not a valid property name", Refuse().ToString());

        _directory.Files.Remove("a/b c");
        _directory.Files["a/b c/p"] = [];
        Assert.Equal("/a/b c: this is not a valid node name", Refuse().ToString());
    }

    [Fact]
    public void Limits_are_kept()
    {
        _directory.Files["a/b/c/p"] = new byte[10];

        Assert.NotNull(Read(new() { MaxDepth = 4, MaxEntries = 5, MaxBytes = 11 }));
        Assert.Contains("levels", Refuse(new() { MaxDepth = 3 }).Message, StringComparison.Ordinal);
        Assert.Equal("a/b/c", Refuse(new() { MaxEntries = 4 }).Path);
        Assert.Equal("a/b/c/p", Refuse(new() { MaxBytes = 10 }).Path);
    }

    [Fact]
    public void A_directory_on_disk_is_read_without_following_links()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("devicetree-");
        try
        {
            File.WriteAllBytes(Path.Combine(directory.FullName, "name"), [0]);
            string inner = Directory.CreateDirectory(Path.Combine(directory.FullName, "soc")).FullName;
            File.WriteAllBytes(Path.Combine(inner, "reg"), [0, 0, 0, 1]);
            Directory.CreateSymbolicLink(Path.Combine(inner, "loop"), directory.FullName);
            File.CreateSymbolicLink(Path.Combine(inner, "link"), Path.Combine(inner, "reg"));

            Assert.True(DirectoryReader.TryRead(new DiskDirectoryTree(directory.FullName), out Tree? tree,
                out DirectoryError? error), error?.ToString());

            Assert.Equal(["/", "/soc"], tree.Root.SelfAndDescendants().Select(node => node.Path));
            Assert.Equal("reg", Assert.Single(tree.Find("/soc")!.Properties).Name);
            Assert.False(DirectoryReader.TryRead(new DiskDirectoryTree(Path.Combine(directory.FullName, "missing")), out _,
                out error));
            Assert.Equal("", error.Path);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_directory_of_something_else_is_refused_before_it_is_read()
    {
        _directory.Files.Remove("name");
        _directory.Files["version"] = "Linux\0"u8.ToArray();

        Assert.Contains("none of the files", Refuse().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_endless_files_of_proc_do_not_hang_the_reader()
    {
        if (!Directory.Exists("/proc/self"))
            Assert.Skip("there is no /proc");

        Assert.False(DirectoryReader.TryRead(new DiskDirectoryTree("/proc"), out _, out DirectoryError? error));
        Assert.Contains("none of the files", error.Message, StringComparison.Ordinal);
    }

    private Tree Read(DirectoryReaderOptions? options = null)
    {
        Assert.True(DirectoryReader.TryRead(_directory, out Tree? tree, out DirectoryError? error, options), error?.ToString());
        return tree;
    }

    private DirectoryError Refuse(DirectoryReaderOptions? options = null)
    {
        Assert.False(DirectoryReader.TryRead(_directory, out Tree? tree, out DirectoryError? error, options));
        Assert.Null(tree);
        return error;
    }

    /// <summary>Directories that exist because files are in them.</summary>
    private sealed class MemoryDirectory : IDirectoryTree
    {
        /// <summary>With the one file that Linux gives every root.</summary>
        public SortedDictionary<string, byte[]> Files { get; } = new() { ["name"] = [0] };

        public bool TryList(
            string path,
            int maxEntries,
            [NotNullWhen(true)] out IReadOnlyList<DirectoryEntry>? entries,
            [NotNullWhen(false)] out string? reason)
        {
            string prefix = path.Length == 0 ? "" : path + "/";
            // In reverse, so that it is the reader that sorts.
            DirectoryEntry[] found = [.. Files.Keys.Where(file => file.StartsWith(prefix, StringComparison.Ordinal))
                .Select(file => file[prefix.Length..].Split('/'))
                .Select(parts => new DirectoryEntry(parts[0], parts.Length > 1)).Distinct().Reverse()];
            entries = found.Length <= maxEntries ? found : null;
            reason = entries is null ? "too many" : null;
            return entries is not null;
        }

        public bool TryRead(string path, int maxLength, [NotNullWhen(true)] out byte[]? bytes,
            [NotNullWhen(false)] out string? reason)
        {
            bytes = Files[path].Length <= maxLength ? Files[path] : null;
            reason = bytes is null ? "too long" : null;
            return bytes is not null;
        }
    }
}
