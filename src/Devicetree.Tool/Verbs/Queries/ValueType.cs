namespace Devicetree.Tool.Verbs.Queries;

/// <summary>As what a value is printed.</summary>
internal sealed record ValueType
{
    private ValueType(string name, int width = 0, bool isHex = false, bool isSigned = false)
    {
        Name = name;
        Width = width;
        IsHex = isHex;
        IsSigned = isSigned;
    }

    /// <summary>As what it most likely is.</summary>
    public static ValueType Auto { get; } = new("auto");

    /// <summary>Strings, a line each.</summary>
    public static ValueType Text { get; } = new("string");

    /// <summary>The bytes themselves.</summary>
    public static ValueType Raw { get; } = new("raw");

    /// <summary>As a source has it.</summary>
    public static ValueType Source { get; } = new("dts");

    /// <summary>Cells in hexadecimal.</summary>
    public static ValueType Cells { get; } = new("x32", sizeof(uint), true);

    /// <summary>Elements of 16 bits in hexadecimal.</summary>
    public static ValueType Halves { get; } = new("x16", sizeof(ushort), true);

    /// <summary>Elements of 64 bits in hexadecimal.</summary>
    public static ValueType Doubles { get; } = new("x64", sizeof(ulong), true);

    /// <summary>Bytes in hexadecimal.</summary>
    public static ValueType Bytes { get; } = new("x8", 1, true);

    /// <summary>Cells in decimal that may be negative.</summary>
    public static ValueType SignedCells { get; } = new("i32", sizeof(uint), isSigned: true);

    /// <summary>
    /// All of them; numbers are in decimal with a u, in decimal with a sign where they are negative with an i, in hexadecimal
    /// with an x, and have so many bits.
    /// </summary>
    public static IReadOnlyList<ValueType> All { get; } =
    [
        Auto, Text, new("u8", 1), new("u16", sizeof(ushort)), new("u32", sizeof(uint)), new("u64", sizeof(ulong)),
        new("i8", 1, isSigned: true), new("i16", sizeof(ushort), isSigned: true), SignedCells,
        new("i64", sizeof(ulong), isSigned: true),
        Bytes, Halves, Cells, Doubles, Source, Raw,
    ];

    /// <summary>The word on the command line.</summary>
    public string Name { get; }

    /// <summary>For numbers the bytes of one; 0 for all else.</summary>
    public int Width { get; }

    /// <summary>Whether numbers are in hexadecimal.</summary>
    public bool IsHex { get; }

    /// <summary>Whether numbers may be negative.</summary>
    public bool IsSigned { get; }
}
