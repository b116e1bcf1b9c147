using Devicetree.Live;

namespace Devicetree.Comparison;

/// <summary>What differs.</summary>
public enum DifferenceKind
{
    /// <summary>A node of the old tree is not in the new one, with all below it that is not elsewhere.</summary>
    NodeRemoved,

    /// <summary>A node of the new tree is not in the old one, with all below it that was not elsewhere.</summary>
    NodeAdded,

    /// <summary>
    /// A node has another name or another parent; its label, or the only node of its base name, tells that it is the same.
    /// </summary>
    NodeMoved,

    /// <summary>A property is gone.</summary>
    PropertyRemoved,

    /// <summary>A property is new.</summary>
    PropertyAdded,

    /// <summary>A property has another value.</summary>
    PropertyChanged,

    /// <summary>The properties that both nodes have come in another order.</summary>
    PropertiesReordered,

    /// <summary>The children that both nodes have come in another order.</summary>
    ChildrenReordered,

    /// <summary>A memory reservation is gone.</summary>
    ReservationRemoved,

    /// <summary>A memory reservation is new.</summary>
    ReservationAdded,

    /// <summary>The memory reservations come in another order.</summary>
    ReservationsReordered,

    /// <summary>Another CPU boots.</summary>
    BootCpuChanged,
}

/// <summary>One difference between two trees.</summary>
/// <param name="Kind">What differs.</param>
/// <param name="Old">The node in the old tree; for one that is new its parent. Null when no node is concerned.</param>
/// <param name="New">The node in the new tree; for one that is gone its parent. Null when no node is concerned.</param>
/// <param name="OldProperty">The property in the old tree; null when it is new, or no property is concerned.</param>
/// <param name="NewProperty">The property in the new tree; null when it is gone, or no property is concerned.</param>
/// <param name="OldText">
/// What is in the old tree: the source text of a value, with references instead of phandles where they are known; a reservation
/// or the boot CPU. Null where there is nothing of this kind.
/// </param>
/// <param name="NewText">The same of the new tree.</param>
public sealed record TreeDifference(
    DifferenceKind Kind,
    LiveNode? Old = null,
    LiveNode? New = null,
    LiveProperty? OldProperty = null,
    LiveProperty? NewProperty = null,
    string? OldText = null,
    string? NewText = null);
