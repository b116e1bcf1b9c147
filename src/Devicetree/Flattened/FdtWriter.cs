using System.Numerics;
using System.Text;

namespace Devicetree.Flattened;

/// <summary>
/// Writes flattened devicetrees of version 17, byte for byte as dtc lays them out: header, reservation block, structure block,
/// strings block, nothing after it unless asked for.
/// </summary>
public static class FdtWriter
{
    private const int HeaderSize = 40;

    /// <summary>The blob of a tree. A reservation of size 0 is written as it is, so readers will stop there.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A negative option, or an <see cref="FdtWriterOptions.Alignment"/> that is no power of two.
    /// </exception>
    /// <exception cref="InvalidOperationException">The blob would have 2 GiB or more, which the format's readers refuse.</exception>
    public static byte[] Write(Tree tree, FdtWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tree);
        options ??= FdtWriterOptions.Default;
        ArgumentOutOfRangeException.ThrowIfNegative(options.SpareReservations);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Padding);
        ArgumentOutOfRangeException.ThrowIfNegative(options.MinimumSize);
        if (!BitOperations.IsPow2(options.Alignment))
            throw new ArgumentOutOfRangeException(nameof(options), options.Alignment, "The alignment is no power of two.");

        var output = new BigEndianWriter();
        output.WriteZeros(HeaderSize);
        int reservations = output.Length;
        foreach (MemoryReservation reservation in tree.Reservations)
        {
            output.WriteU64(reservation.Address);
            output.WriteU64(reservation.Size);
        }
        output.WriteZeros((options.SpareReservations + 1L) * FdtFormat.ReservationSize);

        int structure = output.Length;
        var strings = new StringTable();
        WriteStructure(tree.Root, output, strings);
        int stringsStart = output.Length;
        output.Write(strings.Bytes);
        int stringsEnd = output.Length;

        long total = Math.Max((long)stringsEnd + options.Padding, options.MinimumSize);
        output.WriteZeros(((total + options.Alignment - 1) & -(long)options.Alignment) - stringsEnd);
        output.PatchU32(0,
            FdtFormat.Magic, (uint)output.Length, (uint)structure, (uint)stringsStart, (uint)reservations,
            FdtFormat.Version, FdtFormat.LastCompatible, tree.BootCpu,
            (uint)(stringsEnd - stringsStart), (uint)(stringsStart - structure));
        return output.ToArray();
    }

    /// <summary>Not recursive: a tree may be built deeper than a stack is high.</summary>
    private static void WriteStructure(Node root, BigEndianWriter output, StringTable strings)
    {
        // A null is the end of the node that was begun last.
        var pending = new Stack<Node?>([root]);
        while (pending.TryPop(out Node? node))
        {
            if (node is null)
            {
                output.WriteU32(FdtFormat.EndNode);
                continue;
            }
            output.WriteU32(FdtFormat.BeginNode);
            output.Write(Encoding.ASCII.GetBytes(node.Name));
            output.WriteZeros(1);
            output.PadTo(sizeof(uint));
            foreach (Property property in node.Properties)
            {
                output.WriteU32(FdtFormat.Prop);
                output.WriteU32((uint)property.Value.Length);
                output.WriteU32((uint)strings.Add(property.Name));
                output.Write(property.Value.Span);
                output.PadTo(sizeof(uint));
            }
            pending.Push(null);
            for (int i = node.Children.Count - 1; i >= 0; i--)
                pending.Push(node.Children[i]);
        }
        output.WriteU32(FdtFormat.End);
    }
}
