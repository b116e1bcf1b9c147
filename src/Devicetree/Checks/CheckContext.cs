using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Devicetree.Compatibility;
using Devicetree.Live;

namespace Devicetree.Checks;

/// <summary>What a check works with: the tree, and where its findings go.</summary>
internal sealed class CheckContext(LiveTree tree, TreeIndex index, PhandleTable phandles, DtcVersion version, CheckOptions options, ICheckReporter reporter)
{
    /// <summary>More findings than anyone reads are not worth their text: some checks can find the square of what the source has.</summary>
    private const int MaxFindings = 100_000;

    private CheckRow _check = null!;
    private CheckLevels _levels;
    private int _left = MaxFindings;
    private int _errorsLeft = MaxFindings;

    public LiveTree Tree => tree;

    public TreeIndex Index => index;

    public PhandleTable Phandles => phandles;

    public CheckOptions Options => options;

    /// <summary>Whether the checks are those of a version that behaves as a change says.</summary>
    public bool Has(DtcChange change) => version.Has(change);

    /// <summary>Whether the check that runs has found something.</summary>
    public bool Failed { get; private set; }

    /// <summary>Whether something was found that stops dtc on the spot, so that there is no result at whatever level.</summary>
    public bool Refused { get; private set; }

    /// <summary>Whether something was found that is an error at whatever level.</summary>
    public bool HasHardErrors { get; private set; }

    /// <summary>Whether anyone reads what the check that runs finds.</summary>
    public bool IsWanted { get; private set; }

    public void Begin(CheckRow check, CheckLevels levels)
    {
        _check = check;
        _levels = levels;
        Failed = false;
        IsWanted = Wants(levels);
    }

    /// <summary>Says that the check which runs cannot, because another has not passed.</summary>
    public void MissPrerequisite(CheckRow check, CheckLevels levels, CheckRow needed)
    {
        if (Wants(levels))
            reporter.ReportPrerequisite(check, levels, needed);
    }

    /// <summary>Reports a finding about a node.</summary>
    public void Fail(int node, [InterpolatedStringHandlerArgument("")] CheckText text, string? remedy = null) => Fail(node, null, text, remedy);

    /// <summary>Reports a finding about a property, or about the node when it is null.</summary>
    /// <param name="node">The node.</param>
    /// <param name="property">The property.</param>
    /// <param name="text">dtc's text.</param>
    /// <param name="remedy">What to do about it, where that is not what the rule of the check says.</param>
    public void Fail(int node, LiveProperty? property, [InterpolatedStringHandlerArgument("")] CheckText text, string? remedy = null)
    {
        Failed = true;
        if (IsWanted)
            Report(_levels, index[node].Node, property, text.ToText(), null, remedy);
    }

    /// <summary>Reports a finding about a property for which dtc names another one, which then is a further place.</summary>
    /// <param name="node">The node.</param>
    /// <param name="property">The property that dtc names.</param>
    /// <param name="blamed">The property of the node that is wrong.</param>
    /// <param name="text">dtc's text.</param>
    /// <param name="remedy">What to do about it, where that is not what the rule of the check says.</param>
    public void FailElsewhere(
        int node, LiveProperty? property, LiveProperty blamed, [InterpolatedStringHandlerArgument("")] CheckText text, string? remedy = null)
    {
        Failed = true;
        if (IsWanted)
            Report(_levels, index[node].Node, property, text.ToText(), null, remedy, blamed);
    }

    /// <summary>
    /// Reports a finding for which our diagnostic has words of its own. The caller asks <see cref="IsWanted"/> first and calls
    /// <see cref="FailSilently"/> otherwise.
    /// </summary>
    public void Fail(LiveNode node, LiveProperty? property, string text, FindingWords words)
    {
        Failed = true;
        Report(_levels, node, property, text, words);
    }

    /// <summary>Notes that the check did not pass, without a finding.</summary>
    public void FailSilently() => Failed = true;

    /// <summary>True when no more findings are taken, so that looking for more is in vain.</summary>
    public bool IsExhausted => ((_levels & CheckLevels.Error) != 0 ? _errorsLeft : _left) == 0;

    /// <summary>
    /// The number in a property that must be one cell. dtc ends with a failed assertion where it is not, also when output is forced;
    /// here that is an error, at whatever level the check stands, and output can be forced.
    /// </summary>
    public uint? CellOf(int node, LiveProperty property)
    {
        if (property.Value.Length == sizeof(uint))
            return BinaryPrimitives.ReadUInt32BigEndian(property.Value.Bytes.Span);
        Failed = true;
        Refused = !options.Force;
        HasHardErrors = true;
        Report(CheckLevels.Error, index[node].Node, property, "property is not a single cell", null);
        return null;
    }

    /// <summary>The path of a node for a text.</summary>
    public string PathOf(int node) => index[node].Node.Path;

    private bool Wants(CheckLevels levels) => levels != CheckLevels.None && reporter.Wants(levels);

    private void Report(
        CheckLevels levels, LiveNode node, LiveProperty? property, string text, FindingWords? words, string? remedy = null, LiveProperty? blamed = null)
    {
        // Warnings never take the room of errors.
        ref int left = ref (levels & CheckLevels.Error) != 0 ? ref _errorsLeft : ref _left;
        if (left == 0)
            return;
        left--;
        // A node that was deleted in the source has no path in dtc, which prints it all the same.
        string path = node is { Deleted: true, Parent: not null } ? "(null)" : node.Path;
        reporter.Report(new Finding(_check, levels, node, path, property, text, words)
        {
            Remedy = remedy,
            Blamed = blamed is null ? null : new(node, blamed),
        });
    }
}
