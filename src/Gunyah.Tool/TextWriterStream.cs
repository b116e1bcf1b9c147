using System.Text;
using Devicetree.Text.Programs;

namespace Gunyah.Tool;

/// <summary>A stream of UTF-8 text into a writer. What is written in one piece holds whole characters.</summary>
/// <param name="writer">Takes the text; stays open.</param>
internal sealed class TextWriterStream(TextWriter writer) : OneWayStream
{
    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer) => writer.Write(Encoding.UTF8.GetString(buffer));

    /// <inheritdoc/>
    public override void Flush() => writer.Flush();
}
