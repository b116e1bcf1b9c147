using System.Globalization;
using System.Text;
using Devicetree.Schema.Model;

namespace Devicetree.Schema.Loading;

/// <summary>
/// Writes JSON as Python's <c>json.dump</c> does with an indentation: byte for byte, so that files can be compared. Keys are
/// written in the order of the values.
/// </summary>
/// <param name="stream">Takes the text.</param>
/// <param name="indentation">Spaces for each level.</param>
internal sealed class PythonJsonWriter(Stream stream, int indentation = 4) : IDisposable
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _length;

    /// <summary>Writes a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="depth">How many collections it is in.</param>
    public void Write(SchemaValue value, int depth)
    {
        switch (value)
        {
            case SchemaObject mapping:
                Write(mapping, depth);
                break;
            case SchemaArray { Items: var items }:
                for (int i = 0; i < items.Count; i++)
                {
                    Raw(i == 0 ? "["u8 : ","u8);
                    NewLine(depth + 1);
                    Write(items[i], depth + 1);
                }
                if (items.Count == 0)
                    Raw("["u8);
                else
                    NewLine(depth);
                Raw("]"u8);
                break;
            case SchemaString text:
                Quoted(text.Value);
                break;
            case SchemaInteger number:
                Ascii(number.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case SchemaBoolean boolean:
                Raw(boolean.Value ? "true"u8 : "false"u8);
                break;
            case SchemaFloat real:
                Ascii(Text(real.Value));
                break;
            case SchemaTimestamp date:
                Quoted(date.Text);
                break;
            default:
                Raw("null"u8);
                break;
        }
    }

    /// <summary>Writes what has not been written yet.</summary>
    public void Dispose() => Flush();

    /// <summary>A number as Python's <c>repr</c> writes it.</summary>
    private static string Text(double value)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        string text = value.ToString("E16", CultureInfo.InvariantCulture);
        int exponent = int.Parse(text.AsSpan(text.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture);
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        if (value != 0 && exponent is < -4 or >= 16)
            return Scientific(shortest, exponent);
        if (shortest.Contains('E', StringComparison.Ordinal))
            shortest = ((decimal)value).ToString(CultureInfo.InvariantCulture);
        return shortest.Contains('.', StringComparison.Ordinal) ? shortest : shortest + ".0";
    }

    private static string Scientific(string shortest, int exponent)
    {
        int end = shortest.IndexOf('E', StringComparison.Ordinal);
        string digits = (end < 0 ? shortest : shortest[..end]).Replace(".", "", StringComparison.Ordinal);
        string sign = digits.StartsWith('-') ? "-" : "";
        digits = digits.TrimStart('-').TrimStart('0').TrimEnd('0');
        string fraction = digits.Length > 1 ? "." + digits[1..] : "";
        return $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    private void Write(SchemaObject mapping, int depth)
    {
        for (int i = 0; i < mapping.Count; i++)
        {
            Raw(i == 0 ? "{"u8 : ","u8);
            NewLine(depth + 1);
            Quoted(mapping.Entries[i].Key);
            Raw(": "u8);
            Write(mapping.Entries[i].Value, depth + 1);
        }
        if (mapping.Count == 0)
            Raw("{"u8);
        else
            NewLine(depth);
        Raw("}"u8);
    }

    private void NewLine(int depth)
    {
        Raw("\n"u8);
        for (int i = 0; i < depth * indentation; i++)
            Raw(" "u8);
    }

    private void Quoted(string text)
    {
        Raw("\""u8);
        foreach (char c in text)
        {
            switch (c)
            {
                case '"':
                    Raw("\\\""u8);
                    break;
                case '\\':
                    Raw("\\\\"u8);
                    break;
                case '\n':
                    Raw("\\n"u8);
                    break;
                case '\r':
                    Raw("\\r"u8);
                    break;
                case '\t':
                    Raw("\\t"u8);
                    break;
                case '\b':
                    Raw("\\b"u8);
                    break;
                case '\f':
                    Raw("\\f"u8);
                    break;
                case >= ' ' and <= '~':
                    Raw([(byte)c]);
                    break;
                default:
                    Ascii($"\\u{(int)c:x4}");
                    break;
            }
        }
        Raw("\""u8);
    }

    private void Ascii(string text)
    {
        Span<byte> bytes = stackalloc byte[text.Length];
        Encoding.ASCII.GetBytes(text, bytes);
        Raw(bytes);
    }

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _length)
            Flush();
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Flush()
    {
        stream.Write(_buffer, 0, _length);
        _length = 0;
    }
}
