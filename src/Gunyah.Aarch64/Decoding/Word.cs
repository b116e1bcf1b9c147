namespace Gunyah.Aarch64.Decoding;

/// <summary>
/// An instruction word with the fields that stand at the same place in many encodings, by the manual's names. That a row's
/// field of
/// such a name is where this says it is, a test holds.
/// </summary>
/// <param name="value">The word.</param>
internal readonly struct Word(uint value)
{
    /// <summary>The 32 bits.</summary>
    public uint Value => value;

    public int Rd => Bits(0, 5);

    public int Rt => Bits(0, 5);

    public int Rn => Bits(5, 5);

    public int Rm => Bits(16, 5);

    public int Rs => Bits(16, 5);

    public int Ra => Bits(10, 5);

    public int Rt2 => Bits(10, 5);

    public bool Sf => Bit(31);

    public bool Q => Bit(30);

    public bool U => Bit(29);

    /// <summary>Bits <paramref name="position"/> and up, unsigned.</summary>
    public int Bits(int position, int width) => (int)((value >> position) & ((1ul << width) - 1));

    /// <summary>The same, with the field's top bit as sign.</summary>
    public int Signed(int position, int width) => (int)(value << (32 - position - width)) >> (32 - width);

    /// <summary>One bit.</summary>
    public bool Bit(int position) => (value >> position & 1) != 0;
}
