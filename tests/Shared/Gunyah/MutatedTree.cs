namespace Gunyah.Testing.Trees;

/// <summary>A row of <c>tests/vectors/gunyah/mutants.txt</c>, which says what the lines mean.</summary>
internal sealed record MutatedTree(string Name, string Dialect, string? Asked, string Source, IReadOnlyList<string> Finds,
    bool OriginalPasses)
{
    private static readonly string _directory = Checkout.File("tests", "vectors", "gunyah");

    /// <summary>All rows.</summary>
    public static IReadOnlyList<MutatedTree> All { get; } = Read();

    /// <summary>Their names.</summary>
    public static TheoryData<string> Names => [.. All.Select(tree => tree.Name)];

    /// <summary>The row of a name.</summary>
    public static MutatedTree Of(string name) => All.Single(tree => tree.Name == name);

    public override string ToString() => Name;

    private static List<MutatedTree> Read()
    {
        var rows = new List<MutatedTree>();
        string[] lines = File.ReadAllLines(Path.Combine(_directory, "mutants.txt"));
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith('['))
                continue;
            int end = i + 1;
            while (end < lines.Length && !lines[end].StartsWith('['))
                end++;
            rows.Add(ReadOne(lines[i].Trim('[', ']'), lines[(i + 1)..end]));
            i = end - 1;
        }
        return rows;
    }

    private static MutatedTree ReadOne(string name, string[] lines)
    {
        string? Word(string key) =>
            lines.SingleOrDefault(line => line.StartsWith(key + " ", StringComparison.Ordinal))?[(key.Length + 1)..];
        string dialect = Word("dialect") ?? "v6";
        var tree = File.ReadAllLines(Path.Combine(_directory, dialect + ".dts")).ToList();
        for (int i = 0; i < lines.Length; i++)
        {
            string[] old = [.. lines[i..].TakeWhile(line => line.StartsWith("- ", StringComparison.Ordinal))
                .Select(line => line[2..])];
            if (old.Length == 0)
                continue;
            string[] now = [.. lines[(i + old.Length)..].TakeWhile(line => line.StartsWith("+ ", StringComparison.Ordinal))
                .Select(line => line[2..])];
            int[] places = [.. Enumerable.Range(0, tree.Count - old.Length + 1)
                .Where(at => tree.Skip(at).Take(old.Length).Select(line => line.Trim()).SequenceEqual(old))];
            Assert.True(places.Length == 1, $"{name}: '{old[0]}' stands {places.Length} times in the tree of {dialect}");
            tree.RemoveRange(places[0], old.Length);
            tree.InsertRange(places[0], now);
            i += old.Length + now.Length - 1;
        }
        string[] finds = [.. lines.Where(line => line.StartsWith("finds ", StringComparison.Ordinal))
            .Select(line => line["finds ".Length..])];
        return new(name, dialect, Word("asked"), string.Join('\n', tree) + "\n", finds, Word("original") switch
        {
            "passes" => true,
            "fails" => false,
            string other => throw new InvalidDataException($"{name}: original {other}"),
            null => throw new InvalidDataException($"{name}: original?"),
        });
    }
}
