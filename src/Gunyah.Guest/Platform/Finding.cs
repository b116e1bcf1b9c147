using System.Globalization;
using Devicetree.Text.Diagnostics;

namespace Gunyah.Guest.Platform;

/// <summary>One thing that is missing or odd.</summary>
/// <param name="Rule">Which, of <see cref="PlatformRules"/>.</param>
/// <param name="Path">The node.</param>
/// <param name="Property">The property, also one that is missing; null when it is the node.</param>
/// <param name="Arguments">What fills the places of the rule's texts.</param>
public sealed record Finding(DiagnosticRule Rule, string Path, string? Property, IReadOnlyList<object> Arguments)
{
    /// <summary>The node of another device that this one clashes with; null when there is none.</summary>
    public string? OtherPath { get; init; }

    /// <summary>What exactly is wrong, filled in.</summary>
    public string Message => string.Format(CultureInfo.InvariantCulture, Rule.Message, [.. Arguments]);

    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Rule.Id}: {Message}";
}
