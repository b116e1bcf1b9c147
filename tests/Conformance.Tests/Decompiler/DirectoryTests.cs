using System.Text;
using Conformance.Tests.Tools;

namespace Conformance.Tests.Decompiler;

/// <summary>Directories in the place of trees, as Linux shows them in <c>/proc/device-tree</c>.</summary>
public class DirectoryTests
{
    [Theory]
    [InlineData("dts")]
    [InlineData("dtb")]
    [InlineData("asm")]
    public void A_directory_becomes_what_dtc_makes_of_it(string format)
    {
        ExternalTool.Require("dtc");
        using var directory = new TemporaryDirectory();
        string root = directory.PathOf("tree");
        for (int seed = 0; seed < 20; seed++)
        {
            if (Directory.Exists(root))
                Directory.Delete(root, recursive: true);
            Fill(root, new Random(seed), 0);
            using var pair = new DropInPair("dtc");

            pair.Run($"seed {seed}", ["-q", "-f", "-I", "fs", "-O", format, "-o", "{out}", root], "out");
        }
    }

    [Fact]
    public void A_directory_is_known_by_itself_and_says_what_is_wrong_in_dtcs_words()
    {
        ExternalTool.Require("dtc");
        using var directory = new TemporaryDirectory();
        string root = directory.PathOf("tree");
        Directory.CreateDirectory(Path.Combine(root, "n"));
        File.WriteAllText(Path.Combine(root, "model"), "m\0");
        using var pair = new DropInPair("dtc");

        pair.Run("guessed", [root]);
        pair.Run("with a slash", [root + "/"]);
        pair.Run("missing", ["-I", "fs", Path.Combine(root, "x")]);
        pair.Run("a file", ["-I", "fs", Path.Combine(root, "model")]);
        File.CreateSymbolicLink(Path.Combine(root, "link"), "model");
        Directory.CreateSymbolicLink(Path.Combine(root, "directory"), "n");
        pair.Run("links", ["-I", "fs", root]);
        File.CreateSymbolicLink(Path.Combine(root, "n", "nowhere"), "x");
        pair.Run("a link to nowhere", ["-I", "fs", root]);
    }

    private static void Fill(string path, Random random, int depth)
    {
        Directory.CreateDirectory(path);
        for (int i = random.Next(6); i > 0; i--)
            File.WriteAllBytes(Path.Combine(path, $"{"abc#,"[random.Next(5)]}{i}"),
                Encoding.Latin1.GetBytes(new string("\0ab\u0001"[random.Next(4)], random.Next(9))));
        for (int i = depth < 3 ? random.Next(4) : 0; i > 0; i--)
            Fill(Path.Combine(path, $"n{i}@{i}"), random, depth + 1);
    }
}
