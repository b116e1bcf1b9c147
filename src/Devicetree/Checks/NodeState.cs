using Devicetree.Live;

namespace Devicetree.Checks;

/// <summary>The kind of bus that a node is, once a check has recognised it. A later check may see another kind in it.</summary>
internal enum Bus : byte
{
    None,
    Pci,
    Simple,
    I2c,
    Spi,
    GraphPort,
    GraphPorts,
}

/// <summary>What checks know of a node.</summary>
internal struct NodeState
{
    public LiveNode Node;

    /// <summary>The set of <see cref="KnownProperty"/> that it has, one bit each.</summary>
    public ulong Present;

    /// <summary>The positions of other nodes, -1 for none. The children are the live ones.</summary>
    public int Parent, FirstChild, LastChild, NextSibling;

    /// <summary>Where its properties begin and end in the index.</summary>
    public int FirstProperty, PropertyEnd;

    /// <summary>The length of the name without the unit address.</summary>
    public int BaseLength;

    /// <summary>
    /// <c>#address-cells</c> and <c>#size-cells</c>, -1 where the node does not set them. As in dtc they are 0 until they are
    /// read, which matters when that check is off or has failed.
    /// </summary>
    public int AddressCells, SizeCells;

    public Bus Bus;

    /// <summary>Whether some property starts with <c>spi-</c>.</summary>
    public bool HasSpiProperty;

    /// <summary>Whether it is a fragment of an overlay: a child is called <c>__overlay__</c>.</summary>
    public bool HasOverlayBody;

    public readonly ReadOnlySpan<char> BaseName => Node.Name.AsSpan(0, BaseLength);

    /// <summary>What follows the first <c>@</c>, empty without one.</summary>
    public readonly ReadOnlySpan<char> Unit => BaseLength < Node.Name.Length ? Node.Name.AsSpan(BaseLength + 1) : default;

    /// <summary>The number of address cells of its children, with the default of 2.</summary>
    public readonly int ChildAddressCells => AddressCells == -1 ? 2 : AddressCells;

    /// <summary>The number of size cells of its children, with the default of 1.</summary>
    public readonly int ChildSizeCells => SizeCells == -1 ? 1 : SizeCells;

    public readonly bool Has(KnownProperty property) => (Present & (1UL << (int)property)) != 0;

    public readonly bool HasAny(ulong properties) => (Present & properties) != 0;
}
