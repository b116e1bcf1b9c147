using CsCheck;
using Devicetree.Compilation;
using Devicetree.Decompilation;
using Devicetree.Flattened;
using Devicetree.Overlays;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tests;

public class RoundTripTests
{
    private static readonly Gen<string> _nodeName =
        Gen.Select(Gen.String[Gen.Char["abcn,._+-019"], 1, 4], Gen.String[Gen.Char["0123abf,"], 0, 3])
            .Select((name, unit) => unit.Length == 0 ? name : $"{name}@{unit}");

    private static readonly Gen<string> _propertyName = Gen.String[Gen.Char["abcreg,._+*#?-019"], 1, 5]
        .Where(name => name != "name");

    private static readonly Gen<byte[]> _value = Gen.Frequency(
        (2, Gen.Byte.Array[0, 9]),
        (2, Gen.Int[0, 3].Select(count => new byte[count * 4])),
        (3, Gen.String[Gen.Char["ab1 \"\\\n\t\0"], 0, 8].Select(text => System.Text.Encoding.ASCII.GetBytes(text + "\0"))));

    /// <summary>A tree from a list of steps, each of which adds something to a node chosen by number.</summary>
    private static readonly Gen<Tree> _anyTree =
        Gen.Select(
            Gen.Select(Gen.Int[0, 1000], _nodeName).Array[0, 15],
            Gen.Select(Gen.Int[0, 1000], _propertyName, _value).Array[0, 30],
            Gen.Select(Gen.ULong, Gen.ULong[1, ulong.MaxValue]).Array[0, 3],
            Gen.UInt)
        .Select((nodes, properties, reservations, bootCpu) =>
        {
            var tree = new Tree { BootCpu = bootCpu };
            List<Node> all = [tree.Root];
            foreach ((int parent, string name) in nodes)
            {
                Node node = all[parent % all.Count];
                if (node.Child(name) is null)
                    all.Add(node.AddChild(name));
            }
            foreach ((int owner, string name, byte[] value) in properties)
                all[owner % all.Count].Set(name, value);
            foreach ((ulong address, ulong size) in reservations)
                tree.Reservations.Add(new(address, size));
            return tree;
        });

    [Fact]
    public void What_is_written_reads_back_as_the_same_tree() =>
        _anyTree.Sample(tree =>
        {
            byte[] blob = FdtWriter.Write(tree);
            return FdtReader.TryRead(blob, out Tree? read, out _) && Describe(read) == Describe(tree)
                && FdtWriter.Write(read).AsSpan().SequenceEqual(blob);
        });

    [Fact]
    public void What_is_printed_compiles_back_to_the_same_blob() =>
        _anyTree.Sample(tree =>
        {
            Tree? compiled = DtsParser.Parse(
                new SourceText("t.dts", DtsPrinter.Print(tree)), new DiagnosticBag(), new() { BootCpu = tree.BootCpu });
            return compiled is not null && FdtWriter.Write(compiled).AsSpan().SequenceEqual(FdtWriter.Write(tree));
        });

    [Fact]
    public void A_clone_is_the_same_tree() =>
        _anyTree.Sample(tree => FdtWriter.Write(tree.Clone()).AsSpan().SequenceEqual(FdtWriter.Write(tree)));

    /// <summary>
    /// Values and places may differ: a name without unit address can lead to another node, whose values change.
    /// </summary>
    [Fact]
    public void An_overlay_for_the_root_adds_every_property_that_it_has_and_removes_none() =>
        Gen.Select(_anyTree, _anyTree).Sample((@base, added) =>
        {
            var overlay = new Tree();
            Node fragment = overlay.Root.AddChild("fragment@0");
            fragment.SetString("target-path", "/");
            fragment.AddChild("__overlay__").CopyFrom(added.Root);
            return OverlayApplier.TryApply(@base, overlay, out Tree? result, out _)
                && Names(result).SetEquals(Names(@base).Union(Names(added)));
        });

    private static HashSet<string> Names(Tree tree) =>
        [.. tree.Root.SelfAndDescendants().SelectMany(node => node.Properties).Select(property => property.Name)];

    private static string Describe(Tree tree) =>
        $"{tree.BootCpu} {string.Join(' ', tree.Reservations)}\n" + string.Join('\n',
        tree.Root.SelfAndDescendants().Select(node => $"{node.Path}: {string.Join(' ', node.Properties.Select(Describe))}"));

    private static string Describe(Property property) => $"{property.Name}={Convert.ToHexStringLower(property.Value.Span)}";
}
