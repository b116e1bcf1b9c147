using System.Text;

namespace Devicetree.Formatting;

/// <summary>Moves a comment of several lines to another column, as a block.</summary>
internal static class CommentLayout
{
    /// <summary>The lines of a comment; the first without its indentation, which is there already.</summary>
    /// <param name="text">The comment.</param>
    /// <param name="from">The column at which it stood.</param>
    /// <param name="to">The column at which it will stand.</param>
    public static string[] Lines(string text, int from, int to)
    {
        string[] lines = text.Split('\n');
        for (int i = 1; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd();
            string content = line.TrimStart();
            if (content.Length == 0)
            {
                lines[i] = "";
                continue;
            }
            int was = Columns.WidthOf(new StringBuilder(line[..^content.Length]));
            // Stars stand below the star of the first line.
            int column = content[0] == '*' ? to + 1 : Math.Max(0, to + was - from);
            var moved = new StringBuilder();
            Columns.Indent(moved, column);
            lines[i] = moved.Append(content).ToString();
        }
        lines[0] = lines[0].TrimEnd();
        return lines;
    }
}
