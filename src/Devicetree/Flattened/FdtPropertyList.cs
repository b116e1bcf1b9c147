namespace Devicetree.Flattened;

/// <summary>
/// The properties that stand right after the beginning of a node, as libfdt lists them: any other tag but NOP ends them.
/// </summary>
internal ref struct FdtPropertyList
{
    private readonly FdtView _view;

    /// <summary>A list that begins at an offset; a negative one is the error that every read gives.</summary>
    public FdtPropertyList(FdtView view, int position)
    {
        _view = view;
        Position = position;
    }

    /// <summary>The offset of the next tag that has not been read.</summary>
    public int Position { get; private set; }

    /// <summary>
    /// The offset of the next property; negative, and a <see cref="FdtErrorKind"/> with its sign changed, when there is none.
    /// </summary>
    public int Next()
    {
        while (Position >= 0)
        {
            int at = Position;
            FdtTag tag = _view.ReadTag(at, out int next);
            if (tag == FdtTag.End)
                return next >= 0 ? -(int)FdtErrorKind.BadStructure : next;
            if (tag is not (FdtTag.Property or FdtTag.Nop))
                return -(int)FdtErrorKind.NotFound;
            Position = next;
            if (tag == FdtTag.Property)
                return at;
        }
        return Position;
    }
}
