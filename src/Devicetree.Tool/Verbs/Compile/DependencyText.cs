using System.Text;

namespace Devicetree.Tool.Verbs.Compile;

/// <summary>A rule for make that names the files that an output was made from.</summary>
internal static class DependencyText
{
    /// <summary>The text.</summary>
    /// <param name="output">The output.</param>
    /// <param name="files">The source and what it includes.</param>
    public static byte[] Of(string output, IEnumerable<string> files)
    {
        var text = new StringBuilder();
        Append(text, output);
        text.Append(':');
        foreach (string file in files.Distinct(StringComparer.Ordinal))
            Append(text.Append(' '), file);
        return Encoding.UTF8.GetBytes(text.Append('\n').ToString());
    }

    /// <summary>What make would take for something else gets its escape.</summary>
    private static void Append(StringBuilder text, string path)
    {
        foreach (char c in path)
        {
            if (c is ' ' or '#')
                text.Append('\\');
            else if (c == '$')
                text.Append('$');
            text.Append(c);
        }
    }
}
