using Devicetree.Text.Diagnostics;

namespace Gunyah.Tool.Input;

/// <summary>Opens files of the user, and says what the system has against it.</summary>
/// <param name="host">The outside.</param>
/// <param name="report">Takes what is wrong with the command line.</param>
internal sealed class FileOpening(ToolHost host, CommandReport report)
{
    /// <summary>Does something with a file.</summary>
    /// <param name="path">What the user calls it.</param>
    /// <param name="act">Does it, with the whole path.</param>
    /// <param name="code">The exit code where it failed; what is wrong has been said.</param>
    /// <returns>Null where it failed.</returns>
    public T? Try<T>(string path, Func<string, T> act, out int code)
        where T : class
    {
        code = ExitCodes.Good;
        try
        {
            return act(host.FullPath(path));
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
