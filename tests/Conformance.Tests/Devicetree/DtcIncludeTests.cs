using System.Text;
using Conformance.Tests.Tools;

namespace Conformance.Tests.Devicetree;

/// <summary>Where <c>dtc</c> finds included files, and what it calls them in warnings and dependency files.</summary>
public sealed class DtcIncludeTests
{
    [Theory]
    [InlineData("{directory}")]
    [InlineData("{directory/}")]
    [InlineData("{directory//}")]
    public void A_search_directory_may_end_with_slashes_as_the_kernels_makefiles_write_it(string directory)
    {
        ExternalTool.Require("dtc");
        using var pair = new DropInPair("dtc");
        pair.With("main.dts", "/dts-v1/;\n/include/ \"part.dtsi\"\n"u8.ToArray())
            .With("directory/part.dtsi", Encoding.UTF8.GetBytes("/ {\n\tnode@1 { };\n};\n"))
            .Run(directory, ["-i", directory, "-d", "{out.d}", "-o", "{out.dtb}", "{main.dts}"], "out.dtb");
        Assert.Contains("unit_address_vs_reg", pair.Theirs.StandardError, StringComparison.Ordinal);
    }
}
