using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Devicetree.Flattened;

namespace Devicetree.Overlays;

/// <summary>
/// One overlay on its way into a tree. First all nodes find their places and their phandles, so that every reference is known
/// when the values are written.
/// </summary>
/// <param name="result">A tree of its own, which is changed.</param>
/// <param name="overlay">The overlay.</param>
/// <param name="trace">Is told of everything; null when no one wants to know.</param>
internal sealed class OverlayApplication(Tree result, Tree overlay, IOverlayTrace? trace)
{
    /// <summary>
    /// The most bytes of symbol paths that one application may write. Each is as long as its target's path, so a small overlay
    /// could ask for very many.
    /// </summary>
    private const int MaxSymbolBytes = 16 * 1024 * 1024;

    private readonly OverlayMap _map = new(result);
    private readonly List<Assignment> _assignments = [];

    /// <summary>What is told when all is known, in order.</summary>
    private readonly List<Action> _told = [];

    private readonly List<OverlayNote> _notes = [];

    private FixupTables _wanted = null!;

    /// <summary>The tables of the result; null when it has none and needs none.</summary>
    private FixupTables? _kept;

    private bool _isOntoOverlay;

    public Tree Result => result;

    /// <summary>What is worth knowing of what was done.</summary>
    public IReadOnlyList<OverlayNote> Notes => _notes;

    /// <summary>Applies the overlay. After an error the tree is of no use.</summary>
    public OverlayError? Run()
    {
        OverlayError? error = FixupTables.Read(overlay, out _wanted);
        if (error is not null)
            return error;
        _isOntoOverlay = OverlayApplier.IsOverlay(result);
        if (_isOntoOverlay || result.Root.Child(OverlayNames.Fixups) is not null
            || result.Root.Child(OverlayNames.LocalFixups) is not null)
        {
            error = FixupTables.Read(result, out FixupTables kept);
            if (error is not null)
                return error with { IsAboutBase = true };
            _kept = kept;
        }
        error = _map.NumberNodesOf(overlay) ?? PlaceFragments() ?? ResolveValues() ?? AddSymbols() ?? _kept?.Write(result);
        if (error is null)
            _told.ForEach(tell => tell());
        return error;
    }

    private OverlayError? PlaceFragments()
    {
        var fragments = new FragmentOrder(result);
        foreach ((Node fragment, Node body) in OverlayTargets.FragmentsOf(overlay))
        {
            if (FindTarget(fragment, out Node? found, out string? path) is OverlayError error)
                return error;
            Node target = !_isOntoOverlay || fragments.TryJoin(found, body) ? found!
                : Carry(fragment, found, fragments.Add(body));
            if (trace is not null)
                _told.Add(() => trace.FragmentBegins(fragment.Name, target.Path, path));
            Place(body, target);
        }
        return null;
    }

    /// <summary>
    /// The references in a value. One to the overlay's own root, which compilers make of <c>&amp;{/}</c>, means that of the base.
    /// </summary>
    private IEnumerable<CellReference> WantedBy(Node node, Property property)
    {
        foreach (CellReference reference in _wanted.Of(node, property.Name))
        {
            uint phandle = BinaryPrimitives.ReadUInt32BigEndian(property.Value.Span[reference.Offset..]);
            yield return reference.Label is null && _map.OfOverlay(phandle) == overlay.Root
                ? reference with { Label = overlay.Root.Path } : reference;
        }
    }

    /// <summary>
    /// Finds the node of the result that a fragment applies to. Without an error it is null where that is in the tree that is not
    /// known yet, so that the fragment is carried along.
    /// </summary>
    private OverlayError? FindTarget(Node fragment, out Node? target, out string? path)
    {
        target = null;
        path = null;
        if (fragment.Property(OverlayNames.Target) is Property byPhandle)
        {
            if (byPhandle.Value.Length != sizeof(uint))
                return BadTarget($"the target has {byPhandle.Value.Length} bytes instead of 4");
            if (WantedBy(fragment, byPhandle).FirstOrDefault(new CellReference(-1, null)) is { Offset: 0 } reference)
                return FindTarget(fragment, byPhandle, reference, out target);
            uint phandle = byPhandle.Cell(0);
            if (phandle == OverlayNames.Unresolved)
                return BadTarget("the target is still 0xffffffff: no fixup says which label it is");
            if (phandle != 0)
            {
                target = _isOntoOverlay ? null : _map.FindByPhandle(phandle);
                return target is not null || _isOntoOverlay ? null
                    : Refuse(FdtErrorKind.NotFound, OverlayNames.Target, $"no node of the base has the phandle 0x{phandle:x}");
            }
        }
        if (fragment.Property(OverlayNames.TargetPath) is not Property byPath)
            return new(FdtErrorKind.BadOverlay, fragment.Name, null, "the fragment has neither a target nor a target-path");
        path = BlobPaths.FirstString(byPath);
        if (path is null)
            return Refuse(FdtErrorKind.BadPath, OverlayNames.TargetPath, "the path is not terminated");
        target = BlobPaths.Follow(result, path, out FdtErrorKind reason);
        // A path means the tree that is not known yet, unless it names a node in a fragment of this one.
        if (_isOntoOverlay)
            target = target is not null && OverlayMap.IsInFragment(target) ? target : null;
        return target is not null || _isOntoOverlay ? null
            : Refuse(reason, OverlayNames.TargetPath, $"there is no node '{path}' in the base");

        OverlayError BadTarget(string message) => Refuse(FdtErrorKind.BadPhandle, OverlayNames.Target, message);

        OverlayError Refuse(FdtErrorKind kind, string property, string message) =>
            new(kind, fragment.Name, $"{fragment}:{property}", message);
    }

    private OverlayError? FindTarget(Node fragment, Property property, CellReference reference, out Node? target)
    {
        target = null;
        if (reference.Label is string label)
        {
            return FindLabel(label, Place(fragment, property.Name, 0), out target);
        }
        uint phandle = property.Cell(0);
        Node? own = _map.OfOverlay(phandle);
        target = own is null ? null : _map.PlaceOf(own);
        return target is not null ? null
            : Dangling(fragment, property.Name, 0, own, phandle, "or in a later one than this");
    }

    /// <summary>
    /// Makes a fragment of the result for one of the overlay: for a node of the tree that is not known yet, or for one of the
    /// result whose own fragment cannot take it.
    /// </summary>
    private Node Carry(Node fragment, Node? target, Node carried)
    {
        if (target is not null)
        {
            carried.SetCells(OverlayNames.Target, _map.PhandleOf(target));
            _kept!.Set(carried, OverlayNames.Target, [new(0, null)]);
            return carried.AddChild(OverlayNames.Body);
        }
        foreach (Property property in fragment.Properties)
        {
            carried.Set(property.Name, property.Value);
            _kept!.Set(carried, property.Name, [.. WantedBy(fragment, property)]);
        }
        string? label = _wanted.Of(fragment, OverlayNames.Target).FirstOrDefault().Label;
        _notes.Add(label is null ? new(OverlayNoteKind.Carried, fragment.Path, carried.Path)
            : new(OverlayNoteKind.Carried, Place(fragment, OverlayNames.Target, 0), label));
        return carried.AddChild(OverlayNames.Body);
    }

    /// <summary>Finds the places of a body and of all that is below it, and notes what properties they get.</summary>
    private void Place(Node body, Node target)
    {
        var pending = new Stack<(Node From, Node Parent)>();
        Meet(body, target);
        while (pending.TryPop(out (Node From, Node Parent) next))
        {
            Node? into = next.Parent.Child(next.From.Name) ?? _map.OfBase(next.Parent.FindChildLoosely(next.From.Name));
            if (into is null)
            {
                Node added = into = _map.Add(next.Parent, next.From.Name);
                if (trace is not null)
                    _told.Add(() => trace.NodeAdded(added.Path));
            }
            else if (into.Name != next.From.Name)
            {
                _notes.Add(new(OverlayNoteKind.MetLoosely, next.From.Path, into.Path));
            }
            Meet(next.From, into);
        }

        void Meet(Node from, Node into)
        {
            bool isOfBase = into.Phandle is not null;
            uint? phandle = _map.Meet(from, into);
            if (trace is not null && phandle is uint now && from.Phandle is uint old && now != old)
            {
                _told.Add(isOfBase ? () => trace.PhandleAdopted(from.Path, old, now)
                    : () => trace.PhandleShifted(from.Path, old, now));
            }
            foreach (Property property in from.Properties)
            {
                bool isPhandle = property.Name is PropertyNames.Phandle or PropertyNames.LegacyPhandle;
                Assign(from, property, into, isPhandle ? phandle : null);
            }
            for (int i = from.Children.Count - 1; i >= 0; i--)
                pending.Push((from.Children[i], into));
        }
    }

    private void Assign(Node from, Property property, Node into, uint? phandle)
    {
        byte[] value = property.Value.ToArray();
        if (phandle is uint number)
            BinaryPrimitives.WriteUInt32BigEndian(value, number);
        Property? old = into.Property(property.Name);
        ReadOnlyMemory<byte> before = old?.Value ?? default;
        into.Set(property.Name, value);
        CellReference[] references = phandle is null ? [.. WantedBy(from, property)] : [];
        if (references.Length > 0)
            _assignments.Add(new(from, property, into, value, references));
        _kept?.Set(into, property.Name, []);
        if (trace is not null)
            _told.Add(() => trace.PropertySet(into.Path, property.Name, old is not null, before.Span, value));
    }

    /// <summary>Writes the phandles of what values refer to, now that all nodes have theirs.</summary>
    private OverlayError? ResolveValues()
    {
        foreach (Assignment assignment in _assignments)
        {
            var kept = new List<CellReference>();
            foreach (CellReference reference in assignment.References)
            {
                string place = Place(assignment.From, assignment.Property.Name, reference.Offset);
                Node? target;
                if (reference.Label is string label)
                {
                    if (FindLabel(label, place, out target) is OverlayError error)
                        return error;
                }
                else
                {
                    uint phandle = BinaryPrimitives.ReadUInt32BigEndian(assignment.Property.Value.Span[reference.Offset..]);
                    Node? own = _map.OfOverlay(phandle);
                    target = own is null ? null : _map.PlaceOf(own);
                    if (target is null)
                    {
                        const string Why = "so that nothing brings it to the base";
                        return Dangling(assignment.From, assignment.Property.Name, reference.Offset, own, phandle, Why);
                    }
                }
                if (target is null)
                    _notes.Add(new(OverlayNoteKind.Carried, place, reference.Label!));
                uint written = target is null ? OverlayNames.Unresolved : _map.PhandleOf(target);
                if (written == 0)
                {
                    string? fragment = FixupTables.FragmentOf(place);
                    return new(FdtErrorKind.NoPhandles, fragment, place, $"no phandle is left for {target}") { Place = place };
                }
                BinaryPrimitives.WriteUInt32BigEndian(assignment.Value.AsSpan(reference.Offset), written);
                kept.Add(new(reference.Offset, target is null ? reference.Label : null));
            }
            // A later fragment may have set the property again.
            if (assignment.Into.Property(assignment.Property.Name)!.Value.Equals((ReadOnlyMemory<byte>)assignment.Value))
                _kept?.Set(assignment.Into, assignment.Property.Name, kept);
        }
        return null;
    }

    /// <summary>
    /// The node of the result that a label or a path means; null without an error where it may be in the tree that is not known
    /// yet.
    /// </summary>
    private OverlayError? FindLabel(string label, string place, out Node? node)
    {
        if (label.StartsWith('/'))
        {
            node = _isOntoOverlay ? null : BlobPaths.Follow(result, label, out _);
            if (node is null)
                return _isOntoOverlay ? null : Unresolved(FdtErrorKind.NotFound, "the base has no such node");
        }
        else
        {
            node = null;
            Node? symbols = result.Root.Child(OverlayNames.Symbols);
            if (symbols?.Property(label) is not Property symbol)
            {
                return _isOntoOverlay ? null
                    : symbols is null ? Unresolved(FdtErrorKind.BadOffset, "the base has no symbols to look it up in")
                    : Unresolved(FdtErrorKind.NotFound, "the base has no such label");
            }
            if (BlobPaths.FirstString(symbol) is not string path)
                return Unresolved(FdtErrorKind.BadPath, "its path in the base is not terminated");
            node = BlobPaths.Follow(result, path, out FdtErrorKind reason);
            if (node is null)
                return Unresolved(reason, $"in the base it leads to '{path}', where there is no node");
        }
        if (trace is not null)
        {
            Node found = node;
            _told.Add(() => trace.LabelResolved(label, place, found.Path));
        }
        return null;

        OverlayError Unresolved(FdtErrorKind kind, string why)
        {
            string message = $"{(label.StartsWith('/') ? "path" : "label")} '{label}' cannot be resolved: {why}";
            string? fragment = FixupTables.FragmentOf(place);
            return new(kind, fragment, $"/{OverlayNames.Fixups}:{label}", message) { Label = label, Place = place };
        }
    }

    /// <summary>Adds the overlay's symbols to the result, as paths there.</summary>
    private OverlayError? AddSymbols()
    {
        if (overlay.Root.Child(OverlayNames.Symbols) is not Node added)
            return null;
        long written = 0;
        foreach (Property symbol in added.Properties)
        {
            if (symbol.Value.Span is not [(byte)'/', .., 0] || BlobPaths.FirstString(symbol) is not string path
                || path.Length + 1 != symbol.Value.Length)
            {
                return Bad(symbol, FdtErrorKind.BadValue, "the symbol is not one absolute path");
            }
            // What is in no fragment means nothing in the result; that it is lost is told where it is written.
            if (!SymbolPath.TrySplit(symbol.Value.Span[..^1], out _, out _))
                continue;
            Node? own = BlobPaths.Follow(overlay, path, out _);
            if (own is null || _map.PlaceOf(own) is not Node place)
                return Bad(symbol, FdtErrorKind.BadOverlay, $"there is no node '{path}'");
            string now = place.Path;
            written += now.Length + 1;
            if (written > MaxSymbolBytes)
                return Bad(symbol, FdtErrorKind.NoSpace, $"up to here the symbols take more than {MaxSymbolBytes} bytes");
            Node symbols = result.Root.GetOrAddChild(OverlayNames.Symbols);
            string? before = symbols.Property(symbol.Name) is Property old ? BlobPaths.FirstString(old) : null;
            if (trace is not null)
                _told.Add(() => trace.SymbolSet(symbol.Name, now, before));
            symbols.Set(symbol.Name, Encoding.Latin1.GetBytes(now + "\0"));
        }
        return null;

        static OverlayError Bad(Property symbol, FdtErrorKind kind, string message) =>
            new(kind, null, $"/{OverlayNames.Symbols}:{symbol.Name}", message);
    }

    private static OverlayError Dangling(Node node, string property, int offset, Node? own, uint phandle, string why)
    {
        string place = Place(node, property, offset);
        string message = own is null ? $"the cell holds 0x{phandle:x}, which is the phandle of no node of the overlay"
            : $"it refers to {own}, which is in no fragment, {why}";
        FdtErrorKind kind = own is null ? FdtErrorKind.BadPhandle : FdtErrorKind.NotFound;
        return new(kind, FixupTables.FragmentOf(place), place, message) { Place = place };
    }

    private static string Place(Node node, string property, int offset) =>
        string.Create(CultureInfo.InvariantCulture, $"{node.Path}:{property}:{offset}");

    /// <summary>A value with references that a property of the result gets.</summary>
    /// <param name="From">The node of the overlay.</param>
    /// <param name="Property">Its property.</param>
    /// <param name="Into">The node of the result.</param>
    /// <param name="Value">The value there, in which phandles are still to be written.</param>
    /// <param name="References">Where.</param>
    private sealed record Assignment(Node From, Property Property, Node Into, byte[] Value, CellReference[] References);
}
