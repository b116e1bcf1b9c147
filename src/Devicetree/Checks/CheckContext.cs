using System.Buffers.Binary;
using Devicetree.Compatibility;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Checks;

/// <summary>What a check works with: the tree, and where its findings go.</summary>
internal sealed class CheckContext(LiveTree tree, TreeIndex index, PhandleTable phandles, DtcVersion version,
    CheckOptions options, ICheckReporter reporter)
{
    /// <summary>
    /// More findings than anyone reads are not worth their text: some checks can find the square of what the source has.
    /// </summary>
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

    /// <summary>Reports a fault of a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="fault">What is wrong.</param>
    /// <param name="arguments">What fills the places of its texts.</param>
    public void Fail(int node, CheckFault fault, params ReadOnlySpan<object> arguments)
    {
        Failed = true;
        if (IsWanted)
            Report(new(_check, _levels, fault, index[node].Node, null, arguments.ToArray()));
    }

    /// <summary>Reports a fault of a property.</summary>
    /// <param name="node">The node.</param>
    /// <param name="property">Its property.</param>
    /// <param name="fault">What is wrong.</param>
    /// <param name="arguments">What fills the places of its texts.</param>
    public void Fail(int node, LiveProperty property, CheckFault fault, params ReadOnlySpan<object> arguments)
    {
        Failed = true;
        if (IsWanted)
            Report(new(_check, _levels, fault, index[node].Node, property, arguments.ToArray()));
    }

    /// <summary>Reports a fault of a property for which dtc names another one, which then is a further place.</summary>
    /// <param name="node">The node that dtc names.</param>
    /// <param name="property">The property that dtc names; null for the node.</param>
    /// <param name="blamed">The property that is wrong.</param>
    /// <param name="fault">What is wrong.</param>
    /// <param name="arguments">What fills the places of its texts.</param>
    public void FailElsewhere(
        int node, LiveProperty? property, (int Node, LiveProperty Property) blamed, CheckFault fault,
        params ReadOnlySpan<object> arguments)
    {
        Failed = true;
        if (IsWanted)
        {
            Report(new(_check, _levels, fault, index[node].Node, property, arguments.ToArray())
            {
                Blamed = new(index[blamed.Node].Node, blamed.Property),
            });
        }
    }

    /// <summary>Reports a fault whose place in the source is known better than by node and property.</summary>
    /// <param name="node">The node that dtc names.</param>
    /// <param name="property">The property that dtc names; null for the node.</param>
    /// <param name="span">The place.</param>
    /// <param name="other">A place that has to do with it; null for none.</param>
    /// <param name="fault">What is wrong.</param>
    /// <param name="arguments">What fills the places of its texts.</param>
    public void FailAt(
        LiveNode node, LiveProperty? property, SourceSpan span, RelatedPlace? other, CheckFault fault,
        params ReadOnlySpan<object> arguments)
    {
        Failed = true;
        if (IsWanted)
        {
            Report(new(_check, _levels, fault, node, property, arguments.ToArray())
            {
                Span = span,
                Related = other is null ? [] : [other],
            });
        }
    }

    /// <summary>Notes that the check did not pass, without a finding.</summary>
    public void FailSilently() => Failed = true;

    /// <summary>True when no more findings are taken, so that looking for more is in vain.</summary>
    public bool IsExhausted => ((_levels & CheckLevels.Error) != 0 ? _errorsLeft : _left) == 0;

    /// <summary>
    /// The number in a property that must be one cell. dtc ends with a failed assertion where it is not, also when output is
    /// forced; here that is an error, at whatever level the check stands, and output can be forced.
    /// </summary>
    public uint? CellOf(int node, LiveProperty property)
    {
        if (property.Value.Length == sizeof(uint))
            return BinaryPrimitives.ReadUInt32BigEndian(property.Value.Bytes.Span);
        Failed = true;
        Refused = !options.Force;
        HasHardErrors = true;
        Report(new(_check, CheckLevels.Error, FormFaults.OneCell, index[node].Node, property, [property.Value.Length]));
        return null;
    }

    private bool Wants(CheckLevels levels) => levels != CheckLevels.None && reporter.Wants(levels);

    private void Report(Finding finding)
    {
        // Warnings never take the room of errors.
        ref int left = ref finding.IsError ? ref _errorsLeft : ref _left;
        if (left == 0)
            return;
        left--;
        reporter.Report(finding);
    }
}
