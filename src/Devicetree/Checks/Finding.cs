using Devicetree.Live;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Checks;

/// <summary>Something that a check found: which fault, where, and the values and limits that show it.</summary>
/// <param name="Check">The check.</param>
/// <param name="Levels">How it counts in this run.</param>
/// <param name="Fault">What is wrong, with dtc's words for it and ours.</param>
/// <param name="Node">The node that dtc names as the place.</param>
/// <param name="Property">The property that dtc names as the place; null when it is the node. It may be another node's.</param>
/// <param name="Arguments">What fills the places of the fault's texts.</param>
internal sealed record Finding(
    CheckRow Check, CheckLevels Levels, CheckFault Fault, LiveNode Node, LiveProperty? Property, IReadOnlyList<object> Arguments)
{
    /// <summary>
    /// The place in the source, where it is better known than by node and property; otherwise the default span.
    /// </summary>
    public SourceSpan Span { get; init; }

    /// <summary>Other places that belong to <see cref="Span"/>.</summary>
    public IReadOnlyList<RelatedPlace> Related { get; init; } = [];

    /// <summary>The property that is wrong, where dtc names another one.</summary>
    internal PropertyPlace? Blamed { get; init; }

    /// <summary>True when it is an error, also when it is a warning at the same time.</summary>
    public bool IsError => (Levels & CheckLevels.Error) != 0;
}
