using Gunyah.Virtio.Devices;
using Gunyah.Virtio.Queues;
using Gunyah.Virtio.Transport;

namespace Gunyah.Virtio.Tests;

public class TransportTests
{
    private const uint NeedsReset = 64;

    private static TestDriver Entropy() => new(new EntropyDevice(static () => 0x0807060504030201));

    [Theory]
    [InlineData(0x000, 0x74726976)]
    [InlineData(0x004, 2)]
    [InlineData(0x008, 4)]
    [InlineData(0x034, 8)]
    [InlineData(0x060, 0)]
    [InlineData(0x070, 0)]
    [InlineData(0x0B0, 0xFFFFFFFF)]
    [InlineData(0x0BC, 0xFFFFFFFF)]
    [InlineData(0x0FC, 0)]
    [InlineData(0x040, 0)]
    public void A_register_has_the_value_of_the_standard_after_power_on(uint offset, uint value) =>
        Assert.Equal(value, Entropy().Read(offset));

    [Fact]
    public void Each_register_is_declared_once_and_below_the_configuration()
    {
        Assert.Equal(MmioRegisters.Rows.Length, MmioRegisters.Rows.Select(static row => row.Offset).Distinct().Count());
        Assert.All(MmioRegisters.Rows, static row =>
        {
            Assert.True(row.Offset % 4 == 0 && row.Offset < MmioRegisters.Configuration);
            Assert.Same(row, MmioRegisters.Find(row.Offset));
        });
    }

    [Fact]
    public void A_register_that_only_takes_reads_as_zero_and_one_that_only_gives_keeps_its_value()
    {
        TestDriver driver = Entropy();
        foreach (MmioRow row in MmioRegisters.Rows.Where(static row => !row.Reads))
        {
            driver.Write(row.Offset, 1);
            Assert.Equal(0u, driver.Read(row.Offset));
        }

        driver = Entropy();
        foreach (MmioRow row in MmioRegisters.Rows.Where(static row => !row.Writes))
        {
            uint before = driver.Read(row.Offset);
            driver.Write(row.Offset, ~before);
            Assert.Equal(before, driver.Read(row.Offset));
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 2)]
    [InlineData(0, 8)]
    [InlineData(2, 4)]
    public void A_register_is_read_as_32_bits_or_not_at_all(ulong offset, int size) =>
        Assert.Equal(0u, Entropy().Mmio.Read(offset, size));

    [Fact]
    public void Features_that_cannot_be_are_refused()
    {
        TestDriver driver = Entropy();
        Assert.True(driver.Negotiate(TestDriver.Version1));
        Assert.True(driver.Negotiate(driver.OfferedFeatures()));
        Assert.False(driver.Negotiate(0)); // Not version 1.
        Assert.False(driver.Negotiate(TestDriver.Version1 | (1UL << 34))); // Packed rings are not offered.
    }

    [Fact]
    public void Features_cannot_be_changed_once_they_are_agreed()
    {
        TestDriver driver = Entropy();
        Assert.True(driver.Negotiate(TestDriver.Version1));
        driver.Write(TestDriver.DriverFeaturesSelect, 1);
        driver.Write(TestDriver.DriverFeatures, 4);
        driver.Write(TestDriver.Status, 3 | 8);
        Assert.NotEqual(0u, driver.Read(TestDriver.Status) & 8);
    }

    [Fact]
    public void A_queue_keeps_its_place_while_it_is_ready()
    {
        TestDriver driver = Entropy().Start();
        driver.Write(0x80, 0); // Somewhere else: not taken.
        driver.Write(TestDriver.QueueSize, 4);
        Assert.Equal((0u, 8u), driver.Do(0, new Part(TestDriver.Data, 8, true)));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(3u)]
    [InlineData(16u)]
    public void A_size_that_a_queue_cannot_have_is_not_taken(uint size)
    {
        TestDriver driver = Entropy();
        Assert.True(driver.Negotiate(TestDriver.Version1));
        driver.SetUp(0);
        driver.Write(TestDriver.QueueReady, 0);
        driver.Write(TestDriver.QueueSize, size);
        driver.Write(TestDriver.QueueReady, 1);
        driver.Write(TestDriver.Status, 3 | 8 | 4);
        Assert.Equal((0u, 8u), driver.Do(0, new Part(TestDriver.Data, 8, true)));
    }

    [Fact]
    public void A_queue_that_is_placed_badly_breaks_the_device_until_it_is_reset()
    {
        TestDriver driver = Entropy().Start();
        driver.Write(TestDriver.QueueReady, 0);
        driver.Write(0x80, (uint)TestMemory.Base + 8);
        driver.Write(TestDriver.QueueReady, 1);
        Assert.Equal(0u, driver.Read(TestDriver.QueueReady));
        Assert.NotEqual(0u, driver.Read(TestDriver.Status) & NeedsReset);
        Assert.Equal(2u, driver.Read(TestDriver.InterruptStatus));
        driver.Start();
        Assert.Equal((0u, 8u), driver.Do(0, new Part(TestDriver.Data, 8, true)));
    }

    [Fact]
    public void Nothing_is_done_before_the_driver_is_ready()
    {
        TestDriver driver = Entropy();
        Assert.True(driver.Negotiate(TestDriver.Version1));
        driver.SetUp(0);
        Assert.Null(driver.Do(0, new Part(TestDriver.Data, 8, true)));
        int calls = driver.WorkCalls;
        driver.Write(TestDriver.Status, 3 | 8 | 4);
        Assert.Equal(calls + 1, driver.WorkCalls); // What was made available before is looked at now.
        Assert.False(driver.Mmio.Work(16));
        Assert.Equal((0u, 8u), driver.TakeUsed(0));
    }

    [Fact]
    public void The_interrupt_line_follows_the_status_that_the_driver_acknowledges()
    {
        TestDriver driver = Entropy().Start();
        Assert.False(driver.Mmio.IsAsserted);
        driver.Do(0, new Part(TestDriver.Data, 8, true));
        Assert.True(driver.Mmio.IsAsserted);
        Assert.Equal(1u, driver.Read(TestDriver.InterruptStatus));
        driver.Write(TestDriver.InterruptAck, 1);
        Assert.False(driver.Mmio.IsAsserted);
    }

    [Fact]
    public void A_driver_that_wants_no_interrupts_gets_none()
    {
        TestDriver driver = Entropy().Start();
        driver.Available(0)[0] = 1;
        Assert.NotNull(driver.Do(0, new Part(TestDriver.Data, 8, true)));
        Assert.False(driver.Mmio.IsAsserted);
    }

    [Fact]
    public void By_event_index_each_side_says_what_it_wants_to_be_told_of()
    {
        TestDriver driver = Entropy().Start(TestDriver.Version1 | TestDriver.EventIndex);
        // The driver wants to be told of the second buffer.
        driver.Available(0)[4 + (2 * TestDriver.Entries)] = 1;
        Assert.NotNull(driver.Do(0, new Part(TestDriver.Data, 8, true)));
        Assert.False(driver.Mmio.IsAsserted);
        Assert.NotNull(driver.Do(0, new Part(TestDriver.Data, 8, true)));
        Assert.True(driver.Mmio.IsAsserted);
        // The device wants to be told of the third.
        Assert.Equal(2, driver.Used(0)[4 + (8 * TestDriver.Entries)]);
    }

    [Fact]
    public void What_is_asked_for_comes_in_turns_of_the_size_that_the_host_wants()
    {
        TestDriver driver = Entropy().Start();
        for (ushort i = 0; i < 5; i++)
        {
            driver.Describe(TestDriver.Table(0), i, TestDriver.Data + (8UL * i), 8, TestDriver.Writable);
            driver.Offer(0, i);
        }

        Assert.True(driver.Mmio.Work(2));
        Assert.True(driver.Mmio.Work(2));
        Assert.False(driver.Mmio.Work(2));
        for (uint i = 0; i < 5; i++)
            Assert.Equal((i, 8u), driver.TakeUsed(0));
        Assert.Null(driver.TakeUsed(0));
    }

    [Fact]
    public void A_buffer_may_lie_in_an_indirect_table_behind_direct_parts()
    {
        TestDriver driver = Entropy().Start(TestDriver.Version1 | TestDriver.Indirect);
        ulong table = TestDriver.Data + 0x1000;
        driver.Describe(TestDriver.Table(0), 3, TestDriver.Data, 3, TestDriver.Writable | TestDriver.Next, 5);
        driver.Describe(TestDriver.Table(0), 5, table, 32, TestDriver.IsIndirect);
        driver.Describe(table, 0, TestDriver.Data + 100, 2, TestDriver.Writable | TestDriver.Next, 1);
        driver.Describe(table, 1, TestDriver.Data + 200, 3, TestDriver.Writable);
        driver.Offer(0, 3);
        driver.Mmio.Work(16);
        Assert.Equal((3u, 8u), driver.TakeUsed(0));
        Assert.Equal([1, 2, 3, 0], driver.Memory.At(TestDriver.Data, 4).ToArray());
        Assert.Equal([4, 5, 0], driver.Memory.At(TestDriver.Data + 100, 3).ToArray());
        Assert.Equal([6, 7, 8], driver.Memory.At(TestDriver.Data + 200, 3).ToArray());
    }

    public static TheoryData<string, QueueFault> Mistakes => new()
    {
        { "head", QueueFault.BadDescriptor },
        { "next", QueueFault.BadDescriptor },
        { "circle", QueueFault.Circle },
        { "order", QueueFault.ReadableBehindWritable },
        { "jump", QueueFault.TooManyAvailable },
        { "table elsewhere", QueueFault.RingNotThere },
        { "indirect not agreed", QueueFault.BadIndirectTable },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void A_driver_that_breaks_the_rules_must_reset_and_nothing_else_happens(string mistake, QueueFault fault)
    {
        TestDriver driver = Entropy().Start();
        ulong table = TestDriver.Table(0);
        driver.Describe(table, 0, TestDriver.Data, 8, TestDriver.Writable);
        switch (mistake)
        {
            case "head":
                driver.Offer(0, TestDriver.Entries);
                break;
            case "next":
                driver.Describe(table, 0, TestDriver.Data, 8, TestDriver.Writable | TestDriver.Next, TestDriver.Entries);
                driver.Offer(0, 0);
                break;
            case "circle":
                driver.Describe(table, 0, TestDriver.Data, 8, TestDriver.Writable | TestDriver.Next, 0);
                driver.Offer(0, 0);
                break;
            case "order":
                driver.Describe(table, 0, TestDriver.Data, 8, TestDriver.Writable | TestDriver.Next, 1);
                driver.Describe(table, 1, TestDriver.Data, 8, 0);
                driver.Offer(0, 0);
                break;
            case "jump":
                driver.Available(0)[2] = TestDriver.Entries + 1;
                break;
            case "table elsewhere":
                driver.Write(TestDriver.QueueReady, 0);
                driver.Write(0x84, 1);
                driver.Write(TestDriver.QueueReady, 1);
                driver.Offer(0, 0);
                break;
            default:
                driver.Describe(table, 0, TestDriver.Data, 16, TestDriver.IsIndirect);
                driver.Offer(0, 0);
                break;
        }

        driver.Mmio.Work(16);
        Assert.Equal(fault, driver.Mmio.Fault);
        Assert.NotEqual(0u, driver.Read(TestDriver.Status) & NeedsReset);
        Assert.Equal(2u, driver.Read(TestDriver.InterruptStatus));
        Assert.Null(driver.TakeUsed(0));
        Assert.All(driver.Memory.At(TestDriver.Data, 8).ToArray(), static value => Assert.Equal(0, value));

        driver.Start();
        Assert.Equal(QueueFault.None, driver.Mmio.Fault);
        Assert.Equal((0u, 8u), driver.Do(0, new Part(TestDriver.Data, 8, true)));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(15u)]
    [InlineData(16u * 1025)]
    public void An_indirect_table_is_a_whole_number_of_descriptors(uint size)
    {
        TestDriver driver = Entropy().Start(TestDriver.Version1 | TestDriver.Indirect);
        driver.Describe(TestDriver.Table(0), 0, TestDriver.Data, size, TestDriver.IsIndirect);
        driver.Offer(0, 0);
        driver.Mmio.Work(16);
        Assert.Equal(QueueFault.BadIndirectTable, driver.Mmio.Fault);
    }

    [Fact]
    public void A_hostile_driver_neither_throws_nor_holds_the_device_up()
    {
        int seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        VirtioDevice[] devices =
            [new EntropyDevice(static () => 1), new ConsoleDevice(static _ => { }), new BlockDevice(new TestStore(64), "fuzz")];
        foreach (VirtioDevice device in devices)
        {
            for (int round = 0; round < 200; round++)
            {
                var driver = new TestDriver(device);
                driver.Start(driver.OfferedFeatures() & (TestDriver.Version1 | ((ulong)random.NextInt64() & uint.MaxValue)), 2);
                Span<byte> bytes = driver.Memory.At(TestMemory.Base, 0x2000);
                random.NextBytes(bytes);
                // Flags and lengths that mean something come more often than chance brings them.
                for (int at = 0; at < bytes.Length; at += 16)
                {
                    bytes[at + 13] = 0;
                    if (random.Next(2) == 0)
                        BitConverter.TryWriteBytes(bytes[at..], TestMemory.Base + (ulong)random.Next(0x20000));
                    if (random.Next(2) == 0)
                        BitConverter.TryWriteBytes(bytes[(at + 8)..], random.Next(4) * 16);
                    if (random.Next(2) == 0)
                        bytes[at + 14] = (byte)random.Next(TestDriver.Entries);
                    bytes[at + 15] = 0;
                }

                for (int queue = 0; queue < 2; queue++)
                {
                    Span<byte> ring = driver.Available(queue);
                    BitConverter.TryWriteBytes(ring[2..], (short)random.Next(TestDriver.Entries + 2));
                    for (int i = 0; i < TestDriver.Entries; i++)
                        BitConverter.TryWriteBytes(ring[(4 + (2 * i))..], (short)random.Next(TestDriver.Entries + 1));
                    driver.Write(TestDriver.QueueNotify, (uint)queue);
                }

                int turns = 0;
                while (driver.Mmio.Work(4))
                    Assert.True(++turns < 100);
            }
        }
    }
}
