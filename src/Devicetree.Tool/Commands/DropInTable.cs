using Devicetree.Compatibility;
using Devicetree.Tool.DropIns;
using Devicetree.Tool.DropIns.Dtb2Py;
using Devicetree.Tool.DropIns.Dtc;
using Devicetree.Tool.DropIns.DtCheckCompatible;
using Devicetree.Tool.DropIns.DtDocValidate;
using Devicetree.Tool.DropIns.DtExtractExample;
using Devicetree.Tool.DropIns.DtMkSchema;
using Devicetree.Tool.DropIns.DtValidate;
using Devicetree.Tool.DropIns.FdtTools;

namespace Devicetree.Tool.Commands;

/// <summary>A tool that ours takes the place of.</summary>
/// <param name="Name">Its name, under which ours can be linked.</param>
/// <param name="Run">Runs its command line without the name; the result is its exit code.</param>
internal sealed record DropIn(string Name, Func<ToolHost, string[], int> Run);

/// <summary>Every drop-in name, declared once.</summary>
internal static class DropInTable
{
    public static IReadOnlyList<DropIn> All { get; } =
    [
        OfRelease("dtc", DtcProgram.Run),
        new("dtb2py", Dtb2PyProgram.Run),
        new("dt-check-compatible", DtCheckCompatibleProgram.Run),
        new("dt-doc-validate", DtDocValidateProgram.Run),
        new("dt-extract-example", DtExtractExampleProgram.Run),
        new("dt-mk-schema", DtMkSchemaProgram.Run),
        new("dt-validate", DtValidateProgram.Run),
        OfRelease("fdtoverlay", FdtOverlayProgram.Run),
        OfRelease("fdtget", FdtGetProgram.Run),
        OfRelease("fdtput", FdtPutProgram.Run),
        OfRelease("fdtdump", FdtDumpProgram.Run),
    ];

    /// <summary>A drop-in that is one release of its original.</summary>
    private static DropIn OfRelease(string name, Func<ToolHost, string[], DtcVersion, int> run) =>
        new(name, (host, args) => DtcVersionChoice.Run(name, host, args, run));

    public static DropIn? Find(string name)
    {
        foreach (DropIn candidate in All)
        {
            if (candidate.Name == name)
                return candidate;
        }
        return null;
    }
}
