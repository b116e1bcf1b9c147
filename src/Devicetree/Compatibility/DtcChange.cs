namespace Devicetree.Compatibility;

/// <summary>Something that a version of dtc does otherwise than those before it (devicetree.md 1.18).</summary>
/// <param name="Id">A few words with hyphens.</param>
/// <param name="Since">The first version that does it.</param>
/// <param name="Summary">What it does, and what it did before.</param>
internal sealed record DtcChange(string Id, DtcVersion Since, string Summary);
