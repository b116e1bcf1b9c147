namespace Devicetree.Checks;

/// <summary>Why a check matters, and a source that it does not accept.</summary>
/// <param name="Why">What goes wrong otherwise.</param>
/// <param name="Example">A source that breaks the rule.</param>
internal readonly record struct CheckExplanation(string Why, string Example);

/// <summary>
/// What the rules of checks explain, by the name of the check. These texts stand apart from <see cref="CheckTable"/>, which shows
/// each check on a few lines.
/// </summary>
internal static partial class CheckExplanations
{
    /// <summary>The texts of a check; every row has some.</summary>
    /// <exception cref="KeyNotFoundException">There is no such check.</exception>
    public static CheckExplanation Of(string name) =>
        Forms(name) ?? Addresses(name) ?? Relations(name) ?? Providers(name) ?? throw new KeyNotFoundException(name);
}
