namespace Devicetree.Tool.DropIns;

/// <summary>A tool that ours takes the place of.</summary>
/// <param name="Name">Its name, under which ours can be linked.</param>
/// <param name="Run">Runs its command line without the name; the result is its exit code.</param>
internal sealed record DropIn(string Name, Func<ToolHost, string[], int> Run);

/// <summary>Every drop-in name, declared once.</summary>
internal static class DropInTable
{
    public static IReadOnlyList<DropIn> All { get; } =
    [
        new("dtc", Dtc.DtcProgram.Run),
        new("dtb2py", Dtb2Py.Dtb2PyProgram.Run),
        new("dt-check-compatible", DtCheckCompatible.DtCheckCompatibleProgram.Run),
        new("dt-doc-validate", DtDocValidate.DtDocValidateProgram.Run),
        new("dt-extract-example", DtExtractExample.DtExtractExampleProgram.Run),
        new("dt-mk-schema", DtMkSchema.DtMkSchemaProgram.Run),
        new("dt-validate", DtValidate.DtValidateProgram.Run),
        new("fdtoverlay", FdtTools.FdtOverlayProgram.Run),
        new("fdtget", FdtTools.FdtGetProgram.Run),
        new("fdtput", FdtTools.FdtPutProgram.Run),
        new("fdtdump", FdtTools.FdtDumpProgram.Run),
    ];

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
