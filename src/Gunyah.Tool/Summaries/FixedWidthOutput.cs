using System.Text;
using Spectre.Console;

namespace Gunyah.Tool.Summaries;

/// <summary>An output whose width the caller says, so that nothing asks the process's own console.</summary>
internal sealed class FixedWidthOutput(TextWriter writer, int width) : IAnsiConsoleOutput
{
    /// <inheritdoc/>
    public TextWriter Writer => writer;

    /// <inheritdoc/>
    public bool IsTerminal => false;

    /// <inheritdoc/>
    public int Width => width;

    /// <inheritdoc/>
    public int Height => int.MaxValue;

    /// <inheritdoc/>
    public void SetEncoding(Encoding encoding)
    {
        // The writer has the encoding that it has.
    }
}
