using System.Text;
using Devicetree.Flattened;

namespace Devicetree.Overlays;

/// <summary>
/// Paths as libfdt follows them (devicetree.md 3.1): a component may leave out the unit address, slashes may repeat or trail, and
/// a path that does not start with one begins with an alias.
/// </summary>
internal static class BlobPaths
{
    private const string Aliases = "/aliases";

    /// <summary>
    /// Longer aliases are not followed: a hostile tree could make one of a million slashes and use it a million times.
    /// </summary>
    private const int MaxAliasLength = 4096;

    /// <summary>The node at a path; null and a reason when there is none.</summary>
    public static Node? Follow(Tree tree, string path, out FdtErrorKind reason)
    {
        reason = FdtErrorKind.BadPath;
        if (path.Length == 0)
            return null;
        Node? node = tree.Root;
        ReadOnlySpan<char> rest = path;
        if (rest[0] != '/')
        {
            int end = rest.IndexOf('/');
            string alias = (end < 0 ? rest : rest[..end]).ToString();
            // An alias of an alias is not followed: its value must be absolute, so this ends after one step.
            if (tree.Find(Aliases)?.Property(alias) is not Property property
                || FirstString(property) is not { Length: > 0 and <= MaxAliasLength } target || target[0] != '/')
            {
                return null;
            }
            node = Walk(node, target);
            rest = rest[alias.Length..];
        }
        node = node is null ? null : Walk(node, rest);
        reason = FdtErrorKind.NotFound;
        return node;
    }

    /// <summary>The first NUL-terminated string of a value, as C would read it; null when there is no NUL.</summary>
    public static string? FirstString(Property property)
    {
        ReadOnlySpan<byte> bytes = property.Value.Span;
        int end = bytes.IndexOf((byte)0);
        return end < 0 ? null : Encoding.Latin1.GetString(bytes[..end]);
    }

    private static Node? Walk(Node? node, ReadOnlySpan<char> path)
    {
        foreach (Range range in path.Split('/'))
        {
            ReadOnlySpan<char> component = path[range];
            if (!component.IsEmpty)
                node = node?.FindChildLoosely(component);
        }
        return node;
    }
}
