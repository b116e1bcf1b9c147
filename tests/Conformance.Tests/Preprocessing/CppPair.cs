using System.Text;
using Conformance.Tests.Tools;
using Devicetree.Source.Preprocessing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Conformance.Tests.Preprocessing;

/// <summary>GCC's cpp and our preprocessor, given the same files.</summary>
internal static class CppPair
{
    /// <summary>Tests that start a program for each of many inputs use this.</summary>
    public static readonly ParallelOptions OneEachCore = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    /// <summary>As the kernel's makefiles call it; more may follow.</summary>
    private static readonly string[] _options = ["-nostdinc", "-undef", "-D__DTS__", "-x", "assembler-with-cpp"];

    /// <summary>What cpp writes for a file; null when it refuses it.</summary>
    /// <param name="source">The path of the file.</param>
    /// <param name="output">Where cpp writes.</param>
    /// <param name="more">More options.</param>
    public static byte[]? Theirs(string source, string output, params string[] more) =>
        ExternalTool.Start("cpp", [.. _options, .. more, source, output]).ExitCode == 0 ? File.ReadAllBytes(output) : null;

    /// <summary>What we write for a file; null when we refuse it.</summary>
    public static byte[]? Ours(string source, PreprocessorOptions options, out string diagnostics)
    {
        var bag = new DiagnosticBag();
        PreprocessedSource? made = Preprocessor.Run(new SourceText(source, File.ReadAllBytes(source)), options, bag);
        diagnostics = string.Join('\n', bag.Items.Select(item => item.Render()));
        return made?.Text.Bytes.ToArray();
    }

    /// <summary>How two texts differ: their first lines that are not equal; null when they are equal.</summary>
    public static string? Difference(byte[]? theirs, byte[]? ours)
    {
        if (theirs is null || ours is null)
            return theirs == ours ? null : $"{(theirs is null ? "cpp" : "ours")} refuses it, the other does not";
        if (theirs.AsSpan().SequenceEqual(ours))
            return null;
        string[] left = Encoding.Latin1.GetString(theirs).Split('\n'), right = Encoding.Latin1.GetString(ours).Split('\n');
        int line = 0;
        while (line < left.Length && line < right.Length && left[line] == right[line])
            line++;
        return $"line {line + 1}\n cpp: {left.ElementAtOrDefault(line)}\nours: {right.ElementAtOrDefault(line)}";
    }
}
