using Devicetree.Text.Sources;

namespace Devicetree.Live;

/// <summary>What a <see cref="Marker"/> says about the bytes that follow it (devicetree.md 1.6).</summary>
public enum MarkerKind : byte
{
    /// <summary>Bytes of a file (<c>/incbin/</c>), of which nothing is known.</summary>
    Untyped,

    /// <summary>A cell that is to hold the phandle of a node.</summary>
    PhandleReference,

    /// <summary>A place where the path of a node is to be inserted.</summary>
    PathReference,

    /// <summary>A label inside a value; it names no node.</summary>
    Label,

    /// <summary>Bytes or elements of 8 bits begin.</summary>
    Bytes,

    /// <summary>Elements of 16 bits begin.</summary>
    Elements16,

    /// <summary>Cells begin.</summary>
    Cells,

    /// <summary>Elements of 64 bits begin.</summary>
    Elements64,

    /// <summary>A string begins.</summary>
    Text,
}

/// <summary>Something at an offset of a value that its bytes do not tell.</summary>
/// <param name="Offset">Bytes from the start of the value.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Target">
/// For references what is meant: a label, a path that starts with a slash, or <c>label/relative/path</c>. For a label its name.
/// Empty for the others.
/// </param>
/// <param name="Span">Where it is written; the default span when it comes from a blob.</param>
public readonly record struct Marker(int Offset, MarkerKind Kind, string Target, SourceSpan Span)
{
    /// <summary>True for the markers that say how the bytes after them were written, false for references and labels.</summary>
    public bool IsType => Kind is MarkerKind.Untyped or >= MarkerKind.Bytes;
}
