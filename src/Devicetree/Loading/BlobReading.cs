namespace Devicetree.Loading;

/// <summary>How much of what is odd in a blob is taken. The findings have the same numbers and offsets in every mode.</summary>
public enum BlobReading
{
    /// <summary>
    /// For those who go on with the tree. Names that are illegal or stand twice are refused; what boot loaders would refuse, but
    /// can be read, is reported.
    /// </summary>
    Working,

    /// <summary>For those who look at the tree: such names are reported, too, and the tree has them.</summary>
    Looking,

    /// <summary>As dtc reads blobs, for the program of that name.</summary>
    AsDtc,

    /// <summary>Everything that is odd is refused, for blobs of strangers.</summary>
    Strict,
}
