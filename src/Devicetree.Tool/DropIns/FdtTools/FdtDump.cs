using System.Buffers.Binary;
using Devicetree.Compatibility;
using Devicetree.Flattened;

namespace Devicetree.Tool.DropIns.FdtTools;

/// <summary>The fields of a header, unchecked.</summary>
internal readonly ref struct FdtDumpHeader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public uint Magic => FdtDump.Word(_bytes, 0);

    public uint TotalSize => FdtDump.Word(_bytes, 4);

    public uint StructOffset => FdtDump.Word(_bytes, 8);

    public uint StringsOffset => FdtDump.Word(_bytes, 12);

    public uint ReservationsOffset => FdtDump.Word(_bytes, 16);

    public uint Version => FdtDump.Word(_bytes, 20);

    public uint LastCompatible => FdtDump.Word(_bytes, 24);

    public uint BootCpu => FdtDump.Word(_bytes, 28);

    public uint StringsSize => FdtDump.Word(_bytes, 32);

    public uint StructSize => FdtDump.Word(_bytes, 36);
}

/// <summary>
/// Prints a blob tag by tag, without any of the library's checks: this is the tool for blobs that nothing else reads. Where the
/// original reads behind the end of the file, this one stops with a message.
/// </summary>
/// <param name="bytes">The file.</param>
/// <param name="start">Where in it the blob starts. Alignment counts from the start of the file.</param>
/// <param name="debug">Whether the place of everything is told.</param>
/// <param name="console">Where to.</param>
/// <param name="endsAtUnknownTag">See <see cref="DtcChanges.DumpEndsAtUnknownTag"/>.</param>
internal sealed class FdtDump(byte[] bytes, int start, bool debug, FdtConsole console, bool endsAtUnknownTag)
{
    private const int Indent = 4;

    private readonly FdtText _text = console.Output;
    private int _at;
    private int _depth;

    public static uint Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);

    /// <summary>Prints all of it.</summary>
    /// <returns>The exit code.</returns>
    public int Print(string file)
    {
        var header = new FdtDumpHeader(bytes.AsSpan(start));
        PrintHeader(header);
        if (!PrintReservations(start + (long)header.ReservationsOffset))
            return console.Fatal($"{file}: the reservations have no end inside of the file");
        _at = start + (int)header.StructOffset;
        int strings = start + (int)header.StringsOffset;
        while (true)
        {
            if (!TryWord(out uint tag))
                return console.Fatal($"{file}: the structure block has no end inside of the file");
            if ((FdtTag)tag == FdtTag.End)
                return 0;
            if (debug)
                AddPlace(_at - sizeof(uint)).Add(": tag: 0x").AddHex(tag, 8).Add(" (").Add(NameOf(tag)).Add(")\n");
            switch ((FdtTag)tag)
            {
                case FdtTag.BeginNode:
                    if (!TryText(_at, out ReadOnlySpan<byte> name))
                        return console.Fatal($"{file}: the name of a node has no end inside of the file");
                    AddIndent().Add(name.IsEmpty ? "/"u8 : name).Add(" {\n");
                    _at = Aligned(_at + name.Length + 1, sizeof(uint));
                    _depth++;
                    break;
                case FdtTag.EndNode:
                    _depth--;
                    AddIndent().Add("};\n");
                    break;
                case FdtTag.Property:
                    if (!TryPrintProperty(strings, header.Version))
                        return console.Fatal($"{file}: a property is not inside of the file");
                    break;
                case FdtTag.Nop:
                    AddIndent().Add("// [NOP]\n");
                    break;
                default:
                    if (endsAtUnknownTag)
                        return console.Fatal($"** Unknown tag 0x{tag:x8}");
                    console.Error.AddSpaces(Math.Abs(_depth) * Indent).Add(" ** Unknown tag 0x").AddHex(tag, 8).Add('\n');
                    return 0;
            }
        }
    }

    private void PrintHeader(FdtDumpHeader header)
    {
        _text.Add("/dts-v1/;\n");
        Field("magic:\t\t", header.Magic);
        _text.Add("// totalsize:\t\t0x").AddHex(header.TotalSize).Add(" (").AddDecimal(header.TotalSize).Add(")\n");
        Field("off_dt_struct:\t", header.StructOffset);
        Field("off_dt_strings:\t", header.StringsOffset);
        Field("off_mem_rsvmap:\t", header.ReservationsOffset);
        _text.Add("// version:\t\t").AddDecimal(header.Version).Add('\n');
        _text.Add("// last_comp_version:\t").AddDecimal(header.LastCompatible).Add('\n');
        if (header.Version >= 2)
            Field("boot_cpuid_phys:\t", header.BootCpu);
        if (header.Version >= 3)
            Field("size_dt_strings:\t", header.StringsSize);
        if (header.Version >= 17)
            Field("size_dt_struct:\t", header.StructSize);
        _text.Add('\n');

        void Field(string name, uint value) => _text.Add("// ").Add(name).Add("0x").AddHex(value).Add('\n');
    }

    private bool PrintReservations(long at)
    {
        for (; at + 16 <= bytes.Length; at += 16)
        {
            ulong address = BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan((int)at));
            ulong size = BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan((int)at + sizeof(ulong)));
            if (address == 0 && size == 0)
                return true;
            _text.Add("/memreserve/ ");
            AddAlternate(address).Add(' ');
            AddAlternate(size).Add(";\n");
        }
        return false;
    }

    private bool TryPrintProperty(int strings, uint version)
    {
        if (!TryWord(out uint length) || !TryWord(out uint nameOffset) || length > int.MaxValue)
            return false;
        if (!TryText(strings + (long)nameOffset, out ReadOnlySpan<byte> name))
            return false;
        int value = version < 16 && length >= 8 ? Aligned(_at, 8) : _at;
        if (value + (long)length > bytes.Length)
            return false;
        _at = Aligned(value + (int)length, sizeof(uint));
        if (debug)
        {
            AddPlace(strings + (int)nameOffset).Add(": string: ").Add(name).Add('\n');
            AddPlace(value).Add(": value\n");
        }
        AddIndent().Add(name);
        PrintValue(bytes.AsSpan(value, (int)length));
        _text.Add(";\n");
        return true;
    }

    private void PrintValue(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
            return;
        _text.Add(" = ");
        if (FdtValueText.IsPrintable(value))
        {
            for (int from = 0; from < value.Length;)
            {
                int length = value[from..].IndexOf((byte)0);
                _text.Add(from == 0 ? "\"" : ", \"").Add(value.Slice(from, length)).Add('"');
                from += length + 1;
            }
        }
        else if (value.Length % sizeof(uint) == 0)
        {
            for (int at = 0; at < value.Length; at += sizeof(uint))
                _text.Add(at == 0 ? "<0x" : " 0x").AddHex(Word(value, at), 8);
            _text.Add('>');
        }
        else
        {
            for (int at = 0; at < value.Length; at++)
                _text.Add(at == 0 ? '[' : ' ').AddHex(value[at], 2);
            _text.Add(']');
        }
    }

    private bool TryWord(out uint word)
    {
        word = 0;
        if (_at > bytes.Length - sizeof(uint))
            return false;
        word = Word(bytes, _at);
        _at += sizeof(uint);
        return true;
    }

    private bool TryText(long at, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (at >= bytes.Length)
            return false;
        text = bytes.AsSpan((int)at);
        int end = text.IndexOf((byte)0);
        text = end < 0 ? default : text[..end];
        return end >= 0;
    }

    /// <summary>
    /// Spaces for the depth; as many when more nodes ended than began, since C's <c>%*s</c> takes a negative width so.
    /// </summary>
    private FdtText AddIndent() => _text.AddSpaces(Math.Abs(_depth) * Indent);

    private FdtText AddPlace(int at) => _text.Add("// ").AddHex((uint)(at - start), 4);

    /// <summary>A number as C's <c>%#x</c> prints it.</summary>
    private FdtText AddAlternate(ulong value) => value == 0 ? _text.Add('0') : _text.Add("0x").AddHex(value);

    private static int Aligned(int at, int boundary) => (at + boundary - 1) & -boundary;

    private static string NameOf(uint tag) => (FdtTag)tag switch
    {
        FdtTag.BeginNode => "FDT_BEGIN_NODE",
        FdtTag.EndNode => "FDT_END_NODE",
        FdtTag.Property => "FDT_PROP",
        FdtTag.Nop => "FDT_NOP",
        FdtTag.End => "FDT_END",
        _ => "FDT_???",
    };
}
