using Devicetree.Live;

namespace Devicetree.Tool.Verbs.Overlay;

/// <summary>A base or an overlay.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Tree">What it holds.</param>
/// <param name="Source">What it was compiled from; null for a blob.</param>
internal sealed record OverlayTree(string File, Tree Tree, LiveTree? Source);
