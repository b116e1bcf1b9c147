using Devicetree.Text.Diagnostics;

namespace Devicetree.Tool.Input;

/// <summary>Errors in what the command line names; the ids are stable.</summary>
internal static class InputRules
{
    /// <summary>A file or directory that is not there. One that is there but cannot be read is no error of the input.</summary>
    public static readonly DiagnosticRule Missing = new(
        "DT0001", "missing", Severity.Error, "there is no file or directory '{0}'",
        "Check the name, and the directory you are in.")
    {
        Why = "Nothing was done with this name; the other inputs were handled.",
        Example = "dt check bord.dts",
    };

    /// <summary>A piece of work that ended with an exception: a fault of ours, which leaves the other pieces alone.</summary>
    public static readonly DiagnosticRule InternalFault = new(
        "DT0002", "internal-fault", Severity.Error, "dt failed on this file: {0}: {1}", "Report this fault, with the file.")
    {
        Why = "This is a fault of dt, not of the file. The other files were handled, and the exit code says that "
            + "something failed.",
        Example = "dt check board.dts, in a release of dt with a fault",
    };

    /// <summary>
    /// What ended a piece of work, as its finding. The program ends with the exit code of a fault all the same.
    /// </summary>
    public static DiagnosticBag Fault(ToolHost host, Exception exception)
    {
        host.Fault(exception);
        var diagnostics = new DiagnosticBag();
        diagnostics.Report(InternalFault, default, exception.GetType().Name, exception.Message);
        return diagnostics;
    }

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        Missing, InternalFault,
    ];
}
