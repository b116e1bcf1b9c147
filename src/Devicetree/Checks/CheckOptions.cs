namespace Devicetree.Checks;

/// <summary>How the checks of a tree run, and the fix-ups among them.</summary>
/// <param name="Recover">Whether more checks run after one that fails as an error; dtc stops there.</param>
/// <param name="GenerateSymbols">Whether nodes with labels are going to be referred to by their symbols, so that none of them is
/// unused.</param>
/// <param name="Force">Whether output is wanted whatever is found.</param>
/// <param name="Strict">Whether what another finding says already is not said again in the words that dtc has for it.</param>
internal readonly record struct CheckOptions(bool Recover, bool GenerateSymbols, bool Force, bool Strict);
