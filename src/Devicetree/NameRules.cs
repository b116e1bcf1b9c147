using System.Buffers;

namespace Devicetree;

/// <summary>
/// Which names a node or a property may carry: the characters of the Devicetree Specification 0.4, sections 2.2.1 and 2.2.4.1,
/// as dtc enforces them (checks node_name_chars, node_name_format and property_name_chars).
/// </summary>
internal static class NameRules
{
    private const string Common = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789,._+-";
    private const string Recommended = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789,-";

    /// <summary>What may stand in the name of a node.</summary>
    public static readonly SearchValues<char> NodeCharacters = SearchValues.Create(Common + "@");

    /// <summary>What may stand in the name of a property.</summary>
    public static readonly SearchValues<char> PropertyCharacters = SearchValues.Create(Common + "*#?");

    /// <summary>What new bindings use in names of nodes and properties.</summary>
    public static readonly SearchValues<char> RecommendedCharacters = SearchValues.Create(Recommended);

    /// <summary>The node that lists where an overlay needs what is not in it.</summary>
    public const string FixupsNode = "__fixups__";

    private const string FixupsPath = "/" + FixupsNode;

    private static readonly SearchValues<char> _pathCharacters = SearchValues.Create(Common + "@*#?/");

    /// <summary>What may stand in the name of an alias.</summary>
    public static readonly SearchValues<char> AliasCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>True for the name of any node but the root: legal characters and at most one <c>@</c>.</summary>
    public static bool IsNodeName(ReadOnlySpan<char> name) =>
        !name.IsEmpty && !name.ContainsAnyExcept(NodeCharacters) && name.Count('@') <= 1;

    /// <summary>True when every character may stand in a node name; says nothing about the number of <c>@</c>.</summary>
    public static bool HasOnlyNodeCharacters(ReadOnlySpan<char> name) => !name.ContainsAnyExcept(NodeCharacters);

    /// <summary>True for what the language takes as a label: a letter or underscore, then also digits.</summary>
    public static bool IsLabel(ReadOnlySpan<char> name)
    {
        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
                return false;
        }
        return !name.IsEmpty && !char.IsAsciiDigit(name[0]);
    }

    public static bool IsPropertyName(ReadOnlySpan<char> name) => !name.IsEmpty && !name.ContainsAnyExcept(PropertyCharacters);

    /// <summary>
    /// True for the name that compilers give the fixups of a reference to a path, <c>&amp;{/path}</c>: that path, which is no
    /// legal name in any other node.
    /// </summary>
    public static bool IsFixup(string? nodePath, ReadOnlySpan<char> name) =>
        !name.IsEmpty && name[0] == '/' && nodePath == FixupsPath && !name.ContainsAnyExcept(_pathCharacters);

    /// <summary>The part of a node name before the unit address.</summary>
    public static ReadOnlySpan<char> BaseOf(ReadOnlySpan<char> nodeName)
    {
        int at = nodeName.IndexOf('@');
        return at < 0 ? nodeName : nodeName[..at];
    }
}
