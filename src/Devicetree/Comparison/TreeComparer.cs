using System.Globalization;
using Devicetree.Live;

namespace Devicetree.Comparison;

/// <summary>Finds what differs between two trees in structure and meaning, not in bytes.</summary>
public sealed class TreeComparer
{
    private readonly LiveTree _old;
    private readonly LiveTree _new;
    private readonly TreeComparisonOptions _options;
    private readonly List<TreeDifference> _found = [];

    private TreeComparer(LiveTree old, LiveTree @new, TreeComparisonOptions options)
    {
        _old = old;
        _new = @new;
        _options = options;
    }

    /// <summary>Compares two trees.</summary>
    /// <param name="old">The old tree.</param>
    /// <param name="new">The new tree.</param>
    /// <param name="options">What counts; the defaults when null.</param>
    public static TreeComparison Compare(LiveTree old, LiveTree @new, TreeComparisonOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(@new);
        var comparer = new TreeComparer(old, @new, options ?? TreeComparisonOptions.Default);
        comparer.CompareWholes();
        NodePairs pairs = NodePairs.Of(old, @new);
        comparer.CompareNodes(pairs);
        return new(comparer._found, pairs);
    }

    private void CompareWholes()
    {
        if (_old.BootCpu != _new.BootCpu)
            _found.Add(new(DifferenceKind.BootCpuChanged, OldText: Text(_old.BootCpu), NewText: Text(_new.BootCpu)));
        int before = _found.Count;
        var left = new Dictionary<MemoryReservation, int>();
        foreach (LiveReservation reservation in _new.Reservations)
            left[reservation.Reservation] = left.GetValueOrDefault(reservation.Reservation) + 1;
        foreach (LiveReservation reservation in _old.Reservations)
        {
            if (left.GetValueOrDefault(reservation.Reservation) is int count and > 0)
                left[reservation.Reservation] = count - 1;
            else
                _found.Add(new(DifferenceKind.ReservationRemoved, OldText: Text(reservation.Reservation)));
        }
        foreach ((MemoryReservation reservation, int count) in left)
        {
            for (int i = 0; i < count; i++)
                _found.Add(new(DifferenceKind.ReservationAdded, NewText: Text(reservation)));
        }
        bool isSameSet = _found.Count == before;
        if (_options.Order && isSameSet && !_old.Reservations.Select(each => each.Reservation)
            .SequenceEqual(_new.Reservations.Select(each => each.Reservation)))
            _found.Add(new(DifferenceKind.ReservationsReordered));
    }

    private void CompareNodes(NodePairs pairs)
    {
        var values = new ValueComparer(_old, _new, pairs);
        var pending = new Stack<LiveNode>();
        if (_old.Root is { Deleted: false } root)
            pending.Push(root);
        while (pending.TryPop(out LiveNode? node))
        {
            if (pairs.TryNew(node, out LiveNode? partner))
                Compare(node, partner, pairs, values);
            // Also below a node that is gone there may be one that is elsewhere.
            foreach (LiveNode child in node.Children.Live.Reverse())
                pending.Push(child);
        }
    }

    private void Compare(LiveNode old, LiveNode @new, NodePairs pairs, ValueComparer values)
    {
        bool isRoot = old.Parent is null;
        if (!isRoot && (old.Name != @new.Name || @new.Parent is null || !pairs.AreSame(old.Parent!, @new.Parent)))
            _found.Add(new(DifferenceKind.NodeMoved, old, @new));
        foreach (LiveProperty property in old.Properties.Live)
        {
            if (IsIgnored(property))
                continue;
            if (@new.Properties.FindLive(property.Name) is not LiveProperty other)
            {
                _found.Add(new(DifferenceKind.PropertyRemoved, old, @new, property, OldText: values.OldText(old, property)));
            }
            else if (_options.Phandles
                ? !property.Value.Bytes.Span.SequenceEqual(other.Value.Bytes.Span) : !values.AreSame(old, property, @new, other))
            {
                (string oldText, string newText) = values.Texts(old, property, @new, other);
                _found.Add(new(DifferenceKind.PropertyChanged, old, @new, property, other, oldText, newText));
            }
        }
        foreach (LiveProperty property in @new.Properties.Live)
        {
            if (!IsIgnored(property) && old.Properties.FindLive(property.Name) is null)
                _found.Add(new(DifferenceKind.PropertyAdded, old, @new, null, property, NewText: values.NewText(@new, property)));
        }
        if (_options.Order)
            CompareOrder(old, @new, pairs);
        foreach (LiveNode child in old.Children.Live)
        {
            if (!pairs.TryNew(child, out _))
                _found.Add(new(DifferenceKind.NodeRemoved, child, @new));
        }
        foreach (LiveNode child in @new.Children.Live)
        {
            if (!pairs.TryOld(child, out _))
                _found.Add(new(DifferenceKind.NodeAdded, old, child));
        }
    }

    private void CompareOrder(LiveNode old, LiveNode @new, NodePairs pairs)
    {
        IEnumerable<string> before = old.Properties.Live.Where(property => !IsIgnored(property))
            .Select(property => property.Name);
        IEnumerable<string> after = @new.Properties.Live.Where(property => !IsIgnored(property))
            .Select(property => property.Name);
        if (!before.Where(name => @new.Properties.FindLive(name) is not null)
            .SequenceEqual(after.Where(name => old.Properties.FindLive(name) is not null)))
            _found.Add(new(DifferenceKind.PropertiesReordered, old, @new));
        IEnumerable<LiveNode> stayed = old.Children.Live.Select(
            child => pairs.TryNew(child, out LiveNode? same) && same.Parent == @new ? same : null).OfType<LiveNode>();
        if (!stayed.SequenceEqual(@new.Children.Live.Where(
            child => pairs.TryOld(child, out LiveNode? same) && same.Parent == old)))
            _found.Add(new(DifferenceKind.ChildrenReordered, old, @new));
    }

    private bool IsIgnored(LiveProperty property) =>
        !_options.Phandles && property.Name is PropertyNames.Phandle or PropertyNames.LegacyPhandle;

    private static string Text(uint number) => string.Create(CultureInfo.InvariantCulture, $"0x{number:x}");

    private static string Text(MemoryReservation reservation) =>
        string.Create(CultureInfo.InvariantCulture, $"0x{reservation.Address:x} 0x{reservation.Size:x}");
}
