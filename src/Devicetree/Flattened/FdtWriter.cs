using System.Numerics;
using Devicetree.Live;

namespace Devicetree.Flattened;

/// <summary>
/// Writes flattened devicetrees, byte for byte as dtc lays them out: header, reservation block, structure block, strings block,
/// nothing after it unless asked for.
/// </summary>
public static class FdtWriter
{
    /// <summary>The blob of a tree. A reservation of size 0 is written as it is, so readers will stop there.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A version that does not exist, a negative option, or an <see cref="FdtWriterOptions.Alignment"/> that is no power of two.
    /// </exception>
    /// <exception cref="InvalidOperationException">The blob would have 2 GiB or more, which the format's readers
    /// refuse.</exception>
    public static byte[] Write(Tree tree, FdtWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tree);
        StructureWriter structure = Begin(options ??= FdtWriterOptions.Default);
        foreach (MemoryReservation reservation in tree.Reservations)
            Write(structure.Output, reservation);
        int start = EndReservations(structure.Output, options);
        Write(tree.Root, structure);
        return End(structure, start, tree.BootCpu, options).ToArray();
    }

    /// <summary>The blob of a live tree: what is deleted is not in it.</summary>
    /// <inheritdoc cref="Write(Tree, FdtWriterOptions?)"/>
    public static ReadOnlyMemory<byte> Write(LiveTree tree, FdtWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tree);
        StructureWriter structure = Begin(options ??= FdtWriterOptions.Default);
        foreach (LiveReservation reserved in tree.Reservations)
            Write(structure.Output, reserved.Reservation);
        int start = EndReservations(structure.Output, options);
        if (tree.Root is LiveNode root)
            Write(root, structure);
        return End(structure, start, tree.BootCpu, options);
    }

    private static StructureWriter Begin(FdtWriterOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.SpareReservations);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Padding);
        ArgumentOutOfRangeException.ThrowIfNegative(options.MinimumSize);
        if (!BitOperations.IsPow2(options.Alignment))
            throw new ArgumentOutOfRangeException(nameof(options), options.Alignment, "The alignment is no power of two.");
        FdtLayout layout = FdtLayout.Find(options.Version)
            ?? throw new ArgumentOutOfRangeException(nameof(options), options.Version, "There is no such version.");
        var structure = new StructureWriter(layout);
        structure.Output.WriteZeros(layout.ReservationsOffset);
        return structure;
    }

    private static void Write(BigEndianWriter output, MemoryReservation reservation)
    {
        output.WriteU64(reservation.Address);
        output.WriteU64(reservation.Size);
    }

    private static int EndReservations(BigEndianWriter output, FdtWriterOptions options)
    {
        output.WriteZeros((options.SpareReservations + 1L) * FdtFormat.ReservationSize);
        return output.Length;
    }

    private static ReadOnlyMemory<byte> End(StructureWriter structure, int structureStart, uint bootCpu, FdtWriterOptions options)
    {
        BigEndianWriter output = structure.Output;
        FdtLayout layout = structure.Layout;
        output.WriteU32(FdtFormat.End);
        int stringsStart = output.Length;
        output.Write(structure.Strings.Bytes);
        int stringsEnd = output.Length;
        long total = Math.Max((long)stringsEnd + options.Padding, options.MinimumSize);
        output.WriteZeros(((total + options.Alignment - 1) & -(long)options.Alignment) - stringsEnd);

        ReadOnlySpan<uint> header =
        [
            FdtFormat.Magic, (uint)output.Length, (uint)structureStart, (uint)stringsStart, (uint)layout.ReservationsOffset,
            (uint)layout.Version, (uint)layout.LastCompatible, bootCpu, (uint)(stringsEnd - stringsStart),
            (uint)(stringsStart - structureStart),
        ];
        output.PatchU32(0, header[..(layout.HeaderSize / sizeof(uint))]);
        return output.Written;
    }

    /// <summary>Not recursive: a tree may be built deeper than a stack is high.</summary>
    private static void Write(Node root, StructureWriter structure)
    {
        // A null is the end of the node that was begun last.
        var pending = new Stack<Node?>([root]);
        while (pending.TryPop(out Node? node))
        {
            if (node is null)
            {
                structure.EndNode();
                continue;
            }
            structure.BeginNode(node.Name);
            foreach (Property property in node.Properties)
                structure.Property(property.Name, property.Value.Span);
            structure.EndProperties();
            pending.Push(null);
            for (int i = node.Children.Count - 1; i >= 0; i--)
                pending.Push(node.Children[i]);
        }
    }

    private static void Write(LiveNode root, StructureWriter structure)
    {
        var pending = new Stack<LiveNode?>([root]);
        while (pending.TryPop(out LiveNode? node))
        {
            if (node is null)
            {
                structure.EndNode();
                continue;
            }
            if (node.Deleted)
                continue;
            structure.BeginNode(node.Name);
            foreach (LiveProperty property in node.Properties.Live)
                structure.Property(property.Name, property.Value.Bytes.Span);
            structure.EndProperties();
            pending.Push(null);
            for (int i = node.Children.All.Count - 1; i >= 0; i--)
                pending.Push(node.Children.All[i]);
        }
    }
}
