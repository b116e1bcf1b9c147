using Gunyah.Abi.Events;

namespace Gunyah.Abi.Tests.Events;

public class EventStreamTests
{
    [Fact]
    public void Every_kind_has_its_row_at_its_own_place_and_a_name_of_its_own()
    {
        foreach (EventKind kind in Enum.GetValues<EventKind>())
            Assert.Equal(kind, EventTable.Row(kind).Kind);
        Assert.Equal(Enum.GetValues<EventKind>().Length, EventTable.Rows.Select(row => row.Name).Distinct().Count());
        Assert.All(EventTable.Rows, row => Assert.InRange(row.Values.Length, 0, 4));
    }

    [Fact]
    public void A_reader_gets_the_kinds_it_wants_in_order_and_no_others()
    {
        var reader = new Recorder(EventStream.Bit(EventKind.Note));
        var stream = new EventStream(reader, new Recorder(EventStream.Bit(EventKind.Result)));

        Assert.True(stream.Wants(EventKind.Note));
        Assert.False(stream.Wants(EventKind.Hypercall));
        stream.Emit(1, EventKind.Note, 3, 0, default, "first");
        stream.Emit(2, EventKind.Result, 3, 0, default);
        stream.Emit(3, EventKind.Note, 3, 0, default, "second");

        Assert.Equal(["first", "second"], reader.Seen.Select(e => e.Text));
        Assert.Equal([0UL, 2UL], reader.Seen.Select(e => e.Sequence));
    }

    [Fact]
    public void A_stream_without_readers_wants_nothing_and_asking_allocates_nothing()
    {
        EventStream none = EventStream.None;
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool any = false;
        for (int i = 0; i < 10_000; i++)
            any |= none.Wants(EventKind.MessageSent);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.False(any);
        Assert.Equal(0, allocated);
    }

    private sealed class Recorder(ulong wanted) : IEventReader
    {
        public List<GunyahEvent> Seen { get; } = [];

        public ulong Wanted => wanted;

        public void Read(in GunyahEvent e) => Seen.Add(e);
    }
}
