using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Hypervisor.Memory;
using Gunyah.Hypervisor.MemoryExtents;
using Gunyah.Hypervisor.Objects;
using Gunyah.Hypervisor.Tests.Harness;

namespace Gunyah.Hypervisor.Tests.Memory;

/// <summary>The table beside a model that knows each page by itself.</summary>
public class StageTwoTableTests
{
    private const int Pages = 64;

    private readonly TestMachine _machine = new();
    private readonly MemoryExtent[] _extents;

    public StageTwoTableTests() => _extents = [.. Enumerable.Range(0, 3).Select(i => ExtentAt((ulong)i * 0x10_0000))];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_agrees_with_a_page_by_page_model(int seed)
    {
        var random = new Random(seed);
        var table = new StageTwoTable();
        var model = new StageTwoEntry?[Pages];
        for (int step = 0; step < 5_000; step++)
        {
            int first = random.Next(Pages);
            MemoryRange guest = Range(first, random.Next(1, Pages - first + 1));
            MemoryExtent extent = _extents[random.Next(_extents.Length)];
            var entry = new StageTwoEntry(guest, 0x4000_0000 + guest.Base, MapAttributes.NormalMemory(MemoryAccess.All), extent);
            ulong attributes = MapAttributes.NormalMemory(MemoryAccess.Read);
            switch (random.Next(4))
            {
                case 0:
                    table.Overwrite(entry);
                    Each(guest, page => model[page] = entry.Within(Range(page, 1)));
                    break;
                case 1:
                    table.FillHoles(entry);
                    Each(guest, page => model[page] ??= entry.Within(Range(page, 1)));
                    break;
                case 2:
                    table.Remove(guest, extent);
                    Each(guest, page => model[page] = model[page]?.Extent == extent ? null : model[page]);
                    break;
                default:
                    table.Change(guest, extent, changed => changed with { Attributes = attributes });
                    Each(guest, page =>
                    {
                        if (model[page] is { } old && old.Extent == extent)
                            model[page] = old with { Attributes = attributes };
                    });
                    break;
            }

            Compare(table, model);
        }
    }

    /// <summary>The whole table was rebuilt at each map: 100 times as many fragments cost 100 times as much.</summary>
    [Fact]
    public void A_map_costs_the_same_with_many_fragments_as_with_few()
    {
        long few = BytesOfOneMap(new StageTwoTable(), fragments: 100);
        long many = BytesOfOneMap(new StageTwoTable(), fragments: 10_000);
        Assert.InRange(many, few, 3 * few);
    }

    private long BytesOfOneMap(StageTwoTable table, ulong fragments)
    {
        const ulong Apart = 2 * Page.Size;
        for (ulong i = 0; i < fragments; i++)
            table.Overwrite(Fragment(i * Apart));
        int height = AddressTree<StageTwoEntry>.HeightOf(table.Entries);
        Assert.InRange(height, 1, (int)(1.45 * Math.Log2(fragments + 2)));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (ulong i = 0; i < 16; i++)
            table.Overwrite(Fragment((fragments / 16 * i * Apart) + Page.Size));
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private StageTwoEntry Fragment(ulong address) =>
        new(new(address, Page.Size), 0x4000_0000, MapAttributes.NormalMemory(MemoryAccess.All), _extents[0]);

    private static void Compare(StageTwoTable table, StageTwoEntry?[] model)
    {
        AddressTree<StageTwoEntry>? entries = table.Entries;
        StageTwoEntry? below = null;
        for (int page = 0; page < Pages; page++)
        {
            StageTwoEntry? found = AddressTree<StageTwoEntry>.Find(entries, (ulong)page * Page.Size)?.Value;
            Assert.Equal(model[page], found?.Within(Range(page, 1)));
            if (found is { } entry && below is { } last && last != entry)
                Assert.False(entry.Continues(last), "entries that continue each other are one");
            below = found;
        }
    }

    private static void Each(MemoryRange guest, Action<int> act)
    {
        for (ulong at = guest.Base; at < guest.End; at += Page.Size)
            act((int)(at / Page.Size));
    }

    private static MemoryRange Range(int first, int count) => new((ulong)first * Page.Size, (ulong)count * Page.Size);

    private MemoryExtent ExtentAt(ulong offset)
    {
        CapId cap = _machine.Extent(offset, 0x1000);
        TestMachine.Ok(_machine.Root.Space.Resolve(
            cap, MemoryExtentRights.None, CapabilityLookup.AnyState, out MemoryExtent? extent));
        extent!.Release();
        return extent;
    }
}
