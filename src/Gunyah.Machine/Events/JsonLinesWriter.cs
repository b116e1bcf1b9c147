using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Gunyah.Abi.Events;

namespace Gunyah.Machine.Events;

/// <summary>
/// Writes events as JSON lines: <c>sequence</c>, <c>time</c> (ns), <c>event</c>, <c>vm</c>, <c>vcpu</c>, then the values and the
/// text under the names of <see cref="EventTable"/>, then <c>data</c> in hexadecimal digits. Numbers that the table shows in
/// hexadecimal are strings, since they may need all 64 bits. The same events give the same bytes. The blobs of devicetree
/// events are left out: a dump holds them.
/// </summary>
public sealed class JsonLinesWriter : IEventReader, IDisposable
{
    private const int FlushThreshold = 64 * 1024;

    private static readonly ImmutableArray<Names> _rowNames = [.. EventTable.Rows.Select(static row => new Names(row))];

    private readonly Stream _output;
    private readonly ArrayBufferWriter<byte> _buffer = new(2 * FlushThreshold);
    private readonly Utf8JsonWriter _json;

    /// <summary>Writes to a stream.</summary>
    /// <param name="output">Takes the lines; stays open.</param>
    /// <param name="wanted">The kinds to write, as <see cref="IEventReader.Wanted"/>.</param>
    public JsonLinesWriter(Stream output, ulong wanted)
    {
        _output = output;
        Wanted = wanted;
        _json = new Utf8JsonWriter(_buffer);
    }

    /// <inheritdoc/>
    public ulong Wanted { get; }

    /// <summary>
    /// What went wrong with the output, or null. After a failure nothing more is written; the machine is not disturbed.
    /// </summary>
    public IOException? Failure { get; private set; }

    /// <inheritdoc/>
    public void Read(in GunyahEvent e)
    {
        if (Failure is not null)
            return;

        Write(in e);
        if (_buffer.WrittenCount >= FlushThreshold)
            Flush();
    }

    /// <summary>Hands what was collected to the stream.</summary>
    public void Flush()
    {
        if (Failure is not null)
            return;

        try
        {
            _output.Write(_buffer.WrittenSpan);
            _output.Flush();
        }
        catch (IOException failure)
        {
            Failure = failure;
        }

        _buffer.ResetWrittenCount();
    }

    /// <summary>Flushes.</summary>
    public void Dispose()
    {
        Flush();
        _json.Dispose();
    }

    private void Write(in GunyahEvent e)
    {
        EventRow row = EventTable.Row(e.Kind);
        Names names = _rowNames[(int)e.Kind];
        _json.Reset(_buffer);
        _json.WriteStartObject();
        _json.WriteNumber("sequence"u8, e.Sequence);
        _json.WriteNumber("time"u8, e.Time);
        _json.WriteString("event"u8, names.Kind);
        _json.WriteNumber("vm"u8, e.Vmid);
        _json.WriteNumber("vcpu"u8, e.Vcpu);
        for (int i = 0; i < row.Values.Length; i++)
            WriteValue(names.Values[i], e.Values.At(i), row.Values[i].Format);
        if (names.Text is { } textName && e.Text is not null)
            _json.WriteString(textName, e.Text);
        if (!e.Data.IsEmpty && e.Kind != EventKind.Devicetree)
            WriteData(e.Data.Span);
        _json.WriteEndObject();
        _json.Flush();
        _buffer.Write("\n"u8);
    }

    private void WriteValue(JsonEncodedText name, ulong value, EventValueFormat format)
    {
        if (EventValueText.Name(value, format) is { } text)
        {
            _json.WriteString(name, text);
        }
        else if (format == EventValueFormat.Hex)
        {
            Span<byte> digits = stackalloc byte[2 + 16];
            "0x"u8.CopyTo(digits);
            value.TryFormat(digits[2..], out int length, "x", CultureInfo.InvariantCulture);
            _json.WriteString(name, digits[..(2 + length)]);
        }
        else
        {
            _json.WriteNumber(name, value);
        }
    }

    private void WriteData(ReadOnlySpan<byte> data)
    {
        byte[] digits = ArrayPool<byte>.Shared.Rent(2 * data.Length);
        Convert.TryToHexStringLower(data, digits, out int length);
        _json.WriteString("data"u8, digits.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(digits);
    }

    /// <summary>The names of a row, encoded once.</summary>
    private sealed class Names(EventRow row)
    {
        public JsonEncodedText Kind { get; } = JsonEncodedText.Encode(row.Name);

        public ImmutableArray<JsonEncodedText> Values { get; } =
            [.. row.Values.Select(static v => JsonEncodedText.Encode(v.Name))];

        public JsonEncodedText? Text { get; } = row.Text is null ? null : JsonEncodedText.Encode(row.Text);
    }
}
