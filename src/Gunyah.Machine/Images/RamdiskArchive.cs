using System.Globalization;
using System.Text;
using Devicetree.Text.Files;

namespace Gunyah.Machine.Images;

/// <summary>
/// Adds files to a RAM disk, as an archive of its own: cpio in the form "newc", a header of 110 characters, the name and the
/// contents, each filled up to four bytes (Linux, Documentation/driver-api/early-userspace/buffer-format). Owners are root and
/// times are 0, so that the same files make the same archive.
/// </summary>
public sealed class RamdiskArchive
{
    private const string Magic = "070701";
    private const string Trailer = "TRAILER!!!";
    private const int Alignment = 4;
    private const uint RegularFile = 0x8000;
    private const uint DirectoryFile = 0x4000;
    private const uint LinkFile = 0xA000;
    private const uint PermissionMask = 0xFFF;
    private const uint LinkPermissions = 0x1FF;

    private readonly Ramdisk _ramdisk;
    private uint _next = 1;

    /// <summary>Begins an archive behind what the RAM disk has.</summary>
    public RamdiskArchive(Ramdisk ramdisk)
    {
        ArgumentNullException.ThrowIfNull(ramdisk);
        _ramdisk = ramdisk;
    }

    /// <summary>
    /// Adds a file at the top, or what is in a directory: all of it, in the order of its names, links as links.
    /// </summary>
    /// <param name="path">The path of the file or directory.</param>
    /// <returns>The path that cannot be added because it is neither a file nor a directory nor a link; null on success.</returns>
    /// <exception cref="IOException">Something cannot be read, or has 4 GiB or more.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read something.</exception>
    public string? AddFromHost(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Directory.Exists(path) ? AddContents(path, "") : AddEntry(new FileInfo(path), "");
    }

    /// <summary>Ends the archive.</summary>
    public void Complete() => AddEntry(Trailer, mode: 0, links: 1, contents: null);

    private string? AddContents(string directory, string prefix)
    {
        foreach (FileSystemInfo entry in new DirectoryInfo(directory).EnumerateFileSystemInfos()
            .OrderBy(static entry => entry.Name, StringComparer.Ordinal))
        {
            if (AddEntry(entry, prefix) is { } problem)
                return problem;
        }

        return null;
    }

    private string? AddEntry(FileSystemInfo entry, string prefix)
    {
        string name = prefix + entry.Name;
        if (entry.LinkTarget is { } target)
        {
            AddEntry(name, LinkFile | LinkPermissions, links: 1, GuestFile.FromBytes(Encoding.UTF8.GetBytes(target)));
            return null;
        }

        if (!entry.Exists)
            throw new FileNotFoundException($"there is no file '{entry.FullName}'");
        uint permissions = PermissionsOf(entry);
        if ((entry.Attributes & FileAttributes.Directory) != 0)
        {
            AddEntry(name, DirectoryFile | permissions, links: 2, contents: null);
            return AddContents(entry.FullName, name + "/");
        }

        // Opening a pipe would wait, and a device may never end.
        if (IsSpecial(entry))
            return entry.FullName;
        GuestFile contents = GuestFile.Among(entry.FullName);
        if (contents.Size > uint.MaxValue)
        {
            contents.Dispose();
            throw new IOException($"'{entry.FullName}' has more bytes than an archive takes of one file");
        }

        AddEntry(name, RegularFile | permissions, links: 1, contents);
        return null;
    }

    /// <summary>A regular file reads as such; whatever else has a name does not.</summary>
    private static bool IsSpecial(FileSystemInfo entry) =>
        !OperatingSystem.IsWindows() && FileStatus.TryRead(entry.FullName, out FileStatus status)
            && status.Type != FileStatus.RegularType;

    private static uint PermissionsOf(FileSystemInfo entry)
    {
        const uint WithoutModes = 0x1ED; // rwxr-xr-x
        return OperatingSystem.IsWindows() ? WithoutModes : (uint)entry.UnixFileMode & PermissionMask;
    }

    private void AddEntry(string name, uint mode, uint links, GuestFile? contents)
    {
        int length = Encoding.UTF8.GetByteCount(name) + 1;
        ReadOnlySpan<uint> fields =
            [_next++, mode, 0, 0, links, 0, (uint)(contents?.Size ?? 0), 0, 0, 0, 0, (uint)length, 0];
        var header = new StringBuilder(Magic);
        foreach (uint field in fields)
            header.Append(CultureInfo.InvariantCulture, $"{field:X8}");
        // The end of the last entry too: readers take whole words.
        string filled = header.Append(name).ToString();
        var bytes = new byte[(header.Length - name.Length + length + (Alignment - 1)) & ~(Alignment - 1)];
        Encoding.UTF8.GetBytes(filled, bytes);
        _ramdisk.Append(GuestFile.FromBytes(bytes));
        if (contents is { Size: > 0 })
            _ramdisk.Append(contents);
        else
            contents?.Dispose();
    }
}
