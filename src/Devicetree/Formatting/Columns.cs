using System.Text;

namespace Devicetree.Formatting;

/// <summary>Columns as an editor shows them, with tabs of eight.</summary>
internal static class Columns
{
    public const int Tab = 8;

    public static int WidthOf(StringBuilder line)
    {
        int column = 0;
        foreach (ReadOnlyMemory<char> chunk in line.GetChunks())
        {
            foreach (char c in chunk.Span)
                column = c == '\t' ? (column / Tab + 1) * Tab : column + 1;
        }
        return column;
    }

    /// <summary>Writes tabs, then spaces, up to a column.</summary>
    public static void Indent(StringBuilder line, int column) => line.Append('\t', column / Tab).Append(' ', column % Tab);
}
