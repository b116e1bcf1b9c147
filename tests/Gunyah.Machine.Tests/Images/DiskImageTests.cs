using Gunyah.Machine.Configuration;
using Gunyah.Machine.Images;

namespace Gunyah.Machine.Tests.Images;

public sealed class DiskImageTests : IDisposable
{
    private const int Size = (64 * 1024 * 2) + 512;

    private readonly string _path = Path.GetTempFileName();

    public DiskImageTests()
    {
        var bytes = new byte[Size];
        new Random(3).NextBytes(bytes);
        File.WriteAllBytes(_path, bytes);
    }

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void What_is_written_is_in_the_file()
    {
        using (DiskImage disk = DiskImage.Open(_path, DiskAccess.Write))
        {
            Assert.Equal((ulong)Size, disk.Size);
            Assert.False(disk.IsReadOnly);
            Assert.True(disk.TryWrite(1024, "written"u8));
            Assert.True(disk.TryFlush());
            Assert.Throws<IOException>(() => DiskImage.Open(_path, DiskAccess.Read));
        }

        Assert.Equal("written"u8.ToArray(), File.ReadAllBytes(_path)[1024..1031]);
    }

    [Fact]
    public void What_is_to_be_forgotten_is_read_back_and_is_not_in_the_file()
    {
        byte[] before = File.ReadAllBytes(_path);
        byte[] expected = [.. before];
        using DiskImage disk = DiskImage.Open(_path, DiskAccess.Discard);
        var random = new Random(4);
        var whole = new byte[Size];
        for (int round = 0; round < 50; round++)
        {
            var piece = new byte[random.Next(1, 100_000)];
            int at = random.Next(0, Size - piece.Length);
            random.NextBytes(piece);
            piece.CopyTo(expected, at);
            Assert.True(disk.TryWrite((ulong)at, piece));
        }

        Assert.True(disk.TryFlush());
        Assert.True(disk.TryRead(0, whole));
        Assert.Equal(expected, whole);
        Assert.Equal(before, File.ReadAllBytes(_path));
        using DiskImage another = DiskImage.Open(_path, DiskAccess.Discard);
        Assert.True(another.TryRead(0, whole));
        Assert.Equal(before, whole);
    }

    [Fact]
    public void A_disk_to_read_takes_nothing()
    {
        using DiskImage disk = DiskImage.Open(_path, DiskAccess.Read);
        Assert.True(disk.IsReadOnly);
        Assert.False(disk.TryWrite(0, "x"u8));
        Assert.True(disk.TryFlush());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(511)]
    [InlineData(1025)]
    public void A_file_that_is_no_whole_number_of_sectors_is_no_disk(int size)
    {
        File.WriteAllBytes(_path, new byte[size]);
        IOException refused = Assert.Throws<IOException>(() => DiskImage.Open(_path, DiskAccess.Write));
        Assert.Contains($"it has {size}", refused.Message, StringComparison.Ordinal);
        File.Delete(_path); // Nothing holds it open.
        Assert.Throws<FileNotFoundException>(() => DiskImage.Open(_path, DiskAccess.Read));
    }

    [Fact]
    public void A_file_that_became_shorter_fails_the_request()
    {
        using DiskImage disk = DiskImage.Open(_path, DiskAccess.Discard);
        using (var shorter = new FileStream(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            shorter.SetLength(512);
        Assert.False(disk.TryRead(512, new byte[512]));
        Assert.False(disk.TryWrite(0, "x"u8));
    }
}
