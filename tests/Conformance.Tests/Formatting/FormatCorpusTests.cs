using System.Collections.Concurrent;
using System.Text;
using Conformance.Tests.Boards;
using Devicetree.Formatting;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Conformance.Tests.Formatting;

/// <summary>
/// Every devicetree source of the kernel, laid out by us, against the preprocessor and compiler that read them.
/// </summary>
public class FormatCorpusTests
{
    [Fact]
    public void Every_kernel_source_is_laid_out_and_stays_so()
    {
        KernelCorpus.Require();
        var problems = new ConcurrentBag<string>();
        Parallel.ForEach(Sources(KernelCorpus.Source!), file =>
        {
            byte[] bytes = File.ReadAllBytes(file);
            var diagnostics = new DiagnosticBag();
            string? once = DtsFormatter.Format(new SourceText(file, bytes), diagnostics);
            if (once is null)
                problems.Add(diagnostics.Items[0].ToString());
            else if (DtsFormatter.Format(new SourceText(file, once), diagnostics) != once)
                problems.Add($"{file}: laid out twice it differs");
            else if (WithoutBlanks(bytes) != WithoutBlanks(Encoding.UTF8.GetBytes(once)))
                problems.Add($"{file}: something other than blanks changed");
        });
        Assert.Empty(problems.Order().Take(20));
    }

    private static IEnumerable<string> Sources(string root, params string[] directories) =>
        (directories.Length > 0 ? directories : ["arch/arm64/boot/dts", "arch/arm/boot/dts"])
            .SelectMany(directory => Directory.EnumerateFiles(Path.Combine(root, directory), "*.dts*",
            SearchOption.AllDirectories))
            .Where(file => file.EndsWith(".dts", StringComparison.Ordinal) || file.EndsWith(".dtsi", StringComparison.Ordinal));

    private static string WithoutBlanks(byte[] bytes) =>
        string.Concat(Encoding.UTF8.GetString(bytes).Replace("\\\n", "", StringComparison.Ordinal)
        .Where(c => !char.IsWhiteSpace(c)));
}
