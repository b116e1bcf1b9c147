namespace Devicetree.Flattened;

/// <summary>
/// What is wrong with a blob, an overlay or a path, in the words of libfdt and with its numbers (its codes are negative).
/// <see cref="LimitExceeded"/> alone is ours.
/// </summary>
public enum FdtErrorKind
{
    /// <summary>A node, property, label or path does not exist.</summary>
    NotFound = 1,

    /// <summary>A node or a property exists already: the same name twice.</summary>
    Exists = 2,

    /// <summary>Something does not fit where it must go.</summary>
    NoSpace = 3,

    /// <summary>An offset points outside its block.</summary>
    BadOffset = 4,

    /// <summary>A path is malformed.</summary>
    BadPath = 5,

    /// <summary>A phandle has the wrong length, an illegal value, or stands twice.</summary>
    BadPhandle = 6,

    /// <summary>The blob is not finished, or not in a state that allows the operation.</summary>
    BadState = 7,

    /// <summary>The bytes end before what they announce.</summary>
    Truncated = 8,

    /// <summary>The bytes are no flattened devicetree.</summary>
    BadMagic = 9,

    /// <summary>A version of the format that cannot be read.</summary>
    BadVersion = 10,

    /// <summary>The structure block breaks its grammar.</summary>
    BadStructure = 11,

    /// <summary>Blocks overlap, or are not in the order that editing needs.</summary>
    BadLayout = 12,

    /// <summary>Something that cannot be is so.</summary>
    Internal = 13,

    /// <summary>A property has a value that is not allowed here.</summary>
    BadValue = 15,

    /// <summary>An overlay breaks the rules for overlays.</summary>
    BadOverlay = 16,

    /// <summary>No phandle numbers are left.</summary>
    NoPhandles = 17,

    /// <summary>A block does not start on its boundary.</summary>
    Alignment = 19,

    /// <summary>More than the caller's limits allow; libfdt has no such error.</summary>
    LimitExceeded = 100,
}

/// <summary>How <see cref="FdtErrorKind"/> is spelled.</summary>
internal static class FdtErrorKindExtensions
{
    /// <summary>The word as libfdt prints it after <c>FDT_ERR_</c>, for instance <c>BADMAGIC</c>.</summary>
    public static string Word(this FdtErrorKind kind) =>
        kind == FdtErrorKind.LimitExceeded ? "LIMIT" : kind.ToString().ToUpperInvariant();
}
