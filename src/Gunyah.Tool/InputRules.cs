using Devicetree.Text.Diagnostics;

namespace Gunyah.Tool;

/// <summary>Mistakes in what the command line names; the ids are stable.</summary>
internal static class InputRules
{
    /// <summary>A file or folder that is not there. One that is there but cannot be read is no mistake of the input.</summary>
    public static readonly DiagnosticRule Missing = new("GT0001", "missing", Severity.Error, "there is no file or folder '{0}'", "check the name, and the folder you are in");
}
