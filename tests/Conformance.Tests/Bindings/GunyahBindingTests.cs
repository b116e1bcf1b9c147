using Conformance.Tests.Tools;
using Gunyah.Testing.Trees;

namespace Conformance.Tests.Bindings;

/// <summary>
/// The Gunyah bindings against Debian's tools: they are good bindings, and dt-validate comes to the same verdicts with them.
/// </summary>
public class GunyahBindingTests
{
    private static readonly string[] _dialects = ["v6", "upstream", "qcom"];

    /// <summary>How the directories end that our bindings are copied to.</summary>
    private const string OwnDirectory = "-bindings";

    private static string[] Bindings => Directory.GetFiles(Checkout.File("bindings"), "*.yaml", SearchOption.AllDirectories);

    [Fact]
    public void Debians_dt_doc_validate_finds_nothing_in_our_bindings()
    {
        ExternalTool.Require("dt-doc-validate");
        Assert.Equal(8, Bindings.Length);
        foreach (string binding in Bindings)
        {
            ToolResult result = ExternalTool.Start("dt-doc-validate", "-u", Checkout.File("bindings"), binding);
            Assert.Equal((0, "", ""), (result.ExitCode, result.StandardOutput, result.StandardError));
        }
    }

    [Fact]
    public void Yamllint_finds_nothing_in_our_bindings_with_the_kernels_settings()
    {
        BindingCorpus.Require("yamllint");
        ToolResult result = ExternalTool.Start("yamllint",
            ["-c", BindingCorpus.StyleConfiguration, "-f", "parsable", .. Bindings]);
        Assert.Equal((0, "", ""), (result.ExitCode, result.StandardOutput, result.StandardError));
    }

    [Fact]
    public void Debians_dt_validate_comes_to_the_same_verdict_on_every_mutated_tree()
    {
        ExternalTool.Require("dtc", "dt-validate", "dt-mk-schema");
        using var directory = new TemporaryDirectory();
        var differences = new List<string>();
        foreach (string dialect in _dialects)
        {
            string schemas = directory.PathOf($"{dialect}.json");
            // Only a directory is read together with the core schemas in such a way that dt-validate does not break off.
            string bindings = directory.PathOf(dialect + OwnDirectory);
            Directory.CreateDirectory(bindings);
            foreach (string file in Directory.GetFiles(
                dialect == "v6" ? Checkout.File("bindings") : Checkout.File("bindings", dialect), "*.yaml"))
                File.Copy(file, Path.Combine(bindings, Path.GetFileName(file)));
            ExternalTool.Run("dt-mk-schema", "-j", "-o", schemas, bindings);
            MutatedTree[] trees = [.. MutatedTree.All.Where(tree => tree.Dialect == dialect)];
            string[] blobs = [.. trees.Select((tree, number) => Compile(directory, tree, $"{dialect}-{number}"))];
            ToolResult result = ExternalTool.Run("dt-validate", ["-s", schemas, .. blobs]);
            string[] lines = [.. (result.StandardOutput + result.StandardError).Split('\n')];
            for (int i = 0; i < trees.Length; i++)
            {
                bool passes = !lines.Where((line, at) =>
                    line.StartsWith(blobs[i] + ":", StringComparison.Ordinal) && IsOurs(lines, at)).Any();
                if (passes != trees[i].OriginalPasses)
                    differences.Add($"{trees[i].Name}: dt-validate {(passes ? "passes" : "fails")}");
            }
        }
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static string Compile(TemporaryDirectory directory, MutatedTree tree, string name)
    {
        string source = directory.Write(name + ".dts", System.Text.Encoding.UTF8.GetBytes(tree.Source));
        string blob = directory.PathOf(name + ".dtb");
        ExternalTool.Run("dtc", "-q", "-f", "-O", "dtb", "-o", blob, source);
        return blob;
    }

    /// <summary>
    /// Whether a finding is one of our bindings: the line that says so follows, with those of the alternatives before it.
    /// </summary>
    private static bool IsOurs(string[] lines, int at)
    {
        string? schema = lines.Skip(at + 1).FirstOrDefault(line => line.StartsWith("\tFrom schema: ", StringComparison.Ordinal));
        return schema?.Contains(OwnDirectory + "/", StringComparison.Ordinal) == true;
    }
}
