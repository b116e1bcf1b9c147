using System.Text;
using System.Text.Json;
using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Machine.Events;

namespace Gunyah.Machine.Tests.Events;

public class JsonLinesWriterTests
{
    [Fact]
    public void A_line_has_the_names_of_the_table_in_its_order() =>
        Assert.Equal(
            """{"sequence":0,"time":17,"event":"message-sent","vm":3,"vcpu":1,"queue":5,"size":240,"count":8}""",
            Line(EventKind.MessageSent, new(5, 240, 8)));

    [Fact]
    public void Numbers_of_64_bits_are_text_and_known_numbers_are_names()
    {
        Assert.Equal(
            """{"sequence":0,"time":17,"event":"hypercall","vm":3,"vcpu":1,"call":"msgqueue_send","x0":"0xfedcba9876543210","error":"MessageQueueFull","x1":"0x0"}""",
            Line(EventKind.Hypercall, new((ulong)MessageQueueCalls.Send.Number, 0xFEDC_BA98_7654_3210,
                (ulong)GunyahError.MessageQueueFull, 0)));
        Assert.Equal(
            """{"sequence":0,"time":17,"event":"hypercall","vm":3,"vcpu":1,"call":4095,"x0":"0x0","error":"Unimplemented","x1":"0x0"}""",
            Line(EventKind.Hypercall, new(4095, 0, unchecked((ulong)(long)GunyahError.Unimplemented), 0)));
    }

    [Fact]
    public void Text_is_escaped_and_bytes_are_digits() =>
        Assert.Equal(
            """{"sequence":0,"time":17,"event":"rpc-request","vm":3,"vcpu":1,"peer":1,"id":"0x2","seq":3,"size":4,"message":"a\u0022b","data":"00ff"}""",
            Line(EventKind.RpcRequest, new(1, 2, 3, 4), "a\"b", new byte[] { 0, 255 }));

    [Fact]
    public void Every_kind_gives_a_line_of_JSON_with_names_that_are_unique()
    {
        foreach (EventRow row in EventTable.Rows)
        {
            using JsonDocument line = JsonDocument.Parse(Line(row.Kind, new(1, 2, 3, 4), "text", new byte[3]));
            string[] names = [.. line.RootElement.EnumerateObject().Select(member => member.Name)];
            Assert.Equal(row.Name, line.RootElement.GetProperty("event").GetString());
            Assert.Subset(names.ToHashSet(), row.Values.Select(value => value.Name).ToHashSet());
            Assert.Equal(names.Distinct(), names);
        }
    }

    [Fact]
    public void Times_do_not_go_backwards_when_threads_come_in_another_order_than_they_looked_at_the_clock()
    {
        using var output = new MemoryStream();
        using var writer = new JsonLinesWriter(output, EventStream.AllKinds);
        var stream = new EventStream(writer);
        foreach (ulong time in (ulong[])[5, 3, 7])
            stream.Emit(time, EventKind.Note, 0, 0, default, "text");
        writer.Flush();

        string[] lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([5, 5, 7], lines.Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("time").GetInt32()));
    }

    [Fact]
    public void A_full_disk_is_remembered_and_does_not_disturb_the_machine()
    {
        using var output = new FullDisk();
        using var writer = new JsonLinesWriter(output, EventStream.AllKinds);
        var stream = new EventStream(writer);
        for (int i = 0; i < 10_000; i++)
            stream.Emit(0, EventKind.Note, 0, 0, default, "text");

        Assert.NotNull(writer.Failure);
        Assert.Equal(1, output.Writes);
    }

    private static string Line(EventKind kind, EventValues values, string? text = null, ReadOnlyMemory<byte> data = default)
    {
        using var output = new MemoryStream();
        using (var writer = new JsonLinesWriter(output, EventStream.AllKinds))
            new EventStream(writer).Emit(17, kind, 3, 1, values, text, data);
        string line = Encoding.UTF8.GetString(output.ToArray());
        Assert.EndsWith("\n", line, StringComparison.Ordinal);
        return line[..^1];
    }

    private sealed class FullDisk : MemoryStream
    {
        public int Writes { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Writes++;
            throw new IOException("no space left on device");
        }
    }
}
