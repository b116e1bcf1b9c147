using System.Collections.Concurrent;
using Conformance.Tests.Boards;
using Conformance.Tests.Checks;
using Conformance.Tests.Tools;
using Devicetree.Tool.Tests;

namespace Conformance.Tests.Compiler;

/// <summary>
/// Every board of the kernel through <c>dt compile --out-dir</c>, all in one batch with the preprocessor built in, held against
/// what cpp and dtc make of it as the kernel's makefiles call them (<see cref="BoardAnswers"/>).
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
        using TestHost plain = Compiled(boards, include), withSymbols = Compiled(boards, ["-@", .. include]);
        using var theirs = new TemporaryDirectory();
        BoardAnswers answers = BoardAnswers.Of(architecture);
        var differences = new ConcurrentBag<string>();
        int good = 0;
        Parallel.ForEach(boards, DtcChecks.OneEachCore, board =>
        {
            byte[]?[] ours = [Read(BlobIn(plain, board)), Read(BlobIn(withSymbols, board))];
            if (!answers.Settle(board, BoardQuestion.Blobs, DigestOf(ours)))
            {
                string name = theirs.PathOf(NameOf(board));
                ExternalTool.Run("sh", ["-c", Script, "sh", name, board, Path.GetDirectoryName(board)!,
                    "-nostdinc", "-undef", "-D__DTS__", "-x", "assembler-with-cpp", .. include]);
                byte[]?[] their = [Read(name + ".dtb"), Read(name + ".symbols.dtb")];
                for (int i = 0; i < ours.Length; i++)
                {
                    if (Difference(their[i], ours[i]) is string difference)
                        differences.Add($"{board}{(i == 0 ? "" : " -@")}: {difference}");
                }
                answers.Note(board, BoardQuestion.Blobs, DigestOf(their));
            }
            Interlocked.Add(ref good, ours.Count(blob => blob is not null));
        });
        answers.Save();
        Assert.True(differences.IsEmpty,
            $"{differences.Count} differ:\n{string.Join('\n', differences.Order(StringComparer.Ordinal).Take(Shown))}");
        Assert.InRange(good, 2 * atLeast, int.MaxValue);
    }

    /// <summary>All boards in one batch.</summary>
    private static TestHost Compiled(string[] boards, string[] options)
    {
        var host = new TestHost();
        host.Dt(["compile", "--quiet", "-b", "0", "--out-dir", "out", .. options, .. boards]);
        return host;
    }

    private static string BlobIn(TestHost host, string board) => host.PathOf(Path.Combine("out", NameOf(board) + ".dtb"));

    private static byte[]? Read(string path) => File.Exists(path) ? File.ReadAllBytes(path) : null;

    private static string? Difference(byte[]? theirs, byte[]? ours)
    {
        if (theirs is null || ours is null)
            return theirs == ours ? null : theirs is null ? "dtc refuses it" : "we refuse it";
        return theirs.AsSpan().SequenceEqual(ours) ? null : "other bytes";
    }

    /// <summary>What is refused counts as empty, which no blob is.</summary>
    private static string DigestOf(byte[]?[] blobs) => BoardAnswers.Digest([.. blobs.Select(blob => blob ?? [])]);

    private static string NameOf(string board) => Path.GetFileNameWithoutExtension(board);
}
