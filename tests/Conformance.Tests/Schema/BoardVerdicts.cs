using System.Collections.Concurrent;
using Conformance.Tests.Boards;
using Devicetree;
using Devicetree.Flattened;
using Devicetree.Schema.Decoding.Trees;
using Devicetree.Schema.Findings;
using Devicetree.Schema.Findings.Python;
using Devicetree.Schema.Processing;
using Devicetree.Schema.Validation.Bindings;
using Devicetree.Schema.Validation.Compilation;

namespace Conformance.Tests.Schema;

/// <summary>
/// What is found in the kernel's boards with one set of core schemas, each board once however many tests ask. May be used by
/// several threads.
/// </summary>
/// <param name="schemas">The kernel's bindings processed with the core schemas.</param>
internal sealed class BoardVerdicts(ProcessedSchemas schemas)
{
    /// <summary>How the original treats references that lead nowhere.</summary>
    private static readonly SchemaCompilerOptions _original = new() { MissingSchemasForbid = true };

    private static readonly Lazy<BoardBlobs> _blobs = new(() => new());

    private readonly BindingValidator _validator = new(schemas, _original);
    private readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<string>>> _found = new(StringComparer.Ordinal);

    /// <summary>What a board's blob is called in the reference.</summary>
    /// <param name="board">The board's file.</param>
    public static string NameOf(string board) =>
        Path.ChangeExtension(Path.GetRelativePath(KernelCorpus.Source!, board).Replace('/', '_'), ".dtb");

    /// <summary>The findings in boards, by the names of their blobs.</summary>
    /// <param name="boards">The boards' files.</param>
    public Dictionary<string, IReadOnlyList<string>> Of(IEnumerable<string> boards) => boards.AsParallel()
        .Select(board => KeyValuePair.Create(NameOf(board), Of(board))).ToDictionary(StringComparer.Ordinal);

    /// <summary>The findings in a board, in the original's words.</summary>
    /// <param name="board">The board's file.</param>
    public IReadOnlyList<string> Of(string board) => _found.GetOrAdd(board, file =>
        new(() => BoardFindings.Split(Check(NameOf(file), _blobs.Value.Compile(file), _validator)))).Value;

    /// <summary>What our dt-validate prints for a blob.</summary>
    /// <param name="name">What the blob is called.</param>
    /// <param name="blob">The blob.</param>
    /// <param name="validator">The bindings.</param>
    public static string Check(string name, ReadOnlyMemory<byte> blob, BindingValidator validator)
    {
        Assert.True(FdtReader.TryRead(blob, out Tree? tree, out FdtError? error), $"{name}: {error}");
        var text = new OriginalText(name, verbose: false);
        var lines = new System.Text.StringBuilder();
        new TreeCheck(validator, new()).Run(TreeDecoder.Decode(tree, validator.Types),
            finding => lines.Append(text.Of(finding)).Append('\n'));
        return lines.ToString();
    }
}
