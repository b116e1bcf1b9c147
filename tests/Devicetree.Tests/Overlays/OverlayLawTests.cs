using System.Text;
using Devicetree.Compilation;
using Devicetree.Live;
using Devicetree.Overlays;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.Overlays;

/// <summary>
/// The law of overlays on overlays: to merge two and apply the result is to apply one after the other, but for the numbers of
/// phandles.
/// </summary>
public class OverlayLawTests
{
    private const int Seeds = 400;

    [Fact]
    public void Case_83_two_overlays_merged_and_applied_give_what_one_after_the_other_gives()
    {
        int references = 0, carried = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            Tree @base = Compile(
                "/dts-v1/; / { r0 = <&b0>; b0: n0 { b1: n1 { }; b2: n2@2 { }; }; b3: n3 { r1 = <&b2 &b0>; }; };");
            string[] sources = [Source(random, "a", []), Source(random, "c", ["a0", "a1", "a2"])];
            Tree one = Compile(sources[0]), two = Compile(sources[1]);
            string what = $"seed {seed}\n{string.Join('\n', sources)}";

            var after = new OverlayStack(@base);
            OverlayError? error = after.Apply(one);
            Assert.True(error is null, $"{what}\n{error}");
            if (after.Apply(two) is not null)
                continue;
            var merged = new OverlayStack(one);
            error = merged.Apply(two);
            Assert.True(error is null, $"{what}\n{error}");
            var both = new OverlayStack(@base);
            error = both.Apply(merged.Tree);
            Assert.True(error is null, $"{what}\n{error}");

            string expected = Canonical(after.Tree, IsReference);
            Assert.True(expected == Canonical(both.Tree, IsReference),
                $"{what}\none after the other:\n{expected}\nmerged first:\n{Canonical(both.Tree, IsReference)}");
            references += expected.Split("->").Length - 1;
            carried += merged.Notes.Count(note => note.Kind == OverlayNoteKind.Carried);
        }
        Assert.InRange(references, Seeds, int.MaxValue);
        Assert.InRange(carried, Seeds / 2, int.MaxValue);
    }

    /// <summary>
    /// The tree as text, sorted and without phandles: in values of properties that hold references these stand as paths, so that
    /// numbers do not count.
    /// </summary>
    internal static string Canonical(Tree tree, Func<string, bool> isReference)
    {
        var text = new StringBuilder();
        foreach (Node node in tree.Root.SelfAndDescendants().OrderBy(node => node.Path, StringComparer.Ordinal))
        {
            text.Append(node.Path).Append('\n');
            foreach (Property property in node.Properties.Where(property => property.Name != "phandle")
                .OrderBy(property => property.Name, StringComparer.Ordinal))
            {
                text.Append("  ").Append(property.Name).Append(' ');
                if (!isReference(property.Name))
                {
                    text.Append(Convert.ToHexStringLower(property.Value.Span));
                }
                else
                {
                    for (int i = 0; i < property.CellCount; i++)
                        text.Append("->").Append(tree.FindByPhandle(property.Cell(i))?.Path
                            ?? $"nothing, by 0x{property.Cell(i):x}");
                }
                text.Append('\n');
            }
        }
        return text.ToString();
    }

    private static bool IsReference(string name) => name[0] == 'r';

    /// <summary>
    /// An overlay of a few fragments, for labels and paths of the base, for labels of an overlay before, and for its own: they
    /// add nodes that others may add, too, numbers, and references to everything.
    /// </summary>
    private static string Source(Random random, string prefix, string[] known)
    {
        string[] ofBase = ["b0", "b1", "b2", "b3"];
        string[] paths = ["/", "/n0", "/n3", "/n0/x", "/n3/y"];
        var labels = new List<string>();
        var text = new StringBuilder("/dts-v1/; /plugin/; ");
        int fragments = random.Next(1, 5);
        for (int i = 0; i < fragments; i++)
        {
            string target = random.Next(4) switch
            {
                0 => $"&{{{paths[random.Next(prefix == "a" ? 3 : paths.Length)]}}}",
                1 when known.Length > 0 => "&" + known[random.Next(known.Length)],
                _ => "&" + ofBase[random.Next(ofBase.Length)],
            };
            text.Append(target).Append(" { ").Append(Properties()).Append(' ');
            foreach (string name in (string[])["x", "y", "n1"])
            {
                if (random.Next(2) == 0)
                    continue;
                // The first overlay always has three labels for the second one to use.
                string label = $"{prefix}{labels.Count}";
                labels.Add(label);
                text.Append($"{label}: {name} {{ {Properties()} }}; ");
            }
            text.Append("}; ");
        }
        while (labels.Count < 3)
        {
            string label = $"{prefix}{labels.Count}";
            labels.Add(label);
            text.Append($"&b0 {{ {label}: z{labels.Count} {{ }}; }}; ");
        }
        return text.ToString();

        string Properties()
        {
            var properties = new StringBuilder();
            foreach (string name in (string[])["p", "q", "r2", "r3"])
            {
                if (random.Next(3) != 0)
                    continue;
                string[] cells = [.. Enumerable.Range(0, random.Next(1, 4))
                    .Select(_ => IsReference(name) ? Reference() : $"{random.Next(1, 9)}")];
                properties.Append($"{name} = <{string.Join(' ', cells)}>; ");
            }
            return properties.ToString();
        }

        string Reference() => random.Next(5) switch
        {
            0 when labels.Count > 0 => "&" + labels[random.Next(labels.Count)],
            1 when known.Length > 0 => "&" + known[random.Next(known.Length)],
            2 => $"&{{{paths[random.Next(3)]}}}",
            _ => "&" + ofBase[random.Next(ofBase.Length)],
        };
    }

    private static Tree Compile(string source)
    {
        var diagnostics = new DiagnosticBag();
        LiveTree? live = DevicetreeCompiler.Compile(new SourceText("t.dts", source), diagnostics,
            new() { GenerateSymbols = true, KeepPathsOfBase = true });
        Assert.True(live is not null, source + "\n" + string.Join('\n', diagnostics.Items.Select(item => item.Render())));
        return live.ToTree();
    }
}
