namespace Devicetree.Flattened;

/// <summary>Makes a tree of what <see cref="StructureBlock"/> reads.</summary>
internal interface IStructureSink
{
    /// <summary>The node that is open, whose text is its path; null outside of the root.</summary>
    object? Node { get; }

    /// <summary>Whether the open node has a child already.</summary>
    bool HasChildren { get; }

    /// <summary>A node begins: the root, or a child of the open one.</summary>
    /// <returns>False when the open node has a child of that name.</returns>
    bool Begin(string name);

    /// <summary>The open node has a property.</summary>
    /// <returns>False when it has one of that name.</returns>
    bool Add(string name, ReadOnlyMemory<byte> value);

    /// <summary>The open node ends.</summary>
    void End();
}
