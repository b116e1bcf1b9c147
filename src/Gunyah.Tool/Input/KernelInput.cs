using Devicetree.Text.Diagnostics;
using Gunyah.Machine.Configuration;
using Gunyah.Machine.Images;

namespace Gunyah.Tool.Input;

/// <summary>Brings kernels and their ramdisks in from the disk.</summary>
/// <param name="host">The outside.</param>
/// <param name="files">Opens a file.</param>
internal sealed class KernelInput(ToolHost host, FileOpening files)
{
    /// <summary>Opens the files of a kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="directory">The directory that its paths start from.</param>
    /// <param name="added">Files and directories that its ramdisk gets, from the working directory.</param>
    /// <param name="code">The exit code where it cannot be used; what is wrong has been said.</param>
    /// <returns>The files, to be closed by the caller; null where one cannot be used.</returns>
    public KernelFiles? Open(KernelSettings kernel, string directory, IReadOnlyList<string> added, out int code)
    {
        string path = Path.Combine(directory, kernel.Path);
        if (files.Try(path, GuestFile.Open, out code) is not { } image)
            return null;
        var ramdisk = new Ramdisk();
        var opened = new KernelFiles(path, image, ramdisk);
        if ((kernel.RamdiskPath is not { } initrd || TryAppend(ramdisk, Path.Combine(directory, initrd), out code))
            && (added.Count == 0 || TryAdd(ramdisk, added, out code)))
            return opened;
        opened.Dispose();
        return null;
    }

    private bool TryAppend(Ramdisk ramdisk, string path, out int code)
    {
        if (files.Try(path, GuestFile.Open, out code) is not { } file)
            return false;
        ramdisk.Append(file);
        return true;
    }

    private bool TryAdd(Ramdisk ramdisk, IReadOnlyList<string> added, out int code)
    {
        var archive = new RamdiskArchive(ramdisk);
        foreach (string path in added)
        {
            // What cannot be added is answered by its path; "" stands for success.
            if (files.Try(path, whole => archive.AddFromHost(whole) ?? "", out code) is not { } special)
                return false;
            if (special.Length == 0)
                continue;
            code = CommandReport.CannotRead(host, special, "it is neither a file nor a directory");
            return false;
        }

        archive.Complete();
        code = ExitCodes.Good;
        return true;
    }
}
