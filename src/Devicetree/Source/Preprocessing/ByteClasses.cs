using System.Buffers;

namespace Devicetree.Source.Preprocessing;

/// <summary>What a byte can begin.</summary>
internal enum ByteClass : byte
{
    Other,
    Name,
    Digit,
    Blank,
    Newline,
    Quote,
    Slash,
    Dot,
    Hash,
}

internal static class ByteClasses
{
    private static readonly ByteClass[] _table = MakeTable();

    /// <summary>The bytes of identifiers.</summary>
    public static readonly SearchValues<byte> Identifier =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"u8);

    /// <summary>Bytes that only make operators of several characters together with others of them.</summary>
    public static readonly SearchValues<byte> Operator = SearchValues.Create("+-*/%&|^<>=!:.#"u8);

    public static ByteClass Of(byte b) => _table[b];

    public static bool IsIdentifier(byte b) => _table[b] is ByteClass.Name or ByteClass.Digit;

    private static ByteClass[] MakeTable()
    {
        var table = new ByteClass[256];
        for (int b = 0; b < table.Length; b++)
        {
            table[b] = (char)b switch
            {
                '_' => ByteClass.Name,
                >= '0' and <= '9' => ByteClass.Digit,
                // cpp warns of a NUL and takes it for a space.
                ' ' or '\t' or '\f' or '\v' or '\0' => ByteClass.Blank,
                '\n' => ByteClass.Newline,
                '"' or '\'' => ByteClass.Quote,
                '/' => ByteClass.Slash,
                '.' => ByteClass.Dot,
                '#' => ByteClass.Hash,
                char c when char.IsAsciiLetter(c) => ByteClass.Name,
                _ => ByteClass.Other,
            };
        }
        return table;
    }
}
