using System.Buffers.Binary;
using System.Text;
using Gunyah.Virtio.Devices;

namespace Gunyah.Virtio.Tests;

public class BlockTests
{
    private const uint Read = 0;
    private const uint Write = 1;
    private const uint Flush = 4;
    private const uint Name = 8;
    private const uint WriteZeroes = 13;

    private const byte Ok = 0;
    private const byte Error = 1;
    private const byte Unsupported = 2;

    private const ulong Header = 0x100;
    private const ulong Answer = 0x200;
    private const ulong Bytes = 0x1000;

    private readonly TestStore _store = new(64);
    private readonly TestDriver _driver;

    public BlockTests() => _driver = Start(_store);

    private static TestDriver Start(TestStore store) => new TestDriver(new BlockDevice(store, "disk0")).Start();

    private static (byte Status, uint Written) Do(
        TestDriver driver, uint request, ulong sector, uint readable = 0, uint writable = 0)
    {
        Span<byte> header = driver.Memory.At(TestDriver.Data + Header, 16);
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, request);
        BinaryPrimitives.WriteUInt64LittleEndian(header[8..], sector);
        driver.Memory.At(TestDriver.Data + Answer, 1)[0] = 0xFF;
        List<Part> parts = [new(TestDriver.Data + Header, 16, false)];
        if (readable > 0)
            parts.Add(new Part(TestDriver.Data + Bytes, readable, false));
        if (writable > 0)
            parts.Add(new Part(TestDriver.Data + Bytes, writable, true));
        parts.Add(new Part(TestDriver.Data + Answer, 1, true));
        (uint _, uint written) = Assert.NotNull(driver.Do(0, [.. parts]));
        return (driver.Memory.At(TestDriver.Data + Answer, 1)[0], written);
    }

    [Fact]
    public void The_configuration_tells_the_capacity_in_sectors_and_the_limits_of_requests()
    {
        Assert.Equal(64u, _driver.Read(0x100));
        Assert.Equal(0u, _driver.Read(0x104));
        Assert.Equal(126u, _driver.Read(0x10C));
        Assert.Equal(512u, _driver.Read(0x114));
        Assert.Equal(0u, _driver.Read(0x1FC));
        Assert.Equal(64u, (uint)_driver.Mmio.Read(0x100, 1));
    }

    [Fact]
    public void What_was_written_is_read_back()
    {
        new Random(1).NextBytes(_driver.Memory.At(TestDriver.Data + Bytes, 1024));
        byte[] sent = _driver.Memory.At(TestDriver.Data + Bytes, 1024).ToArray();
        Assert.Equal((Ok, 1u), Do(_driver, Write, 3, readable: 1024));
        Assert.Equal(sent, _store.Bytes[(3 * 512)..(5 * 512)]);
        _driver.Memory.At(TestDriver.Data + Bytes, 1024).Clear();
        Assert.Equal((Ok, 1025u), Do(_driver, Read, 3, writable: 1024));
        Assert.Equal(sent, _driver.Memory.At(TestDriver.Data + Bytes, 1024).ToArray());
    }

    [Theory]
    [InlineData(64UL, 512u)]
    [InlineData(63UL, 1024u)]
    [InlineData(ulong.MaxValue, 512u)]
    [InlineData(ulong.MaxValue / 512, 1024u)]
    [InlineData(0UL, 511u)]
    public void A_request_beyond_the_disk_or_of_half_a_sector_is_an_error_and_changes_nothing(ulong sector, uint size)
    {
        _driver.Memory.At(TestDriver.Data + Bytes, 1024).Fill(0xAA);
        Assert.Equal(Error, Do(_driver, Write, sector, readable: size).Status);
        Assert.Equal(Error, Do(_driver, Read, sector, writable: size).Status);
        Assert.DoesNotContain((byte)0xAA, _store.Bytes);
    }

    [Fact]
    public void The_last_sector_is_there() => Assert.Equal((Ok, 513u), Do(_driver, Read, 63, writable: 512));

    [Fact]
    public void A_request_that_is_too_large_is_an_error()
    {
        var store = new TestStore((int)(BlockDevice.MaxRequest / 512) + 1);
        TestDriver driver = Start(store);
        // The parts lie over each other, which a driver may do.
        var parts = new List<Part> { new Part(TestDriver.Data + Header, 16, false) };
        driver.Memory.At(TestDriver.Data + Header, 16).Clear();
        for (int i = 0; i < 3; i++)
            parts.Add(new Part(TestMemory.Base, 0x800000, true));
        parts.Add(new Part(TestDriver.Data + Answer, 1, true));
        Assert.Equal((0u, 0u), driver.Do(0, [.. parts]));
        Assert.Equal(Error, driver.Memory.At(TestDriver.Data + Answer, 1)[0]);
    }

    [Fact]
    public void A_flush_reaches_the_store()
    {
        Assert.Equal((Ok, 1u), Do(_driver, Flush, 0));
        Assert.Equal(1, _store.Flushes);
    }

    [Fact]
    public void The_name_is_twenty_bytes()
    {
        Assert.Equal((Ok, 21u), Do(_driver, Name, 0, writable: 20));
        Assert.Equal("disk0".PadRight(20, '\0'), Encoding.ASCII.GetString(_driver.Memory.At(TestDriver.Data + Bytes, 20)));
        Assert.Equal(Error, Do(_driver, Name, 0, writable: 19).Status);
    }

    [Fact]
    public void What_a_disk_does_not_offer_is_not_supported() => Assert.Equal(Unsupported, Do(_driver, 11, 0).Status);

    [Fact]
    public void A_host_that_fails_is_an_error_of_the_disk()
    {
        _store.Fails = true;
        Assert.Equal(Error, Do(_driver, Read, 0, writable: 512).Status);
        Assert.Equal(Error, Do(_driver, Write, 0, readable: 512).Status);
        Assert.Equal(Error, Do(_driver, Flush, 0).Status);
    }

    [Fact]
    public void A_disk_to_read_says_so_and_takes_nothing()
    {
        var store = new TestStore(64, isReadOnly: true);
        TestDriver driver = Start(store);
        Assert.NotEqual(0UL, driver.OfferedFeatures() & (1 << 5));
        Assert.Equal(0UL, driver.OfferedFeatures() & (1 << 14));
        driver.Memory.At(TestDriver.Data + Bytes, 512).Fill(0xAA);
        Assert.Equal(Error, Do(driver, Write, 0, readable: 512).Status);
        Assert.DoesNotContain((byte)0xAA, store.Bytes);
    }

    [Fact]
    public void Zeroes_are_written_where_all_ranges_are_good_and_nowhere_else()
    {
        Array.Fill(_store.Bytes, (byte)0xAA);
        Range(0, 1, 2);
        Range(1, 62, 3);
        Assert.Equal(Error, Do(_driver, WriteZeroes, 0, readable: 32).Status);
        Assert.DoesNotContain((byte)0, _store.Bytes);
        Range(1, 62, 2, flags: 1);
        Assert.Equal(Unsupported, Do(_driver, WriteZeroes, 0, readable: 32).Status);
        Assert.DoesNotContain((byte)0, _store.Bytes);
        Range(1, 62, 2);
        Assert.Equal(Ok, Do(_driver, WriteZeroes, 0, readable: 32).Status);
        for (int sector = 0; sector < 64; sector++)
            Assert.Equal(sector is 1 or 2 or 62 or 63 ? 0 : 0xAA, _store.Bytes[sector * 512]);
        Assert.Equal(Error, Do(_driver, WriteZeroes, 0, readable: 17 * 16).Status);
        Assert.Equal(Error, Do(_driver, WriteZeroes, 0, readable: 15).Status);

        void Range(int index, ulong sector, uint count, uint flags = 0)
        {
            Span<byte> at = _driver.Memory.At(TestDriver.Data + Bytes + (ulong)(16 * index), 16);
            BinaryPrimitives.WriteUInt64LittleEndian(at, sector);
            BinaryPrimitives.WriteUInt32LittleEndian(at[8..], count);
            BinaryPrimitives.WriteUInt32LittleEndian(at[12..], flags);
        }
    }

    [Fact]
    public void A_buffer_with_nowhere_to_answer_comes_back_as_it_was() =>
        Assert.Equal((0u, 0u), _driver.Do(0, new Part(TestDriver.Data + Header, 16, false)));

    [Fact]
    public void A_header_that_is_cut_short_is_an_error()
    {
        Part header = new(TestDriver.Data + Header, 15, false);
        Assert.Equal((0u, 1u), _driver.Do(0, header, new Part(TestDriver.Data + Answer, 1, true)));
        Assert.Equal(Error, _driver.Memory.At(TestDriver.Data + Answer, 1)[0]);
    }
}
