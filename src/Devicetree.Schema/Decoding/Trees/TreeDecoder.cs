using System.Buffers.Binary;
using Devicetree.Live;
using Devicetree.Schema.Decoding.Splitting;

namespace Devicetree.Schema.Decoding.Trees;

/// <summary>A decoded tree, to be checked.</summary>
public sealed class DecodedTree
{
    internal DecodedTree(DecodedNode root, IReadOnlyList<DecodeProblem> problems)
    {
        Root = root;
        Problems = problems;
    }

    internal DecodedNode Root { get; }

    /// <summary>What could not be decoded, in the order it was found.</summary>
    internal IReadOnlyList<DecodeProblem> Problems { get; }

    /// <summary>
    /// For values that are read as their source writes them, and as nothing that their types allow: what a blob would say.
    /// </summary>
    internal IReadOnlyDictionary<DecodedValue, BlobReading> Readings { get; init; } = new Dictionary<DecodedValue, BlobReading>();
}

/// <summary>How a value would be read if only its bytes were known.</summary>
/// <param name="Value">The value.</param>
/// <param name="Problems">What could not be decoded then.</param>
internal sealed record BlobReading(DecodedValue Value, IReadOnlyList<DecodeProblem> Problems);

/// <summary>Decodes whole trees as dt-validate does before it validates (devicetree.md 5.5).</summary>
public static class TreeDecoder
{
    /// <summary>The name of a root as schemas see it.</summary>
    private const string RootName = "/";

    /// <summary>Nodes whose names begin so are none of the devicetree's: they are left out.</summary>
    private const string HiddenPrefix = "__";

    /// <summary>Decodes a tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="types">The types of properties.</param>
    /// <param name="source">The live tree that it was written from, whose syntax tells types; null for blobs.</param>
    public static DecodedTree Decode(Tree tree, PropertyTypeTable types, LiveNode? source = null)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(types);
        var problems = new List<DecodeProblem>();
        var readings = new Dictionary<DecodedValue, BlobReading>(ReferenceEqualityComparer.Instance);
        var context = new SplitContext(types, problems);
        var scan = new Scan(new PropertyDecoder(types, problems, readings), context);
        DecodedNode root = scan.Node(tree.Root, source, "");
        new RowSplitter(context).Run(root);
        return new(root, problems) { Readings = readings };
    }

    /// <summary>
    /// The first walk: bytes to values, phandles noted. Its depth is that of the tree, which its reader has limited.
    /// </summary>
    private sealed class Scan(PropertyDecoder decoder, SplitContext context)
    {
        public DecodedNode Node(Node node, LiveNode? source, string path)
        {
            string name = node.Parent is null ? RootName : node.Name;
            var result = new DecodedNode(name);
            decoder.Path = path.Length == 0 ? RootName : path;
            foreach (Property property in node.Properties)
            {
                LiveValue? written = source?.Properties.FindLive(property.Name)?.Value;
                ValueSyntax syntax = written is null ? ValueSyntax.Unknown : ValueSyntaxReader.Of(written);
                result.Add(new(property.Name), decoder.Decode(name, property.Name, property.Value, syntax));
            }
            context.Note(result);
            foreach (Node child in node.Children)
            {
                if (child.Name == OverlayNames.Fixups)
                    NoteFixups(child, $"{path}/{child.Name}");
                else if (child.Name == OverlayNames.LocalFixups)
                    NoteLocalFixups(child, "");
                else if (!child.Name.StartsWith(HiddenPrefix, StringComparison.Ordinal))
                    result.Set(new(child.Name), Node(child, source?.Children.FindLive(child.Name), $"{path}/{child.Name}"));
            }
            return result;
        }

        private void NoteFixups(Node fixups, string path)
        {
            decoder.Path = path;
            foreach (Property property in fixups.Properties)
            {
                if (decoder.Decode(fixups.Name, property.Name, property.Value, ValueSyntax.Unknown) is not DecodedList places)
                    continue;
                foreach (DecodedValue place in places.Items)
                {
                    if (place is DecodedText text)
                        context.PhandlePlaces.Add(text.Value);
                }
            }
        }

        private void NoteLocalFixups(Node fixups, string path)
        {
            foreach (Property property in fixups.Properties)
            {
                for (int i = 0; i + sizeof(uint) <= property.Value.Length; i += sizeof(uint))
                    context.PhandlePlaces.Add(
                        $"{path}:{property.Name}:{BinaryPrimitives.ReadUInt32BigEndian(property.Value.Span[i..])}");
            }
            foreach (Node child in fixups.Children)
                NoteLocalFixups(child, $"{path}/{child.Name}");
        }
    }
}
