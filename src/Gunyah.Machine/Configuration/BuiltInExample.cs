using Devicetree.Text.Sources;

namespace Gunyah.Machine.Configuration;

/// <summary>
/// The example that runs without a file. Its files are those of the directory <c>examples</c>, kept in the assembly.
/// </summary>
public static class BuiltInExample
{
    /// <summary>The machine file, <c>examples/two-vms.yaml</c>.</summary>
    public static SourceText MachineFile => Read("two-vms.yaml");

    /// <summary>The board, <c>examples/virt.dts</c>.</summary>
    public static SourceText Board => Read("virt.dts");

    private static SourceText Read(string name)
    {
        using Stream stream = typeof(BuiltInExample).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the assembly lacks {name}");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new SourceText($"examples/{name}", bytes);
    }
}
