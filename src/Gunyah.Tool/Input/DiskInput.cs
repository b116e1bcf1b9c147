using System.Collections.Immutable;
using Devicetree.Text.Diagnostics;
using Gunyah.Machine.Configuration;
using Gunyah.Machine.Images;

namespace Gunyah.Tool.Input;

/// <summary>The files of a machine's disks, open.</summary>
internal sealed class DiskInput : IDisposable
{
    private readonly List<DiskImage> _disks = [];

    /// <summary>The disks, in the order of the machine's block devices.</summary>
    public IReadOnlyList<DiskImage> Disks => _disks;

    /// <summary>Opens them.</summary>
    /// <param name="devices">The devices of the machine.</param>
    /// <param name="directory">The directory that their paths start from.</param>
    /// <param name="files">Opens a file.</param>
    /// <returns>The exit code where one cannot be used; what is wrong has been said.</returns>
    public int Open(ImmutableArray<DeviceSettings> devices, string directory, FileOpening files)
    {
        foreach (DeviceSettings device in devices.Where(static device => device.Type == DeviceType.Block))
        {
            string path = Path.Combine(directory, device.Path!);
            if (files.Try(path, whole => DiskImage.Open(whole, device.Access), out int code) is not { } disk)
                return code;
            _disks.Add(disk);
        }

        return ExitCodes.Good;
    }

    /// <inheritdoc/>
    public void Dispose() => _disks.ForEach(static disk => disk.Dispose());
}
