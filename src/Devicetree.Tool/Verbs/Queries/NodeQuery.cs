using System.IO.Enumeration;
using System.Text;
using Devicetree.Live;

namespace Devicetree.Tool.Verbs.Queries;

/// <summary>
/// What a command line asks of a tree: <c>PATH[:PROPERTY]</c>. A path starts with a slash, or with an alias or a label
/// (<c>&amp;label</c> for a label only). Its components are names, with or without unit address, or patterns: <c>*</c> and
/// <c>?</c> stay within a component,
/// <c>**</c> alone is any number of them.
/// </summary>
internal sealed class NodeQuery
{
    private const string AnyDepth = "**";

    private readonly string? _start;
    private readonly string[] _components;

    private NodeQuery(string text, string? start, string[] components, string? property)
    {
        Text = text;
        _start = start;
        _components = components;
        Property = property;
    }

    /// <summary>The query as it was written.</summary>
    public string Text { get; }

    /// <summary>The property or a pattern of names; null when the whole node is meant.</summary>
    public string? Property { get; }

    /// <summary>True when it can mean several properties whatever the tree is.</summary>
    public bool HasPattern => Property is null || IsPattern(Property) || _components.Any(IsPattern);

    /// <summary>Reads a query. Neither names of nodes nor those of properties have a colon.</summary>
    public static NodeQuery Parse(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string path = colon < 0 ? text : text[..colon];
        string? property = colon < 0 || colon == text.Length - 1 ? null : text[(colon + 1)..];
        string[] components = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return path.StartsWith('/') || components.Length == 0
            ? new(text, null, components, property)
            : new(text, components[0], components[1..], property);
    }

    /// <summary>The nodes that are meant, each once, in the order of the tree.</summary>
    public IEnumerable<LiveNode> Nodes(LiveTree tree)
    {
        IEnumerable<LiveNode> found = StartIn(tree) is LiveNode start ? [start] : [];
        foreach (string component in _components)
        {
            found = component == AnyDepth
                ? WithDescendants(found)
                : found.SelectMany(node => Children(node, component)).ToList();
        }
        return found;
    }

    /// <summary>The properties of a node that are meant.</summary>
    public IEnumerable<LiveProperty> Properties(LiveNode node)
    {
        foreach (LiveProperty property in node.Properties.Live)
        {
            if (Property is null || Matches(Property, property.Name))
                yield return property;
        }
    }

    private LiveNode? StartIn(LiveTree tree)
    {
        if (_start is null)
            return tree.Root is { Deleted: false } root ? root : null;
        if (_start.StartsWith('&'))
            return tree.Find(_start[1..]);
        LiveProperty? alias = tree.Root?.Children.FindLive("aliases")?.Properties.FindLive(_start);
        if (alias is { Value.Length: > 1 } && alias.Value.Bytes.Span is [(byte)'/', .. var rest, 0])
            return tree.Find("/" + Encoding.Latin1.GetString(rest));
        return tree.Find(_start);
    }

    /// <summary>Nodes with all below them, each once: patterns that follow each other cost no more than one.</summary>
    private static List<LiveNode> WithDescendants(IEnumerable<LiveNode> nodes)
    {
        var found = new List<LiveNode>();
        var seen = new HashSet<LiveNode>();
        var pending = new Stack<LiveNode>();
        foreach (LiveNode node in nodes)
        {
            pending.Push(node);
            while (pending.TryPop(out LiveNode? next))
            {
                if (!seen.Add(next))
                    continue;
                found.Add(next);
                foreach (LiveNode child in next.Children.Live.Reverse())
                    pending.Push(child);
            }
        }
        return found;
    }

    /// <summary>
    /// The children of a name or pattern. A name without unit address also means those that have one, unless one is exact.
    /// </summary>
    private static IEnumerable<LiveNode> Children(LiveNode node, string component)
    {
        if (!IsPattern(component) && node.Children.FindLive(component) is LiveNode exact)
        {
            yield return exact;
            yield break;
        }
        bool withAddress = component.Contains('@', StringComparison.Ordinal);
        foreach (LiveNode child in node.Children.Live)
        {
            if (Matches(component, child.Name) || (!withAddress && Matches(component, child.BaseName)))
                yield return child;
        }
    }

    private static bool IsPattern(string text) => text.AsSpan().ContainsAny('*', '?');

    private static bool Matches(string pattern, string name) =>
        IsPattern(pattern) ? FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false) : pattern == name;
}
