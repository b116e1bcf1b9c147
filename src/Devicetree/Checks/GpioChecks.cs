using Devicetree.Live;

namespace Devicetree.Checks;

/// <summary>Properties that refer to GPIOs, recognised by their names.</summary>
internal static class GpioChecks
{
    private const string Singular = "gpio";

    /// <summary>
    /// True for <c>gpio</c>, <c>gpios</c> and what ends in them after a hyphen, but not for a vendor's <c>nr-gpios</c>.
    /// </summary>
    public static bool IsGpio(ReadOnlySpan<char> name)
    {
        ReadOnlySpan<char> stem = name.EndsWith('s') ? name[..^1] : name;
        return stem.EndsWith(Singular) && (stem.Length == Singular.Length || stem[^(Singular.Length + 1)] == '-')
            && !name.EndsWith(",nr-gpios");
    }

    public static void References(CheckContext c)
    {
        foreach (int i in c.Index.Gpios)
        {
            int node = c.Index.Owner(i);
            // A hog's 'gpios' are numbers of its parent.
            if (!c.Index[node].Has(KnownProperty.GpioHog))
                ProviderChecks.Check(c, node, c.Index.Property(i), KnownProperty.GpioCells, optional: false);
        }
    }

    public static void Deprecated(CheckContext c)
    {
        foreach (int i in c.Index.Gpios)
        {
            LiveProperty property = c.Index.Property(i);
            if (property.Name.EndsWith(Singular, StringComparison.Ordinal))
                c.Fail(c.Index.Owner(i), property, ReferenceFaults.SingularGpio);
        }
    }
}
