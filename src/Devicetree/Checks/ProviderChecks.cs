using Devicetree.Compatibility;
using Devicetree.Live;

namespace Devicetree.Checks;

/// <summary>Lists of phandles with arguments, whose number the node referred to says.</summary>
internal static class ProviderChecks
{
    /// <summary>The check of one property.</summary>
    /// <param name="kind">The property.</param>
    /// <param name="cells">What says the number of arguments.</param>
    /// <param name="optional">Whether a node without it takes none; otherwise it is no provider.</param>
    public static Action<CheckContext> References(KnownProperty kind, KnownProperty cells, bool optional = false) => c =>
    {
        for (int i = c.Index.First(kind); i >= 0; i = c.Index.Next(i))
            Check(c, c.Index.Owner(i), c.Index.Property(i), cells, optional);
    };

    public static void Check(CheckContext c, int node, LiveProperty property, KnownProperty cells, bool optional)
    {
        int length = property.Value.Length;
        if (length % Values.CellBytes != 0)
        {
            c.Fail(node, property, FormFaults.WholeCells, length, Values.CellBytes);
            return;
        }
        int count = length / Values.CellBytes;
        ArraySegment<Marker> markers = property.Value.Markers;
        int marker = 0;
        bool isUnsigned = c.Has(DtcChanges.ArgumentOverflow);
        for (long cell = 0; cell < count;)
        {
            uint phandle = Values.Cell(property.Value, (int)cell);
            if (!PhandleTable.IsValid(phandle))
            {
                // In an overlay it may be a reference to the base, and what follows are that node's arguments.
                if (c.Tree.IsPlugin)
                    return;
                cell++;
                continue;
            }
            if (markers.Count > 0 && !IsReference(markers, ref marker, (int)cell * Values.CellBytes))
                c.Fail(node, property, ReferenceFaults.NoReference, cell);
            if (c.Phandles.Find(phandle) is not LiveNode provider)
            {
                c.Fail(node, property, ReferenceFaults.NoNode, cell, phandle);
                return;
            }
            uint arguments = 0;
            if (c.Index.Find(provider.Ordinal, cells) is LiveProperty said)
            {
                if (c.CellOf(provider.Ordinal, said) is not uint number)
                    return;
                arguments = number;
            }
            else if (!optional)
            {
                c.FailElsewhere(node, null, (node, property), ReferenceFaults.NoProvider,
                    KnownProperties.NameOf(cells), provider, property.Name, cell);
                return;
            }
            long next = cell + arguments + 1;
            if (isUnsigned)
                next = NextUnsigned((uint)cell, arguments, length);
            if (next > count || next <= cell)
            {
                // The list ends within the arguments, or a number that C does not hold would lead in a circle.
                c.Fail(node, property, isUnsigned ? ReferenceFaults.ArgumentsMissing : ReferenceFaults.ArgumentsMissingSigned,
                    length, arguments, cell, count - cell - 1, KnownProperties.NameOf(cells), provider, (int)arguments);
                return;
            }
            cell = next;
        }
    }

    /// <summary>
    /// The cell after the arguments as C counts it without signs: a count that makes the sum wrap around may pass, and ends the
    /// list; 0 for what is a finding, as is here what makes the original run in a circle.
    /// </summary>
    private static long NextUnsigned(uint cell, uint arguments, int length)
    {
        uint next = unchecked(cell + arguments + 1);
        uint expected = unchecked(next * Values.CellBytes);
        if (expected <= cell || length < expected || next <= cell)
            return 0;
        return Math.Min(next, (uint)length / Values.CellBytes);
    }

    /// <summary>
    /// Whether a phandle reference stands at an offset. Offsets rise from call to call, so markers are passed over once.
    /// </summary>
    private static bool IsReference(IReadOnlyList<Marker> markers, ref int marker, int offset)
    {
        while (marker < markers.Count && markers[marker].Offset < offset)
            marker++;
        for (int i = marker; i < markers.Count && markers[i].Offset == offset; i++)
        {
            if (markers[i].Kind == MarkerKind.PhandleReference)
                return true;
        }
        return false;
    }
}
