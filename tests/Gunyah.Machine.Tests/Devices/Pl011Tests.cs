using CsCheck;
using Gunyah.Machine.Devices;

namespace Gunyah.Machine.Tests.Devices;

public class Pl011Tests
{
    private const ulong Data = 0x000;
    private const ulong ReceiveStatus = 0x004;
    private const ulong Flags = 0x018;
    private const ulong LineControl = 0x02C;
    private const ulong Control = 0x030;
    private const ulong Levels = 0x034;
    private const ulong Mask = 0x038;
    private const ulong RawStatus = 0x03C;
    private const ulong MaskedStatus = 0x040;
    private const ulong Clear = 0x044;
    private const ulong Receive = 1 << 4;
    private const ulong Transmit = 1 << 5;
    private const ulong Pause = 1 << 6;
    private const ulong Overrun = 1 << 10;

    private readonly List<byte> _sent = [];
    private readonly Pl011 _uart;

    public Pl011Tests() => _uart = new Pl011(_sent.Add);

    public static TheoryData<string> Rows => [.. Pl011Registers.Rows.Select(static row => row.Name)];

    [Theory]
    [InlineData(Data, 0UL)]
    [InlineData(ReceiveStatus, 0UL)]
    [InlineData(Flags, 0x90UL)]
    [InlineData(0x020UL, 0UL)]
    [InlineData(0x024UL, 0UL)]
    [InlineData(0x028UL, 0UL)]
    [InlineData(LineControl, 0UL)]
    [InlineData(Control, 0x300UL)]
    [InlineData(Levels, 0x12UL)]
    [InlineData(Mask, 0UL)]
    [InlineData(RawStatus, 0UL)]
    [InlineData(MaskedStatus, 0UL)]
    [InlineData(Clear, 0UL)]
    [InlineData(0x048UL, 0UL)]
    [InlineData(0xFE0UL, 0x11UL)]
    [InlineData(0xFE4UL, 0x10UL)]
    [InlineData(0xFE8UL, 0x34UL)]
    [InlineData(0xFECUL, 0x00UL)]
    [InlineData(0xFF0UL, 0x0DUL)]
    [InlineData(0xFF4UL, 0xF0UL)]
    [InlineData(0xFF8UL, 0x05UL)]
    [InlineData(0xFFCUL, 0xB1UL)]
    [InlineData(0x008UL, 0UL)]
    [InlineData(0x04CUL, 0UL)]
    [InlineData(0xFDCUL, 0UL)]
    public void A_register_has_its_value_after_reset(ulong offset, ulong value) => Assert.Equal(value, Read(offset));

    [Theory, MemberData(nameof(Rows))]
    public void What_can_be_written_reads_back_and_nothing_else_changes(string name)
    {
        Pl011Row row = Pl011Registers.Rows.Single(row => row.Name == name);
        ulong before = Read(row.Offset);
        foreach (uint value in (uint[])[0xFFFF_FFFF, 0, 0xA5A5_5A5A])
        {
            Write(row.Offset, value);
            ulong expected = row.Writable == 0 ? before : value & row.Writable;
            if (row.Register is not (Pl011Register.Data or Pl011Register.Flags))
                Assert.Equal(expected, Read(row.Offset));
        }
    }

    [Theory, MemberData(nameof(Rows))]
    public void A_register_is_accessed_by_byte_half_or_word_at_its_own_place(string name)
    {
        ulong offset = Pl011Registers.Rows.Single(row => row.Name == name).Offset;
        foreach (int size in (int[])[1, 2, 4])
            Assert.True(_uart.TryRead(offset, size, out _));
        Assert.False(_uart.TryRead(offset, 8, out _));
        Assert.False(_uart.TryWrite(offset, 8, 0));
        Assert.False(_uart.TryRead(offset + 1, 1, out _));
        Assert.False(_uart.TryWrite(offset + 2, 2, 0));
    }

    [Fact]
    public void A_half_reads_what_fits()
    {
        Write(Control, 0xFF87);
        Assert.True(_uart.TryRead(Control, 1, out ulong low));
        Assert.Equal(0x87UL, low);
    }

    [Fact]
    public void What_is_sent_comes_out_in_order_once_the_uart_is_on()
    {
        Write(Data, 'a');
        Assert.Empty(_sent);
        Assert.Equal(0x38UL, Read(Flags)); // One place without FIFOs: full, and busy.
        Write(Data, 'b'); // Lost.
        Write(Control, 0x301);
        Write(Data, 0x100 | 'c');
        Assert.Equal("ac"u8.ToArray(), _sent);
        Assert.Equal(0x90UL, Read(Flags));
        Write(Control, 0x201);
        Write(Data, 'd');
        Assert.Equal(2, _sent.Count);
    }

    [Fact]
    public void Sending_rings_until_it_is_cleared()
    {
        _uart.EnableAsFirmware();
        Assert.Equal(0UL, Read(RawStatus));
        Write(Data, 'a');
        Assert.Equal(Transmit, Read(RawStatus));
        Assert.Equal(0UL, Read(MaskedStatus));
        Assert.False(_uart.IsAsserted);
        Write(Mask, Transmit);
        Assert.Equal(Transmit, Read(MaskedStatus));
        Assert.True(_uart.IsAsserted);
        Write(Clear, 0x7FF);
        Assert.Equal(0UL, Read(RawStatus));
        Assert.False(_uart.IsAsserted);
    }

    [Theory]
    [InlineData(0UL, 4)]
    [InlineData(1UL, 8)]
    [InlineData(2UL, 16)]
    [InlineData(3UL, 24)]
    [InlineData(4UL, 28)]
    [InlineData(7UL, 28)]
    public void Receiving_rings_at_the_level_of_the_fifo_and_for_what_stays_below(ulong level, int bytes)
    {
        _uart.EnableAsFirmware();
        Write(Levels, level << 3);
        Write(Mask, Receive);
        _uart.Receive(new byte[bytes - 1]);
        Assert.Equal(Pause, Read(RawStatus));
        Assert.False(_uart.IsAsserted);
        _uart.Receive([1]);
        Assert.Equal(Receive | Pause, Read(RawStatus));
        Assert.True(_uart.IsAsserted);
        Read(Data);
        Assert.Equal(Pause, Read(RawStatus));
        Assert.False(_uart.IsAsserted);
        for (int i = 1; i < bytes; i++)
            Read(Data);
        Assert.Equal(0UL, Read(RawStatus));
    }

    [Fact]
    public void Without_fifos_every_byte_rings()
    {
        Write(Control, 0x301);
        Write(Mask, Receive);
        Assert.Equal(2, _uart.Receive([1, 2]));
        Assert.Equal(0xC0UL, Read(Flags) & 0xD0);
        Assert.Equal(1UL, Read(Data));
        Assert.True(_uart.IsAsserted);
        Assert.Equal(2UL, Read(Data));
        Assert.False(_uart.IsAsserted);
        Assert.Equal(0x90UL, Read(Flags));
    }

    [Fact]
    public void Input_waits_for_the_guest_and_none_is_lost()
    {
        byte[] input = [.. Enumerable.Range(0, 1000).Select(static i => (byte)i)];
        Assert.Equal(input.Length, _uart.Receive(input));
        Assert.Equal(0x90UL, Read(Flags));
        _uart.EnableAsFirmware();
        Write(Control, 0x301);
        byte[] read = [.. input.Select(_ => (byte)Read(Data))];
        Assert.Equal(input, read);
        Assert.Equal(0x90UL, Read(Flags));
    }

    [Fact]
    public void The_host_hears_how_much_of_its_input_was_taken()
    {
        Assert.Equal(Pl011.HostBuffer, _uart.Receive(new byte[Pl011.HostBuffer + 10]));
        Assert.Equal(0, _uart.Receive([1]));
    }

    [Fact]
    public void In_a_loop_what_is_sent_comes_back_until_the_fifo_runs_over()
    {
        _uart.EnableAsFirmware();
        Write(Control, 0x381);
        for (int i = 0; i < Pl011.FifoSize + 1; i++)
            Write(Data, (ulong)i);
        Assert.Empty(_sent);
        Assert.Equal(Overrun, Read(RawStatus) & Overrun);
        Assert.Equal(8UL, Read(ReceiveStatus));
        Write(ReceiveStatus, 0);
        Assert.Equal(0UL, Read(ReceiveStatus));
        for (int i = 0; i < Pl011.FifoSize; i++)
            Assert.Equal((ulong)i, Read(Data));
        Assert.Equal(0x10UL, Read(Flags) & 0x10);
    }

    [Fact]
    public void Turning_the_fifos_on_or_off_empties_them()
    {
        _uart.EnableAsFirmware();
        _uart.Receive([1, 2, 3]);
        Write(LineControl, 0x60);
        Assert.Equal(0x10UL, Read(Flags) & 0x10);
        Write(Control, 0);
        Write(Data, 'a');
        Write(LineControl, 0x70);
        Assert.Equal(0x80UL, Read(Flags) & 0x80);
    }

    [Fact]
    public void Nothing_is_invented_and_the_line_is_the_masked_status() =>
        Gen.Select(Gen.Int[0, 9], Gen.UInt).Array[0, 200].Sample(
            static operations =>
            {
                int sent = 0;
                var uart = new Pl011(_ => sent++);
                uart.EnableAsFirmware();
                int given = 0;
                int read = 0;
                int written = 0;
                foreach ((int kind, uint value) in operations)
                {
                    switch (kind)
                    {
                        case 0 or 1:
                            given += uart.Receive(new byte[value % 50]);
                            break;
                        case 2 or 3 or 4:
                            uart.TryRead(Flags, 4, out ulong flags);
                            read += (flags & 0x10) == 0 ? 1 : 0;
                            uart.TryRead(Data, 4, out _);
                            break;
                        case 5:
                            uart.TryWrite(Data, 1, value);
                            written++;
                            break;
                        case 6:
                            uart.TryWrite(Control, 4, (value & 0x300) | (value & 1));
                            break;
                        default:
                            uart.TryWrite(kind switch { 7 => Levels, 8 => Mask, _ => Clear }, 4, value);
                            break;
                    }

                    uart.TryRead(RawStatus, 4, out ulong raw);
                    uart.TryRead(Mask, 4, out ulong mask);
                    uart.TryRead(MaskedStatus, 4, out ulong masked);
                    Assert.Equal(raw & mask, masked);
                    Assert.Equal(masked != 0, uart.IsAsserted);
                    Assert.InRange(sent, 0, written);
                    Assert.InRange(read, 0, given);
                }
            },
            iter: 500);

    [Fact]
    public void Accesses_allocate_nothing()
    {
        int sent = 0;
        var uart = new Pl011(_ => sent++);
        uart.EnableAsFirmware();
        byte[] input = [1, 2, 3];
        void Round()
        {
            uart.Receive(input);
            for (int i = 0; i < input.Length; i++)
                uart.TryRead(Data, 4, out _);
            uart.TryWrite(Data, 4, 'a');
            uart.TryRead(Flags, 4, out _);
            uart.TryWrite(Clear, 4, 0x7FF);
        }

        for (int i = 0; i < 100; i++)
            Round();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 2000; i++)
            Round();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8192);
    }

    private ulong Read(ulong offset)
    {
        Assert.True(_uart.TryRead(offset, 4, out ulong value));
        return value;
    }

    private void Write(ulong offset, ulong value) => Assert.True(_uart.TryWrite(offset, 4, value));
}
