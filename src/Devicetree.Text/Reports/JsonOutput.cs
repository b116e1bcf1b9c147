using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Devicetree.Text.Reports;

/// <summary>Lets a JSON writer end in a text writer, piece by piece.</summary>
internal sealed class JsonOutput
{
    private static readonly JsonWriterOptions _options = new()
    {
        Indented = true,
        // A tree may be some thousand nodes deep, each of which is an object in a list.
        MaxDepth = 16 * 1024,
        // A report is a file, not a part of a page: quotes and brackets may stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly TextWriter _output;

    /// <param name="output">Where the text goes.</param>
    public JsonOutput(TextWriter output)
    {
        _output = output;
        Json = new(_buffer, _options);
    }

    /// <summary>The writer. What it has written goes on with <see cref="Pass"/>.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>Hands on what has been written so far.</summary>
    public void Pass()
    {
        Json.Flush();
        _output.Write(Encoding.UTF8.GetString(_buffer.WrittenSpan));
        _buffer.ResetWrittenCount();
    }

    /// <summary>Hands on the rest and ends the last line.</summary>
    public void End()
    {
        Pass();
        _output.WriteLine();
        Json.Dispose();
    }
}
