using System.Buffers.Binary;
using Devicetree.Schema.Model;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Caching;

/// <summary>Values of schemas as bytes: a kind, where it is written, then what it holds.</summary>
internal static class CacheValues
{
    /// <summary>Set in the byte of the kind when the value knows where it is written.</summary>
    private const byte HasSpan = 0x80;

    private const byte Null = 0, False = 1, True = 2, Small = 3, Wide = 4, Real = 5, Text = 6, Date = 7, List = 8, Mapping = 9;

    /// <summary>Writes a value.</summary>
    /// <returns>Where it starts.</returns>
    public static int Write(SchemaValue value, CacheBuffer target, CacheStrings strings)
    {
        int start = target.Length;
        int last = 0;
        Write(value, target, strings, ref last);
        return start;
    }

    /// <summary>Reads a value.</summary>
    /// <param name="cursor">Stands where it starts.</param>
    /// <param name="text">Answers the string of a number.</param>
    /// <param name="source">The file that its places are in.</param>
    public static SchemaValue Read(ref CacheCursor cursor, Func<int, string> text, SourceText source)
    {
        int last = 0;
        return Read(ref cursor, text, source, ref last);
    }

    private static void Write(SchemaValue value, CacheBuffer target, CacheStrings strings, ref int last)
    {
        byte kind = KindOf(value);
        bool hasSpan = value.Span.Source is not null;
        target.Add((byte)(kind | (hasSpan ? HasSpan : 0)));
        if (hasSpan)
            WriteSpan(value.Span, target, ref last);
        switch (value)
        {
            case SchemaInteger integer when kind == Small:
                target.AddSigned((long)integer.Value);
                break;
            case SchemaInteger integer:
                Span<byte> wide = stackalloc byte[16];
                BinaryPrimitives.WriteInt128LittleEndian(wide, integer.Value);
                target.Add(wide);
                break;
            case SchemaFloat real:
                Span<byte> bits = stackalloc byte[sizeof(double)];
                BinaryPrimitives.WriteDoubleLittleEndian(bits, real.Value);
                target.Add(bits);
                break;
            case SchemaString chars:
                target.AddNumber(strings.NumberOf(chars.Value));
                break;
            case SchemaTimestamp date:
                target.AddNumber(strings.NumberOf(date.Text));
                break;
            case SchemaArray list:
                target.AddNumber((ulong)list.Items.Count);
                foreach (SchemaValue item in list.Items)
                    Write(item, target, strings, ref last);
                break;
            case SchemaObject mapping:
                target.AddNumber((ulong)mapping.Count);
                foreach (SchemaEntry entry in mapping.Entries)
                {
                    bool keyHasSpan = entry.KeySpan.Source is not null;
                    target.AddNumber(((ulong)strings.NumberOf(entry.Key) << 1) | (keyHasSpan ? 1UL : 0));
                    if (keyHasSpan)
                        WriteSpan(entry.KeySpan, target, ref last);
                    Write(entry.Value, target, strings, ref last);
                }
                break;
        }
    }

    private static SchemaValue Read(ref CacheCursor cursor, Func<int, string> text, SourceText source, ref int last)
    {
        byte kind = cursor.Next();
        SourceSpan span = (kind & HasSpan) != 0 ? ReadSpan(ref cursor, source, ref last) : default;
        switch (kind & ~HasSpan)
        {
            case Null:
                return new SchemaNull(span);
            case False or True:
                return new SchemaBoolean((kind & ~HasSpan) == True, span);
            case Small:
                return new SchemaInteger(cursor.Signed(), span);
            case Wide:
                return new SchemaInteger(cursor.Wide(), span);
            case Real:
                return new SchemaFloat(cursor.Real(), span);
            case Text:
                return new SchemaString(text(cursor.Count()), span);
            case Date:
                return new SchemaTimestamp(text(cursor.Count()), span);
            case List:
                var items = new SchemaValue[cursor.Count()];
                for (int i = 0; i < items.Length; i++)
                    items[i] = Read(ref cursor, text, source, ref last);
                return new SchemaArray(items, span);
            case Mapping:
                var entries = new SchemaEntry[cursor.Count()];
                for (int i = 0; i < entries.Length; i++)
                {
                    int key = cursor.Count();
                    SourceSpan keySpan = (key & 1) != 0 ? ReadSpan(ref cursor, source, ref last) : default;
                    entries[i] = new(text(key >> 1), keySpan, Read(ref cursor, text, source, ref last));
                }
                return SchemaObject.OfDistinct(entries, span);
            default:
                throw new InvalidDataException($"no value has kind {kind}");
        }
    }

    /// <summary>Places are written as the way from the last one, which is near.</summary>
    private static void WriteSpan(SourceSpan span, CacheBuffer target, ref int last)
    {
        target.AddSigned(span.Start - last);
        target.AddNumber((ulong)span.Length);
        last = span.Start;
    }

    private static SourceSpan ReadSpan(ref CacheCursor cursor, SourceText source, ref int last)
    {
        last += (int)cursor.Signed();
        return source.Span(last, last + cursor.Count());
    }

    private static byte KindOf(SchemaValue value) => value switch
    {
        SchemaBoolean boolean => boolean.Value ? True : False,
        SchemaInteger { Value: var number } => number >= long.MinValue && number <= long.MaxValue ? Small : Wide,
        SchemaFloat => Real,
        SchemaString => Text,
        SchemaTimestamp => Date,
        SchemaArray => List,
        SchemaObject => Mapping,
        _ => Null,
    };
}
