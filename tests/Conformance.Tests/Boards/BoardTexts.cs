using System.Text;
using Devicetree.Source.Preprocessing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Conformance.Tests.Boards;

/// <summary>
/// The boards of an architecture through our preprocessor, with line markers: byte for byte what cpp writes, as
/// <see cref="Preprocessing.CppTests"/> holds. No process is started. May be used by several threads.
/// </summary>
/// <param name="architecture">The architecture.</param>
internal sealed class BoardTexts(string architecture)
{
    private readonly PreprocessorOptions _options = new()
    {
        EmitLineMarkers = true,
        IncludeDirectories = [.. KernelCorpus.IncludeDirectories(architecture)],
        Files = new DiskIncludeFiles(),
        Cache = new(),
    };

    /// <summary>The text of a board; null where it is refused.</summary>
    /// <param name="board">The board's file.</param>
    /// <param name="diagnostics">Why it is refused.</param>
    public byte[]? Of(string board, out string diagnostics)
    {
        var bag = new DiagnosticBag();
        PreprocessedSource? made = Preprocessor.Run(new SourceText(board, File.ReadAllBytes(board)), _options, bag);
        diagnostics = string.Join('\n', bag.Items.Select(item => item.Render()));
        return made?.Text.Bytes.ToArray();
    }

    /// <summary>The digest of a text.</summary>
    public static string DigestOf(byte[]? text) =>
        text is null ? BoardAnswers.Digest() : BoardAnswers.Digest(BoardAnswers.Neutral(Encoding.Latin1.GetString(text)));
}
