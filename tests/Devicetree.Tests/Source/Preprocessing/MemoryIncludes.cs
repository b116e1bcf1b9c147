using System.Text;
using Devicetree.Source.Preprocessing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.Source.Preprocessing;

/// <summary>Included files that exist only in a test. Counts how often each path was asked for.</summary>
internal sealed class MemoryIncludes : Dictionary<string, string>, IIncludeFiles
{
    public Dictionary<string, int> Asked { get; } = [];

    public IncludeLookup Read(string path, int maxLength, out ReadOnlyMemory<byte> bytes, out string reason)
    {
        lock (Asked)
            Asked[path] = Asked.GetValueOrDefault(path) + 1;
        bytes = default;
        reason = "";
        if (!TryGetValue(path, out string? text))
            return IncludeLookup.Missing;
        if (text.Length > maxLength)
        {
            reason = "it is too long";
            return IncludeLookup.Refused;
        }
        bytes = Encoding.UTF8.GetBytes(text);
        return IncludeLookup.Read;
    }
}

/// <summary>Preprocesses text for tests.</summary>
internal static class Cpp
{
    /// <summary>Preprocesses a text named <c>t.dts</c>; null when it is refused.</summary>
    public static PreprocessedSource? Run(string text, out DiagnosticBag diagnostics, PreprocessorOptions? options = null)
    {
        diagnostics = new();
        return Preprocessor.Run(new SourceText("t.dts", text), options ?? new(), diagnostics);
    }

    /// <summary>The lines of what must be accepted, the empty ones left out.</summary>
    public static string Lines(string text, PreprocessorOptions? options = null)
    {
        PreprocessedSource? made = Run(text, out DiagnosticBag diagnostics, options);
        Assert.True(made is not null, string.Join('\n', diagnostics.Items.Select(item => item.Render())));
        return PreprocessorCase.LinesOf(made.Text.Bytes.Span);
    }

    /// <summary>What is said of a text that is refused, as <c>path:line:column ID</c>.</summary>
    public static string[] Errors(string text, PreprocessorOptions? options = null)
    {
        Assert.Null(Run(text, out DiagnosticBag diagnostics, options));
        return [.. diagnostics.Items.Select(item => $"{item.Span.Location} {item.Rule.Id}")];
    }
}
