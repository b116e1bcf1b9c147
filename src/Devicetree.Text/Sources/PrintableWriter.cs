using System.Text;

namespace Devicetree.Text.Sources;

/// <summary>Writes lines for people: what is in them cannot steer a terminal (<see cref="PrintableText"/>).</summary>
/// <param name="inner">Takes the lines; not closed.</param>
internal sealed class PrintableWriter(TextWriter inner) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value)
    {
        if (value == '\n')
            inner.Write(value);
        else
            inner.Write(PrintableText.Of(value.ToString()));
    }

    /// <inheritdoc/>
    public override void Write(string? value) => inner.Write(PrintableText.Of(value ?? ""));

    /// <inheritdoc/>
    public override void WriteLine() => inner.WriteLine();

    /// <inheritdoc/>
    public override void WriteLine(string? value) => inner.WriteLine(PrintableText.Of(value ?? ""));

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();
}
