using System.Buffers.Binary;
using System.Text;
using Devicetree.Live;

namespace Devicetree.Checks;

/// <summary>Values as checks read them: cells, and strings that end where C's do.</summary>
internal static class Values
{
    public const int CellBytes = sizeof(uint);

    public static uint Cell(LiveValue value, int cell) =>
        BinaryPrimitives.ReadUInt32BigEndian(value.Bytes.Span[(cell * CellBytes)..]);

    /// <summary>True when a length is a multiple of another one; of 0 only 0 is.</summary>
    public static bool IsMultiple(int length, int divisor) => divisor == 0 ? length == 0 : length % (long)divisor == 0;

    /// <summary>True for one string: a zero byte at the end and nowhere else.</summary>
    public static bool IsString(LiveValue value) => value.Length > 0 && value.Bytes.Span.IndexOf((byte)0) == value.Length - 1;

    /// <summary>The bytes before the first zero byte, as C reads a value.</summary>
    public static string CString(LiveValue value)
    {
        ReadOnlySpan<byte> bytes = value.Bytes.Span;
        int end = bytes.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? bytes : bytes[..end]);
    }

    /// <summary>True when the value as C reads it is a string.</summary>
    public static bool IsCString(LiveValue value, ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> bytes = value.Bytes.Span;
        return bytes.Length > text.Length && bytes[text.Length] == 0 && bytes.StartsWith(text);
    }

    /// <summary>True when one of the strings of a list is a string.</summary>
    public static bool HasString(LiveValue value, ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> rest = value.Bytes.Span;
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)0);
            if ((end < 0 ? rest : rest[..end]).SequenceEqual(text))
                return true;
            rest = end < 0 ? default : rest[(end + 1)..];
        }
        return false;
    }

    // What follows are whole checks about the form of one property.

    public static Action<CheckContext> AreStrings(KnownProperty kind) => c =>
    {
        for (int i = c.Index.First(kind); i >= 0; i = c.Index.Next(i))
            CheckString(c, c.Index.Owner(i), c.Index.Property(i));
    };

    public static Action<CheckContext> AreCells(KnownProperty kind) => c =>
    {
        for (int i = c.Index.First(kind); i >= 0; i = c.Index.Next(i))
        {
            if (c.Index.Property(i).Value.Length != CellBytes)
                c.Fail(c.Index.Owner(i), c.Index.Property(i), FormFaults.OneCell, c.Index.Property(i).Value.Length);
        }
    };

    public static Action<CheckContext> AreStringLists(KnownProperty kind) => c =>
    {
        for (int i = c.Index.First(kind); i >= 0; i = c.Index.Next(i))
            CheckStringList(c, c.Index.Owner(i), c.Index.Property(i));
    };

    public static void NamesAreStringLists(CheckContext c)
    {
        foreach (int i in c.Index.NameLists)
        {
            // Where the name stands twice, which is an error of its own, dtc looks at the first one each time.
            int owner = c.Index.Owner(i);
            CheckStringList(c, owner, c.Index[owner].Node.Properties.FindLive(c.Index.Property(i).Name) ?? c.Index.Property(i));
        }
    }

    public static void CheckString(CheckContext c, int node, LiveProperty property)
    {
        if (!IsString(property.Value))
            c.Fail(node, property, FormFaults.OneString);
    }

    private static void CheckStringList(CheckContext c, int node, LiveProperty property)
    {
        if (property.Value.Length > 0 && property.Value.Bytes.Span[^1] != 0)
            c.Fail(node, property, FormFaults.StringList);
    }
}
