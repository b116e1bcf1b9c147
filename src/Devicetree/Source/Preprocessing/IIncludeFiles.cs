namespace Devicetree.Source.Preprocessing;

/// <summary>What came of the attempt to read a file.</summary>
public enum IncludeLookup
{
    /// <summary>There is no file of that path; the search goes on in the next directory.</summary>
    Missing = 1,

    /// <summary>It was read.</summary>
    Read = 2,

    /// <summary>It is there but cannot be read; the search ends.</summary>
    Refused = 3,
}

/// <summary>
/// Where <c>#include</c> gets files from. The preprocessor does the searching: it asks for one path after the other. May be asked
/// by several threads at once when sources share an <see cref="IncludeCache"/>.
/// </summary>
public interface IIncludeFiles
{
    /// <summary>Reads the file of a path.</summary>
    /// <param name="path">The path, as diagnostics and dependency files name it.</param>
    /// <param name="maxLength">The most bytes that may be read; a longer file is refused.</param>
    /// <param name="bytes">The contents, when it was read. They must not change afterwards.</param>
    /// <param name="reason">Why it was refused, a phrase without a full stop.</param>
    IncludeLookup Read(string path, int maxLength, out ReadOnlyMemory<byte> bytes, out string reason);

    /// <summary>When the file of a path was last written, for <c>__TIMESTAMP__</c>; null where that is not known.</summary>
    /// <param name="path">The path of an included file, or of the source.</param>
    DateTimeOffset? ModifiedAt(string path) => null;
}
