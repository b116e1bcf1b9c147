namespace Devicetree;

/// <summary>What a byte can be part of, one table for all questions of the lexer.</summary>
internal static class ByteClass
{
    /// <summary>What C's <c>isspace</c> accepts.</summary>
    public const byte WhiteSpace = 1;

    /// <summary>A space or a tab.</summary>
    public const byte Blank = 2;

    public const byte Digit = 4;

    public const byte HexDigit = 8;

    /// <summary>A letter, a digit or an underscore: labels.</summary>
    public const byte Identifier = 16;

    /// <summary>What names of nodes and properties are made of.</summary>
    public const byte Name = 32;

    /// <summary>What paths in braces are made of.</summary>
    public const byte Path = 64;

    private static readonly byte[] _table = MakeTable();

    /// <summary>True when a byte is of one of these classes.</summary>
    public static bool Is(byte c, byte classes) => (_table[c] & classes) != 0;

    /// <summary>Where the bytes of a class that start at a place end.</summary>
    public static int End(byte[] text, int at, int end, byte classes)
    {
        byte[] table = _table;
        while (at < end && (table[text[at]] & classes) != 0)
            at++;
        return at;
    }

    private static byte[] MakeTable()
    {
        var table = new byte[256];
        Add(" \t\n\v\f\r"u8, WhiteSpace);
        Add(" \t"u8, Blank);
        Add("0123456789"u8, Digit);
        Add("0123456789abcdefABCDEF"u8, HexDigit);
        Add("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"u8, Identifier | Name | Path);
        Add(",.+*#?@-"u8, Name | Path);
        Add("/"u8, Path);
        return table;

        void Add(ReadOnlySpan<byte> bytes, byte classes)
        {
            foreach (byte c in bytes)
                table[c] |= classes;
        }
    }
}
