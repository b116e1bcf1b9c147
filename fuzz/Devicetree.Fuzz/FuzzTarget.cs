namespace Devicetree.Fuzz;

/// <summary>Something that takes bytes from strangers.</summary>
/// <param name="Name">The word by which the command line names it.</param>
/// <param name="Cases">How many cases the documented long run has.</param>
/// <param name="IsText">Whether its inputs are text, so that mutations move words and not only bytes.</param>
/// <param name="Seeds">Good inputs, from which the others are made.</param>
/// <param name="Run">
/// Takes one input. The number is a second source of choice (which overlay meets which base). Whatever it throws is a defect, and
/// so is taking more than the bounds of <see cref="FuzzRun"/>.
/// </param>
internal sealed record FuzzTarget(string Name, long Cases, bool IsText, IReadOnlyList<byte[]> Seeds, Action<byte[], int> Run);
