using CsCheck;
using Gunyah.ResourceManager.Records;

namespace Gunyah.ResourceManager.Tests.Platform;

public class RangeSetTests
{
    private const ulong Space = 64;

    [Fact]
    public void A_set_of_ranges_behaves_like_a_map_of_single_addresses()
    {
        Gen<(bool Add, ulong Base, ulong Size)> operation = Gen.Select(Gen.Bool, Gen.ULong[0, Space - 1], Gen.ULong[1, 9]);
        operation.Array[0, 60].Sample(operations =>
        {
            var set = new RangeSet();
            var owners = new AddressRange?[Space + 16];
            foreach ((bool add, ulong start, ulong size) in operations)
            {
                var range = new AddressRange(start, size);
                bool isFree = Cells(range).All(cell => owners[cell] is null);
                if (set.Overlaps(range) == isFree)
                    return false;
                bool isHeld = Cells(range).All(cell => owners[cell] == range);
                bool done = add ? set.TryAdd(range) : set.Remove(range);
                if (done != (add ? isFree : isHeld))
                    return false;
                if (done)
                {
                    foreach (int cell in Cells(range))
                        owners[cell] = add ? range : null;
                }
            }
            return set.Ranges.SequenceEqual(owners.Where(owner => owner is not null).Select(owner => owner!.Value).Distinct());
        });
    }

    [Fact]
    public void A_free_place_is_the_lowest_aligned_one()
    {
        Gen<(ulong, ulong)[]> taken = Gen.Select(Gen.ULong[0, Space - 1], Gen.ULong[1, 9]).Array[0, 12];
        Gen.Select(taken, Gen.ULong[1, 20], Gen.Int[0, 3]).Sample((ranges, size, shift) =>
        {
            ulong alignment = 1UL << shift;
            var set = new RangeSet();
            foreach ((ulong start, ulong length) in ranges)
                set.TryAdd(new(start, length));
            var within = new AddressRange(3, Space);
            ulong? expected = null;
            for (ulong at = within.Base; at + size <= within.Base + within.Size && expected is null; at++)
            {
                if (at % alignment == 0 && !set.Overlaps(new(at, size)))
                    expected = at;
            }
            return set.FindFree(within, size, alignment) == expected;
        });
    }

    [Fact]
    public void The_end_of_the_address_space_is_no_hole()
    {
        var set = new RangeSet();
        var last = new AddressRange(ulong.MaxValue - 0xFFF, 0x1000);
        Assert.True(last.IsValid);
        Assert.False(new AddressRange(ulong.MaxValue - 0xFFF, 0x1001).IsValid);
        Assert.False(new AddressRange(5, 0).IsValid);
        Assert.True(set.TryAdd(last));
        Assert.Null(set.FindFree(last, 1, 1));
        Assert.Equal(last.Base - 0x1000, set.FindFree(new(last.Base - 0x1000, 0x2000), 0x1000, 0x1000));
    }

    private static IEnumerable<int> Cells(AddressRange range) => Enumerable.Range((int)range.Base, (int)range.Size);
}
