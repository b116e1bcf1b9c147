using Devicetree;
using Gunyah.Abi.Events;
using Gunyah.Machine.Devices;
using Gunyah.Machine.Tests.Running;

namespace Gunyah.Machine.Tests.Devices;

public class BoardUartTests
{
    [Fact]
    public void The_built_in_board_has_its_uart_and_its_interrupt() =>
        Assert.Equal(new BoardUart(0x0900_0000, 33), BoardUart.Find(Machines.Board));

    [Fact]
    public void A_board_without_one_has_none() => Assert.Null(BoardUart.Find(new Tree()));

    [Theory]
    [InlineData("okay", true)]
    [InlineData("disabled", false)]
    public void One_that_is_not_in_use_is_none(string status, bool found)
    {
        Tree board = Machines.Board;
        board.Find("/serial@9000000")!.SetString("status", status);
        Assert.Equal(found, BoardUart.Find(board) is not null);
    }

    [Fact]
    public void One_on_a_bus_is_where_the_bus_puts_it()
    {
        var board = new Tree();
        Node bus = board.Root.AddChild("soc");
        bus.SetCells("#address-cells", 1);
        bus.SetCells("#size-cells", 1);
        Node uart = bus.AddChild("serial@1000");
        uart.SetString("compatible", "arm,pl011", "arm,primecell");
        uart.SetCells("reg", 0x1000, 0x1000);
        Assert.Null(BoardUart.Find(board));
        bus.SetFlag("ranges");
        Assert.Equal(new BoardUart(0x1000, null), BoardUart.Find(board));
    }

    [Fact]
    public void What_is_sent_becomes_an_event_a_line()
    {
        var recorder = new LineRecorder();
        var console = new SerialConsole(new EventStream(recorder), static () => 5, 3, 0x900_0000);
        foreach (byte value in "first\r\nsecond\n\nunended"u8)
            console.Write(value);
        Assert.Equal(["first", "second", ""], recorder.Lines);
        console.Flush();
        console.Flush();
        for (int i = 0; i < SerialConsole.LongestLine; i++)
            console.Write((byte)'x');
        Assert.Equal(["first", "second", "", "unended", new string('x', SerialConsole.LongestLine)], recorder.Lines);
    }

    private sealed class LineRecorder : IEventReader
    {
        public List<string> Lines { get; } = [];

        public ulong Wanted => EventStream.Bit(EventKind.ConsoleOutput);

        public void Read(in GunyahEvent e)
        {
            Assert.Equal((5UL, (ushort)3, 0x900_0000UL), (e.Time, e.Vmid, e.Values.A));
            Lines.Add(e.Text!);
        }
    }
}
