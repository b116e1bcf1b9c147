using Gunyah.Tool.Checking;

namespace Gunyah.Tool.Tests.Checking;

/// <summary>
/// Every rule of a guest's tree is reached by the example that explains it, alone or after a tree that is sound.
/// </summary>
public sealed class ExampleTests : IDisposable
{
    /// <summary>A limit that no small tree reaches.</summary>
    private const string Limit = "GUN046";

    private readonly TestHost _host = new();

    public static TheoryData<string> Rules => [.. GunyahRules.All.Select(rule => rule.Id).Where(id => id != Limit)];

    public void Dispose() => _host.Dispose();

    [Theory, MemberData(nameof(Rules))]
    public void The_example_of_a_rule_breaks_it(string id)
    {
        string example = GunyahRules.All.Single(rule => rule.Id == id).Example + "\n";
        string[] trees = example.Contains("/dts-v1/;", StringComparison.Ordinal)
            ? [example]
            : [.. new[] { "v6", "qcom" }.Select(dialect =>
                File.ReadAllText(Checkout.File("tests", "vectors", "gunyah", dialect + ".dts")) + example)];
        Assert.Contains(trees, tree => Finds(id, tree, []) || Finds(id, tree, ["--dialect", "v6"]));
    }

    private bool Finds(string id, string tree, string[] options)
    {
        _host.Write("tree.dts", tree);
        _host.Run(["check", "tree.dts", .. options]);
        return _host.Output.Contains($" {id}: ", StringComparison.Ordinal);
    }
}
