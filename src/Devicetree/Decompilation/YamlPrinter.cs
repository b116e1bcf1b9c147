using System.Buffers.Binary;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Decompilation;

/// <summary>
/// Prints live trees as YAML, as <c>dtc -O yaml</c> does, for validators of before 2022. Only trees from source have the
/// structure of values that this form is made of.
/// </summary>
internal static class YamlPrinter
{
    /// <summary>Prints a tree.</summary>
    /// <param name="tree">The tree, from source.</param>
    /// <param name="diagnostics">Gets what cannot be printed, by the rules of <see cref="YamlOutputRules"/>: dtc ends with an
    /// assertion there.</param>
    /// <returns>The text; null after an error.</returns>
    public static byte[]? Print(LiveTree tree, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(diagnostics);
        var text = new ByteText();
        return new Printing(text, diagnostics).TryPrint(tree) ? text.Bytes.ToArray() : null;
    }

    private sealed class Printing(ByteText text, DiagnosticBag diagnostics)
    {
        private readonly YamlEmitter _yaml = new(text);

        public bool TryPrint(LiveTree tree)
        {
            _yaml.BeginDocument();
            if (tree.Root is { Deleted: false } root && !TryPrintNodes(root))
                return false;
            _yaml.EndDocument();
            return true;
        }

        /// <summary>
        /// Not recursive, as a tree may be deeper than the stack: a null is the end of the map that was begun last.
        /// </summary>
        private bool TryPrintNodes(LiveNode root)
        {
            var pending = new Stack<LiveNode?>([root]);
            while (pending.TryPop(out LiveNode? node))
            {
                if (node is null)
                {
                    _yaml.EndMap();
                    continue;
                }
                if (node != root)
                    _yaml.Key(node.Name);
                if (!node.Properties.Live.Any() && !node.Children.Live.Any())
                {
                    _yaml.EmptyMap();
                    continue;
                }
                _yaml.BeginMap();
                foreach (LiveProperty property in node.Properties.Live)
                {
                    _yaml.Key(property.Name);
                    if (!TryPrintValue(node, property))
                        return false;
                }
                pending.Push(null);
                foreach (LiveNode child in node.Children.Live.Reverse())
                    pending.Push(child);
            }
            return true;
        }

        private bool TryPrintValue(LiveNode node, LiveProperty property)
        {
            ReadOnlySpan<byte> value = property.Value.Bytes.Span;
            if (value.IsEmpty)
            {
                _yaml.Plain("true"u8);
                return true;
            }
            ArraySegment<Marker> markers = property.Value.Markers;
            if (markers.Count == 0)
            {
                diagnostics.Report(YamlOutputRules.ValueWithoutStructure, property.Span, property.Name, node);
                return false;
            }
            _yaml.BeginList();
            bool isFirst = true;
            for (int i = 0; i < markers.Count; i++)
            {
                Marker begin = markers[i];
                if (!ValuePieces.Begins(begin))
                    continue;
                _yaml.BeginItem(isFirst);
                int end = ValuePieces.EndOf(markers, i, value.Length);
                ReadOnlySpan<byte> piece = value[begin.Offset..end];
                if ((isFirst && begin.Offset > 0) || !IsWhole(piece, begin.Kind))
                {
                    diagnostics.Report(YamlOutputRules.PieceWithoutForm, property.Span, property.Name, node);
                    return false;
                }
                isFirst = false;
                if (begin.Kind != MarkerKind.Text)
                    PrintNumbers(piece, begin, markers);
                else if (!piece.ContainsAnyExceptInRange((byte)0, (byte)0x7f))
                    _yaml.Quoted(piece[..^1]);
                else
                {
                    diagnostics.Report(YamlOutputRules.TextNotAscii, property.Span, property.Name, node);
                    return false;
                }
            }
            _yaml.EndList();
            return true;
        }

        private static bool IsWhole(ReadOnlySpan<byte> piece, MarkerKind kind) =>
            !piece.IsEmpty && (kind == MarkerKind.Text ? piece[^1] == 0 : piece.Length % ValuePieces.WidthOf(kind) == 0);

        private void PrintNumbers(ReadOnlySpan<byte> piece, Marker begin, IReadOnlyList<Marker> markers)
        {
            int width = ValuePieces.WidthOf(begin.Kind);
            var references = new HashSet<int>();
            if (begin.Kind == MarkerKind.Cells)
                references.UnionWith(markers.Where(marker => marker.Kind == MarkerKind.PhandleReference)
                    .Select(marker => marker.Offset));
            else
                _yaml.Tag(width switch { 1 => "!u8"u8, 2 => "!u16"u8, _ => "!u64"u8 });
            _yaml.BeginList();
            for (int at = 0; at < piece.Length; at += width)
            {
                _yaml.BeginItem(isFirst: at == 0);
                if (references.Contains(begin.Offset + at))
                    _yaml.Tag("!phandle"u8);
                ReadOnlySpan<byte> element = piece.Slice(at, width);
                _yaml.Number(width switch
                {
                    1 => element[0],
                    2 => BinaryPrimitives.ReadUInt16BigEndian(element),
                    4 => BinaryPrimitives.ReadUInt32BigEndian(element),
                    _ => BinaryPrimitives.ReadUInt64BigEndian(element),
                });
            }
            _yaml.EndList();
        }
    }
}
