using Devicetree.Text.Diagnostics;

namespace Gunyah.Tool;

/// <summary>Mistakes in what the command line names; the ids are stable.</summary>
internal static class InputRules
{
    /// <summary>A file or folder that is not there. One that is there but cannot be read is no mistake of the input.</summary>
    public static readonly DiagnosticRule Missing = new("GT0001", "missing", Severity.Error, "there is no file or folder '{0}'", "check the name, and the folder you are in");

    /// <summary>A folder that holds something else than a devicetree.</summary>
    public static readonly DiagnosticRule NoDevicetreeFolder = new("GT0002", "no-devicetree-folder", Severity.Error, "the folder '{0}' is no devicetree that can be used: {1}", "give a folder such as /proc/device-tree, or a blob");
}
