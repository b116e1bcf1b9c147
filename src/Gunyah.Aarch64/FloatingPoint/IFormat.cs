namespace Gunyah.Aarch64.FloatingPoint;

/// <summary>A binary format: a sign, an exponent, and a fraction whose leading one is not written.</summary>
internal interface IFormat
{
    /// <summary>The width of a number.</summary>
    static abstract int Bits { get; }

    /// <summary>The width of the fraction.</summary>
    static abstract int FractionBits { get; }
}

/// <summary>Half precision; here only what is converted from and to.</summary>
internal readonly struct HalfPrecision : IFormat
{
    public static int Bits => 16;

    public static int FractionBits => 10;
}

/// <summary>Single precision.</summary>
internal readonly struct SinglePrecision : IFormat
{
    public static int Bits => 32;

    public static int FractionBits => 23;
}

/// <summary>Double precision.</summary>
internal readonly struct DoublePrecision : IFormat
{
    public static int Bits => 64;

    public static int FractionBits => 52;
}
