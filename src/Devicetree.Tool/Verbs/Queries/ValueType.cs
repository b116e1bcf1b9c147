namespace Devicetree.Tool.Verbs.Queries;

/// <summary>As what a value is printed.</summary>
internal sealed record ValueType
{
    private ValueType(string name, int width, bool isHex)
    {
        Name = name;
        Width = width;
        IsHex = isHex;
    }

    /// <summary>As what it most likely is.</summary>
    public static ValueType Auto { get; } = new("auto", 0, false);

    /// <summary>Strings, a line each.</summary>
    public static ValueType Text { get; } = new("string", 0, false);

    /// <summary>The bytes themselves.</summary>
    public static ValueType Raw { get; } = new("raw", 0, false);

    /// <summary>As a source has it.</summary>
    public static ValueType Source { get; } = new("dts", 0, false);

    /// <summary>Cells in hexadecimal.</summary>
    public static ValueType Cells { get; } = new("x32", sizeof(uint), true);

    /// <summary>Elements of 16 bits in hexadecimal.</summary>
    public static ValueType Halves { get; } = new("x16", sizeof(ushort), true);

    /// <summary>Elements of 64 bits in hexadecimal.</summary>
    public static ValueType Doubles { get; } = new("x64", sizeof(ulong), true);

    /// <summary>Bytes in hexadecimal.</summary>
    public static ValueType Bytes { get; } = new("x8", 1, true);

    /// <summary>All of them; numbers are in decimal with a u, in hexadecimal with an x, and have so many bits.</summary>
    public static IReadOnlyList<ValueType> All { get; } =
    [
        Auto, Text, new("u8", 1, false), new("u16", sizeof(ushort), false), new("u32", sizeof(uint), false), new("u64", sizeof(ulong), false),
        Bytes, Halves, Cells, Doubles, Source, Raw,
    ];

    /// <summary>The word on the command line.</summary>
    public string Name { get; }

    /// <summary>For numbers the bytes of one; 0 for all else.</summary>
    public int Width { get; }

    /// <summary>Whether numbers are in hexadecimal.</summary>
    public bool IsHex { get; }
}
