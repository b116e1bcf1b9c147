using Devicetree.Text.Diagnostics;
using Gunyah.Machine.Events;

namespace Gunyah.Tool.Commands;

/// <summary>The directory of <c>--dump</c>, for the devicetrees that the Resource Manager writes in a run.</summary>
/// <param name="host">The outside.</param>
/// <param name="report">Says what cannot be written.</param>
/// <param name="directory">The directory, from the working directory.</param>
internal sealed class DumpDirectory(ToolHost host, CommandReport report, string directory)
{
    /// <summary>What keeps them during the run.</summary>
    public DevicetreeDump Dump { get; } = new();

    /// <summary>Makes the directory and tries whether the files that are going to be there can be written.</summary>
    /// <param name="vms">The VMs that are known before the run, beside the primary VM.</param>
    /// <returns>The exit code where they cannot.</returns>
    public int? TryPrepare(IEnumerable<string> vms)
    {
        try
        {
            string full = host.FullPath(directory);
            Directory.CreateDirectory(full);
            foreach (string name in vms.Prepend(DevicetreeDump.PrimaryName))
            {
                foreach (string extension in DevicetreeDump.Extensions)
                    Try(Path.Combine(full, name + extension));
            }

            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return report.CannotWrite(directory, failure.Message);
        }
    }

    /// <summary>Writes the files.</summary>
    /// <returns>The exit code.</returns>
    public int Write()
    {
        try
        {
            Directory.CreateDirectory(host.FullPath(directory));
            foreach ((string name, ReadOnlyMemory<byte> blob) in Dump.Files)
            {
                using FileStream file = File.Create(Path.Combine(host.FullPath(directory), name));
                file.Write(blob.Span);
            }

            return ExitCodes.Good;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return report.CannotWrite(directory, failure.Message);
        }
    }

    private static void Try(string path)
    {
        bool isThere = File.Exists(path);
        using (File.OpenWrite(path))
        {
            // That it opens is the answer; what a file holds stays until there is something to put in its place.
        }

        if (!isThere)
            File.Delete(path);
    }
}
