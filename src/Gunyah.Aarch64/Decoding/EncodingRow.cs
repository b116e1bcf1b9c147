namespace Gunyah.Aarch64.Decoding;

/// <summary>
/// One encoding of A64, as the manual draws it: every bit fixed, or part of a named field.
/// </summary>
internal sealed class EncodingRow
{
    private const int WordBits = 32;

    /// <summary>Declares an encoding.</summary>
    /// <param name="mnemonic">The manual's name.</param>
    /// <param name="pattern">
    /// Bits 31 to 0 from left to right: runs of 0 and 1, <c>x</c> for a bit that is ignored, and fields as <c>name</c> (one
    /// bit) or <c>name:width</c>, parted by spaces. The manual's parentheses, (0) and (1), are <c>x</c> where QEMU ignores the
    /// bits, and fixed where it does not.
    /// </param>
    /// <param name="operation">What it does.</param>
    /// <param name="feature">What a core must have for it.</param>
    public EncodingRow(string mnemonic, string pattern, Operation operation, Feature feature = Feature.Base)
    {
        Mnemonic = mnemonic;
        Pattern = pattern;
        Operation = operation;
        Feature = feature;
        var fields = new List<EncodedField>();
        int next = WordBits;
        foreach (string token in pattern.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (token[0] is '0' or '1' or 'x')
            {
                foreach (char bit in token)
                {
                    next--;
                    if (bit == 'x')
                        continue;
                    Mask |= 1u << next;
                    Value |= bit == '1' ? 1u << next : 0;
                }

                continue;
            }

            int colon = token.IndexOf(':', StringComparison.Ordinal);
            int width = colon < 0 ? 1 : int.Parse(token.AsSpan(colon + 1), null);
            next -= width;
            fields.Add(new(colon < 0 ? token : token[..colon], next, width));
        }

        if (next != 0)
            throw new ArgumentException($"{mnemonic}: the pattern '{pattern}' has {WordBits - next} bits", nameof(pattern));
        Fields = fields;
    }

    /// <summary>Declares an encoding of which the pattern does not say everything.</summary>
    /// <param name="mnemonic">The manual's name.</param>
    /// <param name="pattern">The bits.</param>
    /// <param name="operation">What it does.</param>
    /// <param name="condition">True for a word that fits the pattern and is this instruction.</param>
    /// <param name="feature">What a core must have for it.</param>
    public EncodingRow(
        string mnemonic, string pattern, Operation operation, Func<Word, bool> condition, Feature feature = Feature.Base)
        : this(mnemonic, pattern, operation, feature) => Condition = condition;

    /// <summary>The manual's name.</summary>
    public string Mnemonic { get; }

    /// <summary>The pattern as declared.</summary>
    public string Pattern { get; }

    /// <summary>What it does.</summary>
    public Operation Operation { get; }

    /// <summary>What a core must have for it; without it the word is UNDEFINED.</summary>
    public Feature Feature { get; }

    /// <summary>The bits that are fixed.</summary>
    public uint Mask { get; }

    /// <summary>Their values.</summary>
    public uint Value { get; }

    /// <summary>The fields, from bit 31 down.</summary>
    public IReadOnlyList<EncodedField> Fields { get; }

    /// <summary>
    /// What the pattern cannot say: true where a word that fits is this instruction. Null where every word that fits is.
    /// </summary>
    public Func<Word, bool>? Condition { get; init; }

    /// <summary>True for a word of this encoding.</summary>
    public bool Matches(uint word) => (word & Mask) == Value && (Condition is null || Condition(new(word)));

    /// <inheritdoc/>
    public override string ToString() => $"{Mnemonic}: {Pattern}";
}

/// <summary>A field of an encoding.</summary>
/// <param name="Name">The manual's name.</param>
/// <param name="Position">Its lowest bit.</param>
/// <param name="Width">How many bits.</param>
internal readonly record struct EncodedField(string Name, int Position, int Width);

/// <summary>What a core may have beyond Armv8.0.</summary>
internal enum Feature
{
    /// <summary>Armv8.0.</summary>
    Base,

    /// <summary>Floating point and Advanced SIMD: trapped by CPACR_EL1.FPEN.</summary>
    FloatingPoint,

    /// <summary>CRC32 and CRC32C.</summary>
    Crc32,

    /// <summary>Atomic memory operations.</summary>
    Lse,

    /// <summary>Privileged access never.</summary>
    Pan,

    /// <summary>AES and polynomial multiplication of 64 bits; trapped as floating point.</summary>
    Aes,

    /// <summary>SHA1; trapped as floating point.</summary>
    Sha1,

    /// <summary>SHA256; trapped as floating point.</summary>
    Sha256,
}
