using System.Collections.Immutable;
using static Gunyah.Abi.GunyahError;
using static Gunyah.Abi.Hypercalls.CapabilityLookup;
using static Gunyah.Abi.ObjectType;

namespace Gunyah.Abi.Hypercalls;

/// <summary>
/// Every hypercall that this hypervisor answers, one row each (gunyah-abi.md 2.1 and 2.2). Numbers without a row
/// answer <see cref="Unimplemented"/>.
/// </summary>
public static partial class HypercallTable
{
    /// <summary>The number of entries of the native call table: one more than the highest number it knows.</summary>
    public const int Size = 0x69;

    private static readonly HypercallRow?[] _byNumber = Index(Declare());

    /// <summary>The rows, in the order of their numbers.</summary>
    public static ImmutableArray<HypercallRow> Rows { get; } = [.. _byNumber.OfType<HypercallRow>()];

    /// <summary>The row of a call number, or null where no such call exists.</summary>
    /// <param name="number">Any number; what lies outside the table has no row.</param>
    public static HypercallRow? Find(int number) => (uint)number < Size ? _byNumber[number] : null;

    private static ImmutableArray<HypercallRow> Declare() =>
    [
        .. DeclareObjects(),
        .. DeclareQueuesAndBells(),
        .. DeclareCapabilitySpaces(),
        .. DeclareInterrupts(),
        .. DeclareMemory(),
        .. DeclareVcpus(),
    ];

    private static HypercallRow?[] Index(ImmutableArray<HypercallRow> rows)
    {
        var table = new HypercallRow?[Size];
        foreach (HypercallRow row in rows)
        {
            if (table[(int)row.Number] is not null)
                throw new InvalidOperationException($"hypercall 0x{(int)row.Number:x} is declared twice");
            table[(int)row.Number] = row;
        }

        return table;
    }

    private static HypercallRow Row(Hypercall number, string name, HypercallInput[] inputs, string[] results,
        params GunyahError[] errors) =>
        new(number, name, [.. inputs], ["error", .. results], [.. errors]);

    private static HypercallRow Create(Hypercall number, string name) =>
        new(
            number,
            name,
            [
                Cap("partition", Partition, PartitionRights.ObjectCreate),
                Cap("cspace", CapabilitySpace, CapabilitySpaceRights.CapCreate, order: 1),
                Zero,
            ],
            ["error", "new_cap"],
            [NoMemory, CapabilitySpaceFull],
            CreatesCapability: true);

    private static HypercallInput Cap(string name, ObjectType type, uint rights, CapabilityLookup lookup = Active,
        int order = 0) =>
        new(HypercallInputKind.Capability, name, Type: type, Rights: rights, Lookup: lookup, Order: order);

    /// <summary>A capability of an object that is still being set up.</summary>
    private static HypercallInput Setup(string name, ObjectType type, int order = 0) =>
        Cap(name, type, Abi.Rights.Activate, Generic, order);

    private static HypercallInput CapByCall(string name) => new(HypercallInputKind.CapabilityByCall, name);

    private static HypercallInput Word(string name, ulong mask = ulong.MaxValue) => new(HypercallInputKind.Word, name, mask);

    private static HypercallInput Word32(string name) => Word(name, uint.MaxValue);

    private static HypercallInput Size64(string name) => new(HypercallInputKind.Size, name);

    private static HypercallInput Address(string name) => new(HypercallInputKind.Address, name);

    private static HypercallInput Bits(string name, ulong known, GunyahError unknown) =>
        new(HypercallInputKind.Bits, name, known, unknown);

    /// <summary>A word of flags of which the call receives the low 32 bits only (gunyah-abi.md 1.5).</summary>
    private static HypercallInput Bits32(string name, ulong known, GunyahError unknown) =>
        Bits(name, known, unknown) with { Width = uint.MaxValue };

    private static HypercallInput Zero => new(HypercallInputKind.ReservedZero, "res0");

    private static HypercallInput Ones => new(HypercallInputKind.ReservedOnes, "res1");
}
