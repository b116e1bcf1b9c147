using System.Buffers.Binary;
using System.Numerics;

namespace Devicetree.Schema.Caching;

/// <summary>
/// The form of a cache file: a header of little-endian words, then sections of words, then sections of bytes. Strings are written
/// once and meant by number; names are found by hashing, so that nothing has to be built before the first question is answered.
/// </summary>
internal static class CacheLayout
{
    /// <summary>Changes with the form of the file. The key of a file covers it.</summary>
    public const int Form = 2;

    /// <summary>"DTSC", at the start of every file.</summary>
    public const uint Magic = 0x4353_5444;

    /// <summary>
    /// The header: magic, checksum of all that follows these two, length of the file, then where each section starts.
    /// </summary>
    public const int HeaderWords = 3 + Sections;

    /// <summary>The number of sections.</summary>
    public const int Sections = 12;

    /// <summary>The words that one schema takes in its section.</summary>
    public const int WordsOfSchema = 5;

    /// <summary>Says in a table that a place is empty, and for a schema that it has no <c>select</c> of its own.</summary>
    public const uint None = uint.MaxValue;

    /// <summary>The sections in their order.</summary>
    public enum Section
    {
        /// <summary>For each string where its bytes start, and one more for the end.</summary>
        StringStarts,

        /// <summary>For each schema: ID, file, kind of select, where it and its select start.</summary>
        Schemas,

        /// <summary>Finds a schema by its ID.</summary>
        Ids,

        /// <summary>Finds a schema by a compatible string.</summary>
        Compatibles,

        /// <summary>The compatible strings that are documented.</summary>
        Documented,

        /// <summary>Finds the types of a name.</summary>
        Types,

        /// <summary>Patterns of names, each with where its types start.</summary>
        PatternTypes,

        /// <summary>Patterns of compatible strings.</summary>
        CompatiblePatterns,

        /// <summary>The bytes of the strings.</summary>
        Strings,

        /// <summary>Lists of types.</summary>
        TypeLists,

        /// <summary>What was wrong when the schemas were read.</summary>
        Report,

        /// <summary>The schemas.</summary>
        Values,
    }

    /// <summary>The checksum over what follows the first two words: damage is found by it, not malice.</summary>
    public static uint Checksum(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> covered = file[(2 * sizeof(uint))..];
        uint sum = (uint)covered.Length;
        int at = 0;
        for (; covered.Length - at >= sizeof(ulong); at += sizeof(ulong))
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(covered[at..]));
        for (; at < covered.Length; at++)
            sum = BitOperations.Crc32C(sum, covered[at]);
        return sum;
    }

    /// <summary>The hash of a name's UTF-8 bytes.</summary>
    public static uint Hash(ReadOnlySpan<byte> name)
    {
        uint hash = 2166136261;
        foreach (byte part in name)
            hash = (hash ^ part) * 16777619;
        return hash;
    }
}
