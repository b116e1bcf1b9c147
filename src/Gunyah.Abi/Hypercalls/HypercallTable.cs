using System.Collections.Immutable;

namespace Gunyah.Abi.Hypercalls;

/// <summary>
/// Every hypercall that this hypervisor answers, one row each, declared by the type of object that it is about (gunyah-abi.md
/// 2.1 and 2.2). Numbers without a row answer <see cref="GunyahError.Unimplemented"/>.
/// </summary>
public static class HypercallTable
{
    /// <summary>The number of entries of the native call table: one more than the highest number it knows.</summary>
    public const int Size = 0x69;

    private static readonly HypercallRow?[] _byNumber = Index(
    [
        .. IdentificationCalls.Rows,
        .. PartitionCalls.Rows,
        .. ObjectCalls.Rows,
        .. CapabilitySpaceCalls.Rows,
        .. AddressSpaceCalls.Rows,
        .. MemoryExtentCalls.Rows,
        .. VcpuCalls.Rows,
        .. DoorbellCalls.Rows,
        .. MessageQueueCalls.Rows,
        .. VicCalls.Rows,
        .. VpmGroupCalls.Rows,
        .. HardwareInterruptCalls.Rows,
    ]);

    /// <summary>The rows, in the order of their numbers.</summary>
    public static ImmutableArray<HypercallRow> Rows { get; } = [.. _byNumber.OfType<HypercallRow>()];

    /// <summary>The row of a call number, or null where no such call exists.</summary>
    /// <param name="number">Any number; what lies outside the table has no row.</param>
    public static HypercallRow? Find(int number) => (uint)number < Size ? _byNumber[number] : null;

    private static HypercallRow?[] Index(ImmutableArray<HypercallRow> rows)
    {
        var table = new HypercallRow?[Size];
        foreach (HypercallRow row in rows)
        {
            if (table[row.Number] is not null)
                throw new InvalidOperationException($"hypercall 0x{row.Number:x} is declared twice");
            table[row.Number] = row;
        }

        return table;
    }
}
