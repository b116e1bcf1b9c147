using Devicetree.Text.Sources;

namespace Devicetree.Schema.Documents;

/// <summary>The rules for bindings that are part of this library.</summary>
internal static class BuiltInRules
{
    private const string Prefix = "rules/";

    /// <summary>Their texts.</summary>
    public static IEnumerable<SourceText> All => typeof(BuiltInRules).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(Read);

    private static SourceText Read(string name)
    {
        using Stream stream = typeof(BuiltInRules).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new SourceText(name, bytes);
    }
}
