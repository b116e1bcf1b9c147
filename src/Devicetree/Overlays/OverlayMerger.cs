using System.Text;
using Devicetree.Flattened;

namespace Devicetree.Overlays;

/// <summary>The steps that write into the base.</summary>
internal static class OverlayMerger
{
    /// <summary>
    /// The most bytes of symbol paths that one application may write. Each is as long as its target's path, so a small overlay
    /// could ask for very many.
    /// </summary>
    private const int MaxSymbolBytes = 16 * 1024 * 1024;

    /// <summary>
    /// Merges every fragment in order, so that a later one may target what an earlier one made. A property that is new goes
    /// before the others and so does a child: libfdt inserts where the block it edits can be opened without a search.
    /// </summary>
    public static OverlayError? MergeFragments(OverlayTargets targets, Tree overlay)
    {
        foreach ((Node fragment, Node body) in OverlayTargets.FragmentsOf(overlay))
        {
            if (targets.Find(fragment, out Node? target, out _) is OverlayError error)
                return error;
            MergeProperties(body, target!, targets);
            MergeChildren(body, target!, targets);
        }
        return null;
    }

    /// <summary>
    /// Adds the overlay's symbols to the base, as paths in the merged tree. Those outside of fragments mean nothing there.
    /// </summary>
    public static OverlayError? MergeSymbols(OverlayTargets targets, Tree overlay)
    {
        if (overlay.Root.Child(OverlayNames.Symbols) is not Node added)
            return null;
        Node root = targets.Tree.Root;
        Node symbols = root.Child(OverlayNames.Symbols) ?? root.TryAddChild(OverlayNames.Symbols, first: true)!;
        long written = 0;
        foreach (Property symbol in added.Properties)
        {
            if (PathInResult(targets, overlay, symbol, out string? path) is OverlayError error)
                return error;
            if (path is null)
                continue;
            written += path.Length;
            if (written > MaxSymbolBytes)
                return BadSymbol(symbol, FdtErrorKind.NoSpace, $"up to here the symbols take more than {MaxSymbolBytes} bytes");
            symbols.SetOrAddFirst(symbol.Name, Encoding.Latin1.GetBytes(path + "\0"));
        }
        return null;
    }

    private static void MergeChildren(Node body, Node target, OverlayTargets targets)
    {
        var pending = new Stack<(Node Child, Node Parent)>();
        PushChildren(body, target);
        while (pending.TryPop(out var next))
        {
            // Looked up only now, when its turn has come: an earlier sibling may be what it merges into.
            Node into = next.Parent.FindChildLoosely(next.Child.Name) ?? next.Parent.TryAddChild(next.Child.Name, first: true)!;
            MergeProperties(next.Child, into, targets);
            PushChildren(next.Child, into);
        }

        void PushChildren(Node from, Node into)
        {
            for (int i = from.Children.Count - 1; i >= 0; i--)
                pending.Push((from.Children[i], into));
        }
    }

    private static void MergeProperties(Node from, Node into, OverlayTargets targets)
    {
        foreach (Property property in from.Properties)
            into.SetOrAddFirst(property.Name, property.Value);
        targets.NotePhandle(into);
    }

    /// <summary>Finds where the node of an overlay's symbol is after the merge: null when it is in no fragment's body.</summary>
    private static OverlayError? PathInResult(OverlayTargets targets, Tree overlay, Property symbol, out string? path)
    {
        path = null;
        ReadOnlySpan<byte> bytes = symbol.Value.Span;
        if (bytes.IsEmpty || bytes.IndexOf((byte)0) != bytes.Length - 1 || bytes[0] != (byte)'/')
            return BadSymbol(symbol, FdtErrorKind.BadValue, "the symbol is not one absolute path");
        string own = Encoding.Latin1.GetString(bytes[..^1]);

        int slash = own.IndexOf('/', 1);
        if (slash < 0)
            return null;
        const string Body = "/" + OverlayNames.Body;
        string rest = own[slash..];
        if (rest != Body && !rest.StartsWith(Body + "/", StringComparison.Ordinal))
            return null;
        string relative = rest.Length > Body.Length ? rest[(Body.Length + 1)..] : "";

        string name = own[1..slash];
        if (overlay.Root.FindChildLoosely(name) is not Node fragment || fragment.Child(OverlayNames.Body) is null)
            return BadSymbol(symbol, FdtErrorKind.BadOverlay, $"there is no fragment '{name}'");
        if (targets.Find(fragment, out Node? target, out string? targetPath) is OverlayError error)
            return error;
        // A target-path is used as it is written; libfdt takes anything of one character for the root.
        string start = targetPath ?? target!.Path;
        path = (start.Length > 1 ? start : "") + "/" + relative;
        return null;
    }

    private static OverlayError BadSymbol(Property symbol, FdtErrorKind kind, string message) =>
        new(kind, null, $"/{OverlayNames.Symbols}:{symbol.Name}", message);
}
