using Devicetree.Text.Diagnostics;

namespace Devicetree.Schema.Decoding.Splitting;

/// <summary>
/// What the splitting of rows needs to know of the whole tree. Belongs to one tree, so nothing of one file reaches another.
/// </summary>
/// <param name="types">The types.</param>
/// <param name="problems">Takes what cannot be split.</param>
internal sealed class SplitContext(PropertyTypeTable types, List<DecodeProblem> problems)
{
    private readonly Dictionary<Int128, DecodedNode> _byPhandle = [];

    public PropertyTypeTable Types { get; } = types;

    /// <summary>Where fixups of an overlay say that a cell is a phandle: <c>path:property:offset</c>.</summary>
    public HashSet<string> PhandlePlaces { get; } = new(StringComparer.Ordinal);

    /// <summary>Notes the phandle of a node.</summary>
    public void Note(DecodedNode node)
    {
        if (node[PropertyNames.Phandle] is DecodedInteger phandle)
            _byPhandle[phandle.Value] = node;
    }

    /// <summary>The node with a phandle, null when there is none.</summary>
    public DecodedNode? Find(Int128 phandle) => _byPhandle.GetValueOrDefault(phandle);

    /// <summary>The value of a <c>#…-cells</c> property: 0 when it is absent or no number.</summary>
    public static long Cells(DecodedNode node, in EntryName name) =>
        node.Find(name) is DecodedInteger cells && cells.Value >= 0 && cells.Value <= uint.MaxValue ? (long)cells.Value : 0;

    /// <summary>Reports what cannot be split.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="path">The path of the node, empty for the root.</param>
    /// <param name="property">The property.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="isSilent">Whether the original goes on without a word.</param>
    public void Report(DiagnosticRule rule, string path, string property, string message, bool isSilent = false) =>
        problems.Add(new(rule, path.Length == 0 ? "/" : path, property, message) { IsSilentInOriginal = isSilent });

    /// <summary>Reports a phandle that no node has.</summary>
    public void ReportDangling(string path, string property, Int128 phandle, bool isSilent = false) =>
        Report(DecodeRules.DanglingPhandle, path, property, $"no node has the phandle {phandle}", isSilent);
}
