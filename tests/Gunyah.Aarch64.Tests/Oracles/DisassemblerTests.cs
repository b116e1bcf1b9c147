using System.Diagnostics;
using System.Runtime.InteropServices;
using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.Disassembling;

namespace Gunyah.Aarch64.Tests.Oracles;

/// <summary>
/// The text of instructions beside <c>objdump</c>: random words of every row, and equal texts but for objdump's comments. Left
/// out are registers and fields of PSTATE that have a name there and none here, and words that objdump takes for undefined: those
/// of which bits that should be 1 are not, and LDPSW of one register twice or of its base.
/// </summary>
public sealed class DisassemblerTests
{
    private const string Objdump = "/usr/bin/aarch64-linux-gnu-objdump";
    private const string HowMany = "GUNYAH_A64_DISASSEMBLED";
    private const int FewWordsPerRow = 40;

    [Fact]
    public async Task Every_row_reads_as_in_objdump()
    {
        Peers.Require(File.Exists(Objdump), "binutils-aarch64-linux-gnu");
        int perRow = int.TryParse(Environment.GetEnvironmentVariable(HowMany), out int many) ? many : FewWordsPerRow;
        int seed = Peers.Seed();
        var random = new Random(seed);
        var words = new List<uint>();
        foreach (EncodingRow row in Encodings.All)
        {
            for (int i = 0; i < perRow; i++)
            {
                uint word = (uint)random.NextInt64(1L << 32) & ~row.Mask | row.Value;
                if (Decoder.All.Find(word) == row)
                    words.Add(word);
            }
        }

        string[] theirs = await Disassemble(words);
        Assert.Equal(words.Count, theirs.Length);
        var found = new SortedDictionary<string, string>();
        for (int i = 0; i < words.Count; i++)
        {
            string ours = Disassembler.Text(words[i], (ulong)i * sizeof(uint));
            EncodingRow row = Decoder.All.Find(words[i])!;
            if (ours != theirs[i] && !IsNamedThere(ours) && !IsUndefinedThere(row, theirs[i]))
                found.TryAdd(row.Mnemonic, $"{words[i]:x8}: '{ours}', there '{theirs[i]}'");
        }

        Assert.True(
            found.Count == 0,
            $"{found.Count} rows differ, seed {seed}:\n" + string.Join("\n", found.Select(static f => $"{f.Key}: {f.Value}")));
    }

    [Fact]
    public void What_is_no_instruction_reads_as_its_word()
    {
        Assert.Equal("udf #4660", Disassembler.Text(0x1234, 0));
        Assert.Equal(".inst 0xffffffff", Disassembler.Text(uint.MaxValue, 0));
    }

    private static bool IsNamedThere(string ours)
    {
        // s3_0_c4_c2_2
        int at = ours.IndexOf(" s", StringComparison.Ordinal);
        return ours.StartsWith('m') && at > 0 && at + 4 < ours.Length && char.IsAsciiDigit(ours[at + 2]) && ours[at + 3] == '_';
    }

    private static bool IsUndefinedThere(EncodingRow row, string theirs) =>
        theirs.EndsWith("; undefined", StringComparison.Ordinal)
        && (row.Pattern.Contains("xxxxx", StringComparison.Ordinal)
            || row.Mnemonic.StartsWith("LDPSW", StringComparison.Ordinal));

    private static async Task<string[]> Disassemble(List<uint> words)
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await File.WriteAllBytesAsync(path, MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(words)).ToArray());
            var start = new ProcessStartInfo(Objdump, ["-D", "-z", "-b", "binary", "-m", "aarch64", "-M", "no-aliases", path])
            {
                RedirectStandardOutput = true,
            };
            using Process process = Process.Start(start)!;
            string output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            // "  10:	d503201f 	hint	#0x0  // comment"
            return
            [
                .. output.Split('\n').Select(static line => line.Split('\t')).Where(static parts => parts.Length > 2)
                    .Select(static parts => string.Join(' ', parts[2..]).Split(" //")[0].TrimEnd()),
            ];
        }
        finally
        {
            File.Delete(path);
        }
    }
}
