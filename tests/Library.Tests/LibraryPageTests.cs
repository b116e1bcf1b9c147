using System.Text.RegularExpressions;
using Devicetree.Live;
using Devicetree.Loading;

namespace Library.Tests;

/// <summary>That <c>docs/library.md</c> shows code that compiles, and that the code does what the page says.</summary>
public sealed partial class LibraryPageTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("library-");
    private readonly string _before = Environment.CurrentDirectory;

    public LibraryPageTests()
    {
        foreach (string file in Directory.GetFiles(Checkout.File("examples", "library"), "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(_directory.FullName, Path.GetRelativePath(Checkout.File("examples", "library"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        Environment.CurrentDirectory = _directory.FullName;
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        _directory.Delete(recursive: true);
    }

    [Fact]
    public void The_page_shows_the_snippets_and_the_sample_as_they_are_compiled()
    {
        string[] shown = [.. Block().Matches(File.ReadAllText(Checkout.File("docs", "library.md")))
            .Select(static match => match.Groups[1].Value)];
        string[] lines = File.ReadAllLines(Checkout.File("tests", "Library.Tests", "Snippets.cs"));
        var expected = new List<string>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].TrimStart().StartsWith("#region", StringComparison.Ordinal))
                continue;
            IEnumerable<string> region = lines.Skip(i + 1).TakeWhile(static line => line.Trim() != "#endregion");
            expected.Add(string.Concat(region.Select(static line => (line.Length > 8 ? line[8..] : line) + "\n")));
        }
        Assert.Equal([File.ReadAllText(Checkout.File("examples", "library", "Program.cs")), .. expected], shown);
        Assert.All(expected, static snippet => Assert.InRange(snippet.Count(static each => each == '\n'), 2, 10));
    }

    [Fact]
    public void The_sample_has_less_than_twenty_lines_besides_its_usings() => Assert.InRange(
        File.ReadLines(Checkout.File("examples", "library", "Program.cs"))
            .Count(static line => line.Length > 0 && !line.StartsWith("using ", StringComparison.Ordinal)),
        1, 19);

    [Fact]
    public void The_snippets_load_edit_overlay_validate_and_compile()
    {
        DevicetreeDocument board = Snippets.Load("board.dts")!;
        Snippets.Edit(board);
        Assert.DoesNotContain(Snippets.Validate(board, board.Tree),
            static line => line.StartsWith("/lamp", StringComparison.Ordinal));
        var merged = Snippets.Overlay(board.Tree, Snippets.Load("lamp.dtso")!);
        string finding = Assert.Single(Snippets.Validate(board, merged),
            static line => line.StartsWith("/lamp", StringComparison.Ordinal));
        Assert.Contains("board.dts:14:2: error", finding, StringComparison.Ordinal);
        Snippets.Compile(merged);
        DevicetreeDocument read = Snippets.Load("board.dtb")!;
        Assert.True(read.Tree.Find("/lamp@1000")!.Property("acme,level")!.TryGetU32(out uint level));
        Assert.Equal(7u, level);
        Assert.NotNull(read.Tree.Find("/sensor@2000"));
    }

    [Fact]
    public void A_live_tree_shows_labels_and_places_and_nothing_that_was_deleted()
    {
        File.AppendAllText("board.dts", "&lamp { gone; other: child { }; };\n&lamp { /delete-property/ gone; /delete-node/ child; };\n");
        List<string> lines = Snippets.Places(Snippets.Load("board.dts")!);
        Assert.Contains("lamp: /lamp@1000 (include/soc.dtsi:7:2)", lines);
        Assert.Contains(lines,
            static line => line.StartsWith("/lamp@1000 acme,level: 4 bytes (board.dts:14:", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, static line => line.StartsWith("/lamp@1000 gone", StringComparison.Ordinal)
            || line.StartsWith("other:", StringComparison.Ordinal));
        LiveNode lamp = Snippets.Load("board.dts")!.Live.Find("lamp")!;
        Assert.Empty(lamp.LiveChildren);
        Assert.Contains(lamp, lamp.Parent!.LiveChildren);
    }

    [Fact]
    public void An_edit_keeps_labels_by_their_symbols_and_loses_comments()
    {
        File.WriteAllText("board.dts", File.ReadAllText("board.dts")
            .Replace("\tacme,level", "\t/* bright */\n\tacme,level", StringComparison.Ordinal));
        DevicetreeDocument board = Snippets.Load("board.dts")!;
        Snippets.Edit(board);
        string text = Snippets.Print(board.Tree);
        Assert.Contains("lamp: lamp@1000 {", text, StringComparison.Ordinal);
        Assert.Contains("acme,level = <0x02>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("bright", text, StringComparison.Ordinal);
        Assert.DoesNotContain("LAMP_DIM", text, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
