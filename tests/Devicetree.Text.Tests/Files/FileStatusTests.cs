using Devicetree.Text.Files;

namespace Devicetree.Text.Tests.Files;

/// <summary>What the system says of a file is what the base library says of it, where both do.</summary>
public sealed class FileStatusTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory();

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void A_file_has_the_length_times_and_mode_that_the_base_library_shows()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux is asked");
        string path = Path.Combine(_directory.FullName, "grüße.dts");
        File.WriteAllBytes(path, new byte[1234]);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupWrite | UnixFileMode.OtherExecute);
        var written = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, written.AddTicks(7));
        Assert.True(FileStatus.TryRead(path, out FileStatus status));
        Assert.Equal(FileStatus.RegularType, status.Type);
        Assert.Equal(1234, status.Length);
        Assert.Equal(File.GetLastWriteTimeUtc(path).Ticks, status.Modified);
        Assert.Equal(File.GetUnixFileMode(path), status.Mode);
        Assert.True(status.Changed > status.Modified, "setting a time changes the file, and that time cannot be set");
    }

    [Fact]
    public void Directories_devices_and_what_links_lead_to_are_told_apart()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux is asked");
        string link = Path.Combine(_directory.FullName, "link");
        File.CreateSymbolicLink(link, _directory.FullName);
        Assert.True(FileStatus.TryRead(link, out FileStatus directory));
        Assert.Equal(FileStatus.DirectoryType, directory.Type);
        Assert.True(FileStatus.TryRead("/dev/null", out FileStatus device));
        Assert.NotEqual(FileStatus.DirectoryType, device.Type);
        Assert.NotEqual(FileStatus.RegularType, device.Type);
        Assert.Equal((0u, 0u), (device.User, device.Group));
    }

    [Theory]
    [InlineData("nothere")]
    [InlineData("nul\0byte")]
    public void What_is_not_there_has_no_status(string name) =>
        Assert.False(FileStatus.TryRead(Path.Combine(_directory.FullName, name), out _));

    [Fact]
    public void A_name_of_any_length_is_asked_for() =>
        Assert.False(FileStatus.TryRead(new string('x', 100_000), out _));
}
