using Conformance.Tests.Boards;
using Conformance.Tests.Tools;

namespace Conformance.Tests.Bindings;

/// <summary>The bindings of Debian's linux-source-6.1, unpacked by <c>.ci/corpus</c>.</summary>
internal static class BindingCorpus
{
    private const int Files = 2_900;

    /// <summary>The directory of the bindings.</summary>
    public static string Root => Path.Combine(KernelCorpus.Source ?? "", "Documentation/devicetree/bindings");

    /// <summary>yamllint's configuration for them.</summary>
    public static string StyleConfiguration => Path.Combine(Root, ".yamllint");

    /// <summary>Skips the test (fails it under CI) where the bindings or one of the tools are missing.</summary>
    public static void Require(params string[] tools)
    {
        ExternalTool.Require(tools);
        if (!Directory.Exists(Root))
            ExternalTool.Missing("the kernel's bindings are not unpacked (.ci/corpus)");
    }

    /// <summary>All bindings, by rising name.</summary>
    public static string[] All()
    {
        string[] files = Directory.GetFiles(Root, "*.yaml", SearchOption.AllDirectories);
        Array.Sort(files, StringComparer.Ordinal);
        Assert.True(files.Length > Files, $"only {files.Length} bindings in {Root}");
        return files;
    }
}
