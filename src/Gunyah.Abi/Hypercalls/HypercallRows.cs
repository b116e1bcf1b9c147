using System.Collections.Immutable;

namespace Gunyah.Abi.Hypercalls;

/// <summary>Collects the calls of one type of object while they are declared, so that nobody lists them a second time.</summary>
internal sealed class HypercallRows
{
    private readonly List<HypercallRow> _rows = [];

    /// <summary>The calls declared so far; all of them once their class is initialised.</summary>
    public ImmutableArray<HypercallRow> All => [.. _rows];

    /// <summary>Declares a call that answers an error first.</summary>
    public HypercallRow Add(int number, string name, HypercallInput[] inputs, string[] results, params GunyahError[] errors) =>
        Declare(new(number, name, [.. inputs], ["error", .. results], [.. errors]));

    /// <summary>Declares a call that makes an object.</summary>
    public HypercallRow AddCreation(int number, string name) => Declare(new(
        number,
        name,
        [
            HypercallInputs.Cap("partition", PartitionRights.ObjectCreate),
            HypercallInputs.Cap("cspace", CapabilitySpaceRights.CapCreate, order: 1),
            HypercallInputs.Zero,
        ],
        ["error", "new_cap"],
        [GunyahError.NoMemory, GunyahError.CapabilitySpaceFull],
        CreatesCapability: true));

    /// <summary>Declares a call that binds an interrupt source; some answer other errors than every such call.</summary>
    public HypercallRow AddBinding(int number, string name, HypercallInput source, params GunyahError[] others) => Add(
        number,
        name,
        [
            source,
            HypercallInputs.Cap("vic", VicRights.BindSource, order: 1),
            HypercallInputs.Word32("virq"),
            HypercallInputs.Zero,
        ],
        [],
        [GunyahError.VirqBound, GunyahError.Busy, GunyahError.ArgumentInvalid, .. others]);

    /// <summary>Declares any call.</summary>
    public HypercallRow Declare(HypercallRow row)
    {
        _rows.Add(row);
        return row;
    }
}
