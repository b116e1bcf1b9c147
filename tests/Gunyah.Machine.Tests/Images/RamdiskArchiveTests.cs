using System.Globalization;
using System.Text;
using Gunyah.Hypervisor.Memory;
using Gunyah.Machine.Images;

namespace Gunyah.Machine.Tests.Images;

public sealed class RamdiskArchiveTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("gunyah-ramdisk-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void A_directory_and_a_file_are_an_archive_in_the_order_of_names()
    {
        Directory.CreateDirectory(PathOf("tree/sbin"));
        Write("tree/sbin/tool", "tool", executable: true);
        Write("tree/a", "");
        File.CreateSymbolicLink(PathOf("tree/link"), "sbin/tool");
        Write("init", "#!/bin/sh\n", executable: true);

        List<Entry> entries = Read(Archive("tree", "init"));

        Assert.Equal(["a", "link", "sbin", "sbin/tool", "init", "TRAILER!!!"], entries.Select(static entry => entry.Name));
        Assert.Equal(
            [0x81A4u, 0xA1FF, 0x41ED, 0x81ED, 0x81ED, 0], entries.Select(static entry => entry.Mode));
        Assert.Equal(["", "sbin/tool", "", "tool", "#!/bin/sh\n", ""], entries.Select(static entry => entry.Contents));
        Assert.Equal(entries.Count, entries.Select(static entry => entry.Inode).Distinct().Count());
    }

    [Fact]
    public void The_same_files_make_the_same_archive()
    {
        Write("init", "one");
        byte[] first = Archive("init");
        File.SetLastWriteTimeUtc(PathOf("init"), DateTime.UtcNow.AddDays(-3));
        Assert.Equal(first, Archive("init"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void An_archive_behind_another_begins_at_a_multiple_of_four(int length)
    {
        Write("init", "x");
        using var ramdisk = new Ramdisk();
        ramdisk.Append(GuestFile.FromBytes(Enumerable.Repeat((byte)7, length).ToArray()));
        Add(ramdisk, "init");

        byte[] bytes = Load(ramdisk);

        Assert.All(bytes[..length], static value => Assert.Equal(7, value));
        int start = (length + 3) & ~3;
        Assert.All(bytes[length..start], static value => Assert.Equal(0, value));
        Assert.Equal(["init", "TRAILER!!!"], Read(bytes[start..]).Select(static entry => entry.Name));
    }

    [Fact]
    public void What_is_no_file_is_named_and_what_is_not_there_is_an_error()
    {
        var archive = new RamdiskArchive(new Ramdisk());
        Assert.Throws<FileNotFoundException>(() => archive.AddFromHost(PathOf("nothing")));
        Assert.SkipUnless(OperatingSystem.IsLinux(), "device nodes are those of Linux");
        Assert.Equal("/dev/null", archive.AddFromHost("/dev/null"));
    }

    [Fact]
    public void Cpio_reads_what_is_written()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/cpio"), "cpio is not installed");
        Directory.CreateDirectory(PathOf("tree/deep/er"));
        Write("tree/deep/er/file", new string('x', 70_000));
        byte[] archive = Archive("tree");
        File.WriteAllBytes(PathOf("archive"), archive);
        var start = new System.Diagnostics.ProcessStartInfo("/bin/sh", ["-c", $"cpio -t --quiet < '{PathOf("archive")}'"])
        { RedirectStandardOutput = true };
        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(start)!;
        Assert.Equal("deep\ndeep/er\ndeep/er/file\n", process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private byte[] Archive(params string[] names)
    {
        using var ramdisk = new Ramdisk();
        Add(ramdisk, names);
        return Load(ramdisk);
    }

    private void Add(Ramdisk ramdisk, params string[] names)
    {
        var archive = new RamdiskArchive(ramdisk);
        foreach (string name in names)
            Assert.Null(archive.AddFromHost(PathOf(name)));
        archive.Complete();
    }

    private static byte[] Load(Ramdisk ramdisk)
    {
        var memory = new PhysicalMemory([new(0x1000, 0x10_0000)]);
        ramdisk.Load(memory, 0x1000);
        var bytes = new byte[ramdisk.Size];
        Assert.True(memory.TryRead(0x1000, bytes));
        return bytes;
    }

    private static List<Entry> Read(byte[] archive)
    {
        var entries = new List<Entry>();
        int at = 0;
        while (at < archive.Length)
        {
            Assert.Equal(0, at % 4);
            Assert.Equal("070701", Encoding.ASCII.GetString(archive, at, 6));
            uint[] fields = [.. Enumerable.Range(0, 13).Select(i => uint.Parse(
                Encoding.ASCII.GetString(archive, at + 6 + (8 * i), 8), NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture))];
            int name = at + 110;
            int contents = (name + (int)fields[11] + 3) & ~3;
            entries.Add(new(
                Encoding.UTF8.GetString(archive, name, (int)fields[11] - 1), fields[0], fields[1],
                Encoding.UTF8.GetString(archive, contents, (int)fields[6])));
            at = (contents + (int)fields[6] + 3) & ~3;
        }

        return entries;
    }

    private string PathOf(string name) => Path.Combine(_directory.FullName, name);

    private void Write(string name, string text, bool executable = false)
    {
        File.WriteAllText(PathOf(name), text);
        UnixFileMode mode = (UnixFileMode)Convert.ToInt32(executable ? "755" : "644", 8);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(PathOf(name), mode);
    }

    private sealed record Entry(string Name, uint Inode, uint Mode, string Contents);
}
