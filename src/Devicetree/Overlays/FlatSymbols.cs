using Devicetree.Flattened;

namespace Devicetree.Overlays;

/// <summary>Adds the symbols of a flat overlay to the base, as paths in the result (devicetree.md 3.1, step 8).</summary>
/// <param name="base">The base, with the fragments merged.</param>
/// <param name="trace">Is told of every symbol; null when no one wants to know.</param>
internal sealed class FlatSymbols(FdtEditor @base, IOverlayTrace? trace)
{
    /// <summary>The path of the target by the fragment's offset; overlays have many symbols and few fragments.</summary>
    private readonly Dictionary<int, byte[]> _starts = [];

    /// <summary>True when the last error is that the buffer was too small.</summary>
    public bool NeedsRoom { get; private set; }

    /// <summary>Adds every symbol in order; an existing one is replaced.</summary>
    public OverlayError? Add(FlatOverlay overlay)
    {
        FdtView view = overlay.View;
        int added = view.FindChild(0, "__symbols__"u8);
        if (added < 0)
            return null;
        int symbols = @base.View.FindChild(0, "__symbols__"u8);
        if (symbols == -(int)FdtErrorKind.NotFound)
            symbols = @base.AddNode(0, "__symbols__"u8);
        if (symbols < 0)
            return Failed(symbols, "", "the base's symbols cannot be found or added");
        FdtPropertyList properties = view.PropertiesOf(added);
        for (int symbol = properties.Next(); symbol >= 0; symbol = properties.Next())
        {
            int result = view.ReadProperty(symbol, out ReadOnlySpan<byte> label, out ReadOnlySpan<byte> path);
            if (result < 0)
                return Failed(result, "", "a symbol cannot be read");
            if (AddSymbol(overlay, symbols, label, path) is OverlayError error)
                return error;
        }
        return null;
    }

    private OverlayError? AddSymbol(FlatOverlay overlay, int symbols, ReadOnlySpan<byte> label, ReadOnlySpan<byte> path)
    {
        if (path.IsEmpty || path.IndexOf((byte)0) != path.Length - 1 || path[0] != (byte)'/')
            return Bad(FdtErrorKind.BadValue, label, "the symbol is not one absolute path");
        if (!SymbolPath.TrySplit(path[..^1], out ReadOnlySpan<byte> fragmentName, out ReadOnlySpan<byte> rest))
            return null;
        int fragment = overlay.View.FindChild(0, fragmentName);
        if (fragment < 0 || FlatTargets.FindBody(overlay, fragment) < 0)
            return Bad(FdtErrorKind.BadOverlay, label, $"there is no fragment '{FlatOverlay.Text(fragmentName)}'");
        if (!_starts.TryGetValue(fragment, out byte[]? start))
        {
            if (FindStart(overlay, fragment, label, out start) is OverlayError error)
                return error;
            _starts.Add(fragment, start);
        }
        TraceSymbol(symbols, label, start, rest);
        int at = @base.PlaceProperty(symbols, label, start.Length + 1 + rest.Length + 1);
        if (at < 0)
            return Failed(at, FlatOverlay.Text(label), "the symbol cannot be set");
        Span<byte> value = @base.Writable(at, start.Length + 1 + rest.Length + 1);
        start.CopyTo(value);
        value[start.Length] = (byte)'/';
        rest.CopyTo(value[(start.Length + 1)..]);
        value[^1] = 0;
        return null;
    }

    /// <summary>
    /// What stands before the slash and the rest of a symbol in a fragment: the target's path, and nothing for the root.
    /// </summary>
    private OverlayError? FindStart(FlatOverlay overlay, int fragment, ReadOnlySpan<byte> label, out byte[] start)
    {
        start = [];
        if (FlatTargets.Find(@base.View, overlay, fragment, out FlatTarget target) is OverlayError error)
            return error;
        if (target.Phandle == 0)
        {
            // A target-path is used as it is written; libfdt takes anything of one character for the root.
            start = target.Path.Length > 1 ? target.Path.ToArray() : [];
            return null;
        }
        var ancestors = new List<int>();
        FdtView view = @base.View;
        int result = view.CollectAncestors(target.Node, ancestors);
        if (result < 0)
            return Bad((FdtErrorKind)(-result), label, "its target has no path");
        var path = new List<byte>();
        for (int i = 1; i < ancestors.Count; i++)
        {
            ReadOnlySpan<byte> name = view.NodeNameUnchecked(ancestors[i]);
            // libfdt takes a node without a name for the root, and then has too little room for the path of a node below it.
            if (name.IsEmpty && i == ancestors.Count - 1)
                return null;
            if (name.IsEmpty)
                return Bad(FdtErrorKind.NoSpace, label, "a node above its target has no name");
            path.Add((byte)'/');
            path.AddRange(name);
        }
        // Up from the target libfdt looks for the node without a name, which the root should be.
        if (!view.NodeNameUnchecked(ancestors[0]).IsEmpty)
            return Bad(FdtErrorKind.NotFound, label, "the root of the base has a name");
        start = [.. path];
        return null;
    }

    private void TraceSymbol(int symbols, ReadOnlySpan<byte> label, ReadOnlySpan<byte> start, ReadOnlySpan<byte> rest)
    {
        if (trace is null)
            return;
        string? before = @base.View.TryGetValue(symbols, label, out ReadOnlySpan<byte> old, out _)
            ? FlatOverlay.Text(old.TrimEnd((byte)0)) : null;
        trace.SymbolSet(FlatOverlay.Text(label), FlatOverlay.Text(start) + "/" + FlatOverlay.Text(rest), before);
    }

    private OverlayError Failed(int result, string label, string message)
    {
        var kind = (FdtErrorKind)(-result);
        NeedsRoom = kind == FdtErrorKind.NoSpace;
        return new(kind, null, $"/{OverlayNames.Symbols}{(label.Length == 0 ? "" : ":")}{label}", message);
    }

    private static OverlayError Bad(FdtErrorKind kind, ReadOnlySpan<byte> label, string message) =>
        new(kind, null, $"/{OverlayNames.Symbols}:{FlatOverlay.Text(label)}", message);
}
