using Devicetree.Schema.Style;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Tests.Style;

/// <summary>Files at which the scanner of the YAML library stumbles or stands still; the fuzzer found them.</summary>
public sealed class HostileStyleTests
{
    public static TheoryData<string> Harmful =>
    [
        "---\na:b: c, d: [{e: f}]}   g: {" + new string('h', 120) + "}\n",
        "---\na: {b:'(!a)' c}\n\t- d\n",
        "%YAML 1.2\n---\na\n  b: c\n d\n: e\n",
        "---\n&: x\n? y\n&\n",
        "---\na: |9\n b\n",
    ];

    [Theory, MemberData(nameof(Harmful))]
    public async Task A_file_that_is_no_yaml_ends(string text)
    {
        Task check = Task.Run(() => StyleChecker.Check(new SourceText("t.yaml", text), new DiagnosticBag()),
            TestContext.Current.CancellationToken);
        await check.WaitAsync(Hanging.Limit, TestContext.Current.CancellationToken);
    }
}
