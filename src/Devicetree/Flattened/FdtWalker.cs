namespace Devicetree.Flattened;

/// <summary>
/// Reads the structure block tag by tag, once, forwards and without allocating: the quickest way through all nodes and
/// properties.
/// <code>
/// FdtWalker walker = view.Walk();
/// while (walker.Read())
/// {
///     if (walker.Tag == FdtTag.Property)
///         Use(walker.Name, walker.Value);
/// }
/// if (walker.Error is FdtErrorKind error) …
/// </code>
/// Only the tags are checked on the way; names and values are looked up when asked for.
/// </summary>
public ref struct FdtWalker
{
    private readonly FdtView _view;
    private int _next;

    internal FdtWalker(FdtView view, int start)
    {
        _view = view;
        _next = start;
    }

    /// <summary>The tag that was read last.</summary>
    public FdtTag Tag { get; private set; }

    /// <summary>The offset of that tag in the structure block.</summary>
    public int Offset { get; private set; }

    /// <summary>Nodes that have begun and not ended; while a node begins it is counted, when it has ended no more.</summary>
    public int Depth { get; private set; }

    /// <summary>Why reading stopped at <see cref="Offset"/>; null at the end, and before it.</summary>
    public FdtErrorKind? Error { get; private set; }

    /// <summary>
    /// The name of the node that begins, or of the property; empty for other tags and where the name cannot be had.
    /// </summary>
    public readonly ReadOnlySpan<byte> Name => Tag switch
    {
        FdtTag.BeginNode => _view.NodeNameUnchecked(Offset),
        FdtTag.Property => _view.TryGetString(_view.NameOffsetOf(Offset), out ReadOnlySpan<byte> name, out _) ? name : default,
        _ => default,
    };

    /// <summary>The value of the property; empty for other tags.</summary>
    public readonly ReadOnlySpan<byte> Value =>
        Tag == FdtTag.Property && _view.LengthOf(Offset, out int length) >= 0 ? _view.ValueOf(Offset, length) : default;

    /// <summary>Name and value of the property at once.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <param name="error">Why they cannot be had.</param>
    /// <returns>False when they cannot be had, or the tag is no property.</returns>
    public readonly bool TryReadProperty(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value, out FdtErrorKind error)
    {
        name = value = default;
        int result = Tag == FdtTag.Property ? _view.ReadProperty(Offset, out name, out value) : -(int)FdtErrorKind.BadOffset;
        error = result < 0 ? (FdtErrorKind)(-result) : 0;
        return result >= 0;
    }

    /// <summary>Reads the next tag. The end of the node that the walk began with, or the tag END, is the last one.</summary>
    /// <returns>False after the last tag, and when there is none where one should be: see <see cref="Error"/>.</returns>
    public bool Read()
    {
        if (_next < 0)
            return false;
        Offset = _next;
        Tag = _view.ReadTag(Offset, out _next);
        switch (Tag)
        {
            case FdtTag.BeginNode:
                Depth++;
                return true;
            case FdtTag.EndNode:
                if (--Depth == 0)
                    _next = Finished;
                else if (Depth < 0)
                    return Stop(FdtErrorKind.BadStructure);
                return true;
            case FdtTag.End:
                if (_next < 0)
                    return Stop((FdtErrorKind)(-_next));
                if (Depth != 0)
                    return Stop(FdtErrorKind.BadStructure);
                _next = Finished;
                return true;
            default:
                return true;
        }
    }

    /// <summary>No offset, and no error either.</summary>
    private const int Finished = int.MinValue;

    private bool Stop(FdtErrorKind error)
    {
        Error = error;
        _next = Finished;
        return false;
    }
}
