using Devicetree.Text.Diagnostics;
using Gunyah.Machine.Configuration;
using Gunyah.Machine.Images;

namespace Gunyah.Tool.Input;

/// <summary>Brings kernels and their ramdisks in from the disk.</summary>
/// <param name="host">The outside.</param>
/// <param name="report">Says what cannot be read.</param>
internal sealed class KernelInput(ToolHost host, CommandReport report)
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
        if (Try(path, () => GuestFile.Open(host.FullPath(path)), out code) is not { } image)
            return null;
        var ramdisk = new Ramdisk();
        var files = new KernelFiles(path, image, ramdisk);
        if ((kernel.RamdiskPath is not { } initrd || TryAppend(ramdisk, Path.Combine(directory, initrd), out code))
            && (added.Count == 0 || TryAdd(ramdisk, added, out code)))
            return files;
        files.Dispose();
        return null;
    }

    private bool TryAppend(Ramdisk ramdisk, string path, out int code)
    {
        if (Try(path, () => GuestFile.Open(host.FullPath(path)), out code) is not { } file)
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
            if (Try(path, () => archive.AddFromHost(host.FullPath(path)) ?? "", out code) is not { } special)
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

    /// <summary>Does something with a file, and says what the system has against it.</summary>
    private T? Try<T>(string path, Func<T> act, out int code)
        where T : class
    {
        code = ExitCodes.Good;
        try
        {
            return act();
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            var missing = new DiagnosticBag();
            missing.Report(InputRules.Missing, default, path);
            report.Print(missing);
            code = ExitCodes.Findings;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            code = CommandReport.CannotRead(host, path, failure.Message);
        }

        return null;
    }
}
