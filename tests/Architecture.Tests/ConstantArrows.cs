using System.Reflection;
using System.Text.RegularExpressions;

namespace Architecture.Tests;

/// <summary>
/// Which namespaces name constants of which others, members of enumerations among them. The compiler leaves their values and
/// nothing else, so these arrows are read from the sources.
/// </summary>
internal static partial class ConstantArrows
{
    /// <summary>The arrows, each as the namespace that names and the one that is named.</summary>
    /// <param name="assembly">Says which types have constants.</param>
    /// <param name="sources">The texts that it was made of.</param>
    public static IEnumerable<(string From, string To)> Of(Assembly assembly, IEnumerable<string> sources)
    {
        ILookup<string, Type> types = assembly.GetTypes()
            .Where(static type => type is { IsNestedPrivate: false, Namespace: not null } && ConstantsOf(type).Any())
            .ToLookup(static type => type.Name);
        var arrows = new HashSet<(string, string)>();
        foreach (string source in sources)
        {
            string from = Namespace().Match(source).Groups[1].Value;
            HashSet<string> seen = [.. Usings().Matches(source).Select(static match => match.Groups[1].Value)];
            foreach (Match match in Names().Matches(Comment()
                .Replace(source, static match => match.Value[0] == '"' ? match.Value : "")))
            {
                string[] names = match.Value.Split('.');
                for (int i = 0; i + 1 < names.Length; i++)
                {
                    if (i == 0 && assembly.GetType($"{from}.{names[i]}") is not null)
                        continue; // the file's own namespace comes before those around it and those that it uses
                    arrows.UnionWith(types[names[i]]
                        .Where(type => type.Namespace != from
                        && (i > 0 || seen.Contains(type.Namespace!) || IsWithin(from, type.Namespace!)))
                        .Where(type => ConstantsOf(type).Contains(names[i + 1]))
                        .Select(type => (from, type.Namespace!)));
                }
            }
        }
        return arrows;
    }

    private static bool IsWithin(string inner, string outer) => inner.StartsWith(outer + ".", StringComparison.Ordinal);

    private static IEnumerable<string> ConstantsOf(Type type) => type
        .GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(static field => field.IsLiteral)
        .Select(static field => field.Name);

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^using ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Usings();

    /// <summary>A string, to be left, or a comment.</summary>
    [GeneratedRegex(@"""(?:[^""\\\n]|\\.)*""|//[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?<![\w.])[A-Z]\w*(?:\.[A-Z]\w*)+")]
    private static partial Regex Names();
}
