using System.Collections.Concurrent;
using Conformance.Tests.Boards;
using Conformance.Tests.Checks;
using Conformance.Tests.Tools;
using Devicetree.Tool.Tests;

namespace Conformance.Tests.Compiler;

/// <summary>
/// Every board of the kernel through <c>dt compile --out-dir</c>, all in one batch with the preprocessor built in, held against
/// what cpp and dtc make of it as the kernel's makefiles call them.
/// </summary>
public class CompileBoardTests
{
    private const int Shown = 5;

    /// <summary>The makefiles' way, once without and once with symbols; what is refused leaves no blob.</summary>
    private const string Script = """
        out=$1 board=$2 dir=$3
        shift 3
        cpp "$@" "$board" "$out.pre" 2>/dev/null || exit 0
        dtc -q -b 0 -i "$dir" -o "$out.dtb" "$out.pre" 2>/dev/null || rm -f "$out.dtb"
        dtc -q -b 0 -@ -i "$dir" -o "$out.symbols.dtb" "$out.pre" 2>/dev/null || rm -f "$out.symbols.dtb"
        rm "$out.pre"
        """;

    [Theory]
    [InlineData("arm64", 766, false)]
    [InlineData("arm", 1400, true)]
    public void Every_board_becomes_the_bytes_of_cpp_and_dtc_with_and_without_symbols(string architecture, int atLeast,
    bool isLong)
    {
        KernelCorpus.Require();
        Assert.SkipUnless(!isLong || Environment.GetEnvironmentVariable("GUNYAH_LONG_TESTS") == "1",
            "GUNYAH_LONG_TESTS=1 runs it");
        string[] boards = [.. KernelCorpus.Boards(architecture)];
        string[] include = [.. KernelCorpus.IncludeDirectories(architecture)
            .SelectMany(directory => (string[])["-I", directory])];
        using var theirs = new TemporaryDirectory();
        Parallel.ForEach(boards, DtcChecks.OneEachCore, board => ExternalTool.Run(
            "sh", ["-c", Script, "sh", theirs.PathOf(NameOf(board)), board, Path.GetDirectoryName(board)!,
            "-nostdinc", "-undef", "-D__DTS__", "-x", "assembler-with-cpp", .. include]));

        var differences = new ConcurrentBag<string>();
        int good = 0;
        foreach (bool symbols in (bool[])[false, true])
        {
            using var ours = new TestHost();
            ours.Dt(["compile", "--quiet", "-b", "0", "--out-dir", "out", .. symbols ? (string[])["-@"] : [], .. include,
                .. boards]);
            foreach (string board in boards)
            {
                string their = theirs.PathOf(NameOf(board) + (symbols ? ".symbols.dtb" : ".dtb"));
                string our = ours.PathOf(Path.Combine("out", NameOf(board) + ".dtb"));
                if (File.Exists(their) != File.Exists(our))
                    differences.Add($"{board}{(symbols ? " -@" : "")}: {(File.Exists(our) ? "dtc refuses it" : "we refuse it")}");
                else if (File.Exists(our) && !File.ReadAllBytes(their).AsSpan().SequenceEqual(File.ReadAllBytes(our)))
                    differences.Add($"{board}{(symbols ? " -@" : "")}: other bytes");
                else if (File.Exists(our))
                    good++;
            }
        }
        Assert.True(differences.IsEmpty,
            $"{differences.Count} differ:\n{string.Join('\n', differences.Order(StringComparer.Ordinal).Take(Shown))}");
        Assert.InRange(good, 2 * atLeast, int.MaxValue);
    }

    private static string NameOf(string board) => Path.GetFileNameWithoutExtension(board);
}
