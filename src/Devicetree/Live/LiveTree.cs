using System.Buffers.Binary;
using System.Text;
using Devicetree.Text.Sources;

namespace Devicetree.Live;

/// <summary>
/// The live tree of the compiler, as dtc calls it: what has been merged so far, and where its labels are. Deleting leaves the
/// place, names may stand twice until a check refuses them, and values carry markers. A source, a blob or a directory is read
/// into one; fix-ups and checks work on it, and all outputs are written from it.
/// </summary>
public sealed class LiveTree
{
    /// <summary>The label that was noted last of each name; older ones hang on it.</summary>
    private readonly Dictionary<string, Label> _byLabel = new(StringComparer.Ordinal);

    private readonly List<LiveReservation> _reservations = [];
    private int _fragments;
    private bool _hasRivals;

    /// <summary>
    /// Children that came back after their deletion: the how manieth did, and how many siblings there were then, deleted ones
    /// too.
    /// </summary>
    private readonly Dictionary<LiveNode, (int Order, int Count)> _revived = [];
    private int _revivals;
    private readonly HashSet<string> _lostLabels = new(StringComparer.Ordinal);
    private bool _hasLostNodes;

    internal LiveTree(bool isPlugin, ValueBudget budget)
    {
        IsPlugin = isPlugin;
        Budget = budget;
    }

    /// <summary>Null until the first body.</summary>
    public LiveNode? Root { get; private set; }

    /// <summary>True for a source with <c>/plugin/</c>: an overlay, whose references may lead to another tree.</summary>
    public bool IsPlugin { get; internal set; }

    internal ValueBudget Budget { get; }

    /// <summary>
    /// True when a node or a property that comes back after its deletion gets its old place among the others, as in dtc; false
    /// when it is a new one, at the end.
    /// </summary>
    internal bool KeepsDeletedPlaces { get; init; } = true;

    /// <summary>
    /// Deletions in bodies that were merged and found nothing, by their place, with the node in which they looked.
    /// </summary>
    internal Dictionary<SourceSpan, LiveNode> VainDeletions { get; } = [];

    /// <summary>What advice about names may still cost.</summary>
    internal AdviceBudget Advice { get; } = new();

    /// <summary>The labels of live nodes, in no order.</summary>
    internal IEnumerable<string> Labels => _byLabel.Values.Where(label => !label.Deleted).Select(label => label.Name);

    /// <summary>The memory reservations in the order of the source.</summary>
    internal IReadOnlyList<LiveReservation> Reservations => _reservations;

    /// <summary>The CPU on which the system boots, for the blob's header.</summary>
    public uint BootCpu { get; internal set; }

    /// <summary>All live nodes, a node before its children.</summary>
    public IEnumerable<LiveNode> Nodes => Root?.LiveSelfAndDescendants() ?? [];

    /// <summary>The node that a reference names: a label, a path that starts with a slash, or a path below a label.</summary>
    public LiveNode? Find(string reference)
    {
        int slash = reference.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
            return FindByLabel(reference);
        LiveNode? start = slash > 0 ? FindByLabel(reference[..slash]) : Root is { Deleted: false } ? Root : null;
        return FindByPath(start, reference.AsSpan(slash));
    }

    /// <summary>
    /// A live tree of a tree. The values are shared, not copied; the tree must not change while the result is used.
    /// </summary>
    public static LiveTree From(Tree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var budget = ValueBudget.Unlimited();
        var result = new LiveTree(isPlugin: false, budget) { BootCpu = tree.BootCpu };
        foreach (MemoryReservation reservation in tree.Reservations)
            result.Reserve(new(reservation, new LabelList()));
        var root = new LiveNode("", default);
        var pending = new Stack<(Node From, LiveNode To)>([(tree.Root, root)]);
        while (pending.TryPop(out (Node From, LiveNode To) next))
        {
            foreach (Property property in next.From.Properties)
                next.To.Properties.Add(new(property.Name, new LiveValue(budget, property.Value), default));
            foreach (Node child in next.From.Children)
            {
                var added = new LiveNode(child.Name, default);
                next.To.AddChild(added);
                pending.Push((child, added));
            }
        }
        result.AddRoot(root);
        return result;
    }

    /// <summary>Adds the body of a root: the first one becomes it, later ones are merged into it.</summary>
    internal void AddRoot(LiveNode body)
    {
        if (Root is null)
        {
            Root = body;
            Register(body);
        }
        else
        {
            Merge(Root, body);
        }
    }

    /// <summary>Notes a body that goes nowhere, because its node does not exist.</summary>
    internal void NoteLost(LiveNode body)
    {
        foreach (LiveNode node in body.LiveSelfAndDescendants())
        {
            _hasLostNodes |= node != body;
            foreach (Label label in node.HasLabels ? node.Labels : [])
                _lostLabels.Add(label.Name);
        }
    }

    /// <summary>Whether a reference may be to a node that a lost body has or names.</summary>
    internal bool MayBeLost(string reference)
    {
        int slash = reference.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? _lostLabels.Contains(reference) : _hasLostNodes;
    }

    internal void Reserve(LiveReservation reservation) => _reservations.Add(reservation);

    /// <summary>Adds a body for a node of another tree: the next <c>fragment@N</c> of an overlay (devicetree.md 1.8).</summary>
    internal void AddFragment(string reference, LiveNode body, SourceSpan span)
    {
        var target = new LiveValue(Budget);
        bool isPath = reference.StartsWith('/');
        if (isPath)
        {
            target.AddMarker(MarkerKind.Text, "", default);
            target.Add(Encoding.ASCII.GetBytes(reference + "\0"));
        }
        else
        {
            target.AddMarker(MarkerKind.PhandleReference, reference, span);
            target.AddNumber(uint.MaxValue, 32);
        }
        var fragment = new LiveNode($"{OverlayNames.FragmentPrefix}{_fragments++}");
        fragment.Properties.Add(new(isPath ? OverlayNames.TargetPath : OverlayNames.Target, target, default));
        fragment.AddChild(body);
        if (Root is null)
            AddRoot(new LiveNode(""));
        Root!.AddChild(fragment);
        Register(fragment);
    }

    internal void AddLabel(LiveNode node, Label label)
    {
        NoteLabel(node, node.Labels.Add(label));
    }

    /// <summary>Merges a body into a node: <paramref name="body"/> is used up (devicetree.md 1.7).</summary>
    internal void Merge(LiveNode node, LiveNode body)
    {
        if (node is { Deleted: true, Parent: LiveNode parent })
            _revived[node] = (_revivals++, parent.Children.Count);
        node.Deleted = false;
        node.AlsoDefinedAt(body.Span);
        if (body.HasLabels)
        {
            foreach (Label label in body.Labels.All)
                AddLabel(node, label);
        }
        foreach (LiveProperty property in body.Properties.Items)
            MergeProperty(node, property);
        foreach (LiveNode child in body.Children.Items)
        {
            LiveNode? same = KnownIn(node.Children, child.Name);
            if (child.Deleted)
            {
                if (same is null or { Deleted: true })
                    VainDeletions.TryAdd(child.Span, node);
                else
                    same.Delete();
            }
            else if (same is not null)
            {
                Merge(same, child);
            }
            else
            {
                // The links of the body's list must not lead into it from the new one.
                child.NextSameName = null;
                node.Children.Forget(child.Name);
                node.AddChild(child);
                Register(child);
            }
        }
    }

    /// <summary>
    /// The node of a path that stands in a value, as dtc finds it there: an empty path is the root's, <c>/</c> alone is no one's,
    /// one slash may end a path and two may not, and the first one need not be there.
    /// </summary>
    internal LiveNode? FindWritten(string path)
    {
        LiveNode? node = Root is { Deleted: false } ? Root : null;
        ReadOnlySpan<char> rest = path;
        while (node is not null && !rest.IsEmpty)
        {
            rest = rest.TrimStart('/');
            int slash = rest.IndexOf('/');
            node = node.Children.FindLive(slash < 0 ? rest : rest[..slash]);
            rest = slash < 0 ? [] : rest[(slash + 1)..];
        }
        return node;
    }

    /// <summary>
    /// The boot CPU of a source that says nothing: <c>reg</c> of the first child of <c>/cpus</c>, even of a deleted one, if it is
    /// one cell; else 0.
    /// </summary>
    internal void GuessBootCpu()
    {
        LiveNode? first = Find("/cpus") is { Children: [LiveNode cpu, ..] children } ? children.FindLive(cpu.Name) ?? cpu : null;
        LiveProperty? reg = first?.Properties.FindLive(PropertyNames.Reg);
        BootCpu = reg?.Value.Length == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(reg.Value.Bytes.Span) : 0;
    }

    /// <summary>
    /// Where a label stands on several nodes, which is an error unless that check is switched off, makes the first of them the
    /// one that references mean, as for dtc.
    /// </summary>
    internal void PreferFirstLabels()
    {
        if (!_hasRivals)
            return;
        // What is noted last counts.
        foreach (LiveNode node in Nodes.Reverse())
            NoteLabels(node);
    }

    internal void SortReservations() =>
        _reservations.Sort((left, right) =>
            (left.Reservation.Address, left.Reservation.Size).CompareTo((right.Reservation.Address, right.Reservation.Size)));

    /// <summary>The tree without what only the compiler needs. Its values share the bytes of this one.</summary>
    public Tree ToTree()
    {
        var tree = new Tree { BootCpu = BootCpu };
        foreach (LiveReservation reserved in _reservations)
            tree.Reservations.Add(reserved.Reservation);
        var pending = new Stack<(LiveNode From, Node To)>();
        if (Root is { Deleted: false })
            pending.Push((Root, tree.Root));
        while (pending.TryPop(out (LiveNode From, Node To) next))
        {
            foreach (LiveProperty property in next.From.Properties.Live)
                next.To.Set(property.Name, property.Value.Bytes);
            foreach (LiveNode child in next.From.Children.Live)
                pending.Push((child, next.To.AddChild(child.Name)));
        }
        return tree;
    }

    /// <summary>
    /// For each node with a child that came back after its deletion, to a place before a child that was written earlier: the
    /// first such two.
    /// </summary>
    internal IEnumerable<(LiveNode Node, LiveNode Earlier)> OldPlaces()
    {
        foreach (LiveNode parent in _revived.Keys.Select(node => node.Parent!).Distinct().ToList())
        {
            LiveNode? last = null;
            (int Order, int Count) lastIs = default;
            for (int i = 0; i < parent.Children.Count; i++)
            {
                LiveNode child = parent.Children[i];
                if (child.Deleted)
                    continue;
                bool isRevived = _revived.TryGetValue(child, out (int Order, int Count) revived);
                if (last is not null && (isRevived ? revived.Order < lastIs.Order : i < lastIs.Count))
                {
                    yield return (last, child);
                    break;
                }
                if (isRevived)
                    (last, lastIs) = (child, revived);
            }
        }
    }

    /// <summary>What a body's item of that name is merged into; null when it is new.</summary>
    private T? KnownIn<T>(SlotList<T> items, string name)
        where T : Slot<T>
    {
        if (!KeepsDeletedPlaces)
            return items.FindLive(name);
        items.TryGetFirst(name, out T? first);
        return first;
    }

    private void MergeProperty(LiveNode node, LiveProperty property)
    {
        LiveProperty? same = KnownIn(node.Properties, property.Name);
        if (property.Deleted)
        {
            if (same is null or { Deleted: true })
                VainDeletions.TryAdd(property.Span, node);
            else
                same.Delete();
        }
        else if (same is not null)
        {
            if (property.HasLabels)
            {
                foreach (Label label in property.Labels.All)
                    same.Labels.Add(label);
            }
            same.Value = property.Value;
            same.Span = property.Span;
            same.Deleted = false;
        }
        else
        {
            property.NextSameName = null;
            node.Properties.Forget(property.Name);
            node.Properties.Add(property);
        }
    }

    private void Register(LiveNode added)
    {
        // Most have no children, and need no walk.
        if (added.Children.Count == 0)
        {
            NoteLabels(added);
            return;
        }
        foreach (LiveNode node in added.LiveSelfAndDescendants())
            NoteLabels(node);
    }

    private void NoteLabels(LiveNode node)
    {
        if (!node.HasLabels || node.Deleted)
            return;
        foreach (Label label in node.Labels.All)
            NoteLabel(node, label);
    }

    private void NoteLabel(LiveNode node, Label label)
    {
        label.Node = node;
        if (_byLabel.TryGetValue(label.Name, out Label? newest))
        {
            if (newest == label)
                return;
            _hasRivals |= !newest.Deleted;
            // A label that comes back leaves its old place in the chain.
            if (label.Newer is not null)
                label.Newer.Older = label.Older;
            if (label.Older is not null)
                label.Older.Newer = label.Newer;
            newest.Newer = label;
            label.Older = newest;
            label.Newer = null;
        }
        _byLabel[label.Name] = label;
    }

    private LiveNode? FindByLabel(string name)
    {
        if (!_byLabel.TryGetValue(name, out Label? label))
            return null;
        if (!label.Deleted)
            return label.Node;
        // A deleted label comes back only by being noted again, so a deleted one at the end can be forgotten.
        while (label is { Deleted: true })
        {
            Label? older = label.Older;
            label.Older = null;
            if (older is not null)
                older.Newer = null;
            label = older;
        }
        if (label is null)
            _byLabel.Remove(name);
        else
            _byLabel[name] = label;
        return label?.Node;
    }

    private static LiveNode? FindByPath(LiveNode? node, ReadOnlySpan<char> path)
    {
        foreach (Range range in path.Split('/'))
        {
            ReadOnlySpan<char> component = path[range];
            if (!component.IsEmpty)
                node = node?.Children.FindLive(component);
        }
        return node;
    }
}

/// <summary>A memory reservation of a live tree.</summary>
/// <param name="Reservation">What is reserved.</param>
/// <param name="Labels">Its labels.</param>
internal sealed record LiveReservation(MemoryReservation Reservation, LabelList Labels);
