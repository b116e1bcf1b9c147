using Devicetree.Text.Sources;

namespace Devicetree.Source.Preprocessing;

/// <summary>What the preprocessor makes of a source.</summary>
/// <param name="Text">
/// The text with everything included and expanded. Its places are those of the files that it came from
/// (<see cref="SourceText.LocationOf"/>, <see cref="SourceText.Resolve"/>).
/// </param>
/// <param name="Files">The files that were read, the source itself not among them, each once, in the order in which they were
/// opened.</param>
internal sealed record PreprocessedSource(SourceText Text, IReadOnlyList<string> Files);
