using System.Collections.Immutable;
using Gunyah.Abi;
using Gunyah.Hypervisor.Inspection;
using Gunyah.Machine.Reports;

namespace Gunyah.Machine.Platform;

/// <summary>
/// Counts what the hypervisor holds when the primary VM's program begins, all that it starts from being made then, and again
/// when the machine has come to rest. What there is more of at the end was left behind by the VMs between.
/// </summary>
internal sealed class MachineCensus(HypervisorInspection inspection)
{
    private static readonly ImmutableArray<ObjectType> _types =
        [.. Enum.GetValues<ObjectType>().Where(static type => type != ObjectType.Any)];

    private static readonly ImmutableArray<string> _names =
    [
        "capabilities", "interrupt bindings", "pages mapped by the primary VM", "pages mapped by the Resource Manager",
        "bytes of objects", .. _types.Select(static type => $"objects of type {type}"),
    ];

    private ImmutableArray<long>? _before;

    /// <summary>Takes the first count; later calls do nothing.</summary>
    public void Begin() => _before ??= Count();

    /// <summary>Takes the last count. Call only when nothing runs any more.</summary>
    /// <returns>What was left behind; null where there was no first count.</returns>
    public ImmutableArray<LeftOver>? End()
    {
        if (_before is not { } before)
            return null;
        ImmutableArray<long> after = Count();
        return [.. _names.Select((name, i) => new LeftOver(name, before[i], after[i]))
            .Where(static row => row.After > row.Before)];
    }

    private ImmutableArray<long> Count() =>
    [
        inspection.CapabilityCount, inspection.BoundInterrupts, (long)inspection.MappedPages(WellKnownVmids.Primary),
        (long)inspection.MappedPages(WellKnownVmids.Root), (long)inspection.HeapUsed,
        .. _types.Select(type => (long)inspection.CountObjects(type)),
    ];
}
