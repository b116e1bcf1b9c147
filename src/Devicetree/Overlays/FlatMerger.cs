using Devicetree.Flattened;

namespace Devicetree.Overlays;

/// <summary>Writes the fragments of a flat overlay into the base, in order (devicetree.md 3.1, step 7, and 3.2).</summary>
/// <param name="base">The base.</param>
/// <param name="trace">Is told of every change; null when no one wants to know.</param>
internal sealed class FlatMerger(FdtEditor @base, IOverlayTrace? trace)
{
    /// <summary>
    /// The nodes of the base that the current node of the overlay and its ancestors go into, by depth. Everything is inserted
    /// behind the beginnings of these, so their offsets stay right.
    /// </summary>
    private readonly List<int> _targets = [];

    /// <summary>True when the last error is that the buffer was too small.</summary>
    public bool NeedsRoom { get; private set; }

    /// <summary>Merges every fragment; a later one may target what an earlier one made.</summary>
    public OverlayError? MergeFragments(FlatOverlay overlay)
    {
        FdtView view = overlay.View;
        int depth = 0;
        int fragment = view.NextNode(0, ref depth);
        for (; fragment >= 0 && depth > 0; fragment = view.NextNode(fragment, ref depth))
        {
            if (depth > 1)
                continue;
            int body = FlatTargets.FindBody(overlay, fragment);
            if (body == -(int)FdtErrorKind.NotFound)
                continue;
            if (body < 0)
                return overlay.Error((FdtErrorKind)(-body), fragment, "the fragment's body cannot be read");
            if (FlatTargets.Find(@base.View, overlay, fragment, out FlatTarget target) is OverlayError noTarget)
                return noTarget;
            TraceFragment(view, fragment, target);
            if (MergeNode(overlay, body, target.Node) is OverlayError error)
                return error;
        }
        return null;
    }

    private OverlayError? MergeNode(FlatOverlay overlay, int body, int target)
    {
        FdtView view = overlay.View;
        int node = body;
        int depth = 0;
        _targets.Clear();
        _targets.Add(target);
        while (true)
        {
            if (MergeProperties(overlay, node, _targets[depth]) is OverlayError error)
                return error;
            node = view.NextNode(node, ref depth);
            if (node < 0 || depth < 1)
                return null;
            if (!view.TryGetName(node, out ReadOnlySpan<byte> name, out FdtErrorKind badName))
                return overlay.Error(badName, node, "the node has no name");
            int parent = _targets[depth - 1];
            int into = @base.AddNode(parent, name);
            if (into >= 0)
                trace?.NodeAdded(@base.View.PathOf(into));
            else if (into == -(int)FdtErrorKind.Exists)
                into = @base.View.FindChild(parent, name);
            if (into < 0)
                return Failed(into, overlay, node, "the node cannot be added");
            _targets.RemoveRange(depth, _targets.Count - depth);
            _targets.Add(into);
        }
    }

    private OverlayError? MergeProperties(FlatOverlay overlay, int node, int into)
    {
        FdtView view = overlay.View;
        FdtPropertyList properties = view.PropertiesOf(node);
        for (int property = properties.Next(); property >= 0; property = properties.Next())
        {
            int result = view.ReadProperty(property, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value);
            if (result < 0)
                return overlay.Error((FdtErrorKind)(-result), node, name, "a property cannot be read");
            TraceProperty(into, name, value);
            result = @base.SetProperty(into, name, value);
            if (result < 0)
                return Failed(result, overlay, node, $"the property '{FlatOverlay.Text(name)}' cannot be set");
        }
        return null;
    }

    private OverlayError Failed(int result, FlatOverlay overlay, int node, string message)
    {
        var kind = (FdtErrorKind)(-result);
        NeedsRoom = kind == FdtErrorKind.NoSpace;
        return overlay.Error(kind, node, message);
    }

    private void TraceFragment(FdtView view, int fragment, FlatTarget target)
    {
        trace?.FragmentBegins(
            FlatOverlay.Text(view.NodeNameUnchecked(fragment)),
            @base.View.PathOf(target.Node),
            target.Phandle == 0 ? FlatOverlay.Text(target.Path) : null);
    }

    private void TraceProperty(int into, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (trace is null)
            return;
        FdtView view = @base.View;
        bool existed = view.TryGetValue(into, name, out ReadOnlySpan<byte> before, out _);
        trace.PropertySet(view.PathOf(into), FlatOverlay.Text(name), existed, before, value);
    }
}
