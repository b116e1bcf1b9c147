using System.Globalization;
using System.Text;
using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.Disassembling;
using Decoder = Gunyah.Aarch64.Decoding.Decoder;

namespace Gunyah.Aarch64.Tests.Decoding;

/// <summary>
/// docs/reference/a64-instructions.md is written from the table of encodings. Set GUNYAH_UPDATE_DOCS=1 to write it again; without
/// it a page that differs fails.
/// </summary>
public sealed class InstructionPageTests
{
    private const string Introduction = """
        # Instructions

        Written from `Encodings` of Gunyah.Aarch64 by `InstructionPageTests`; do not edit by hand.

        What the engine for arm64 code has. Any other word is UNDEFINED, as the ID registers say. An encoding is bits 31 to 0: 0
        and 1, `x` for a bit that is ignored, and fields by the manual's names (Arm ARM DDI 0487, C6 and C7), of one bit or of
        the width behind the colon; an asterisk means that some values of the fields are UNDEFINED. Examples are written without
        aliases, at address 0x100000000.

        """;

    private const string Header = "| instruction | encoding | example |\n|---|---|---|\n";
    private const int Attempts = 100_000;
    private const ulong Address = 0x1_0000_0000;

    [Fact]
    public void The_page_of_instructions_says_what_the_table_says()
    {
        string path = Checkout.File("docs", "reference", "a64-instructions.md");
        string expected = Page();
        if (Environment.GetEnvironmentVariable("GUNYAH_UPDATE_DOCS") == "1")
            File.WriteAllText(path, expected);
        Assert.Equal(expected, File.Exists(path) ? File.ReadAllText(path) : "");
    }

    private static string Page()
    {
        var page = new StringBuilder();
        page.Append(Introduction);
        foreach (IGrouping<Feature, EncodingRow> group in
            Encodings.All.GroupBy(static row => row.Feature).OrderBy(static group => group.Key))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {Title(group.Key)}\n\n{Header}");
            foreach (EncodingRow row in group.OrderBy(static row => row.Mnemonic, StringComparer.Ordinal))
            {
                uint word = Example(row);
                string mark = row.Condition is null ? "" : " *";
                string name = row.Operation is Operation.Undefined or Operation.HaltDebug
                    ? $"{row.Mnemonic} (known, and UNDEFINED)" : row.Mnemonic;
                page.Append(CultureInfo.InvariantCulture,
                    $"| {name} | `{row.Pattern}`{mark} | `{word:x8}` `{Disassembler.Text(word, Address)}` |\n");
            }
        }

        return page.ToString();
    }

    /// <summary>Always the same word of a row.</summary>
    private static uint Example(EncodingRow row)
    {
        var random = new Random(1);
        for (int i = 0; i < Attempts; i++)
        {
            uint word = (uint)random.NextInt64(1L << 32) & ~row.Mask | row.Value;
            if (Decoder.All.Find(word) == row)
                return word;
        }

        throw new InvalidOperationException($"no word finds the row {row}");
    }

    private static string Title(Feature feature) => feature switch
    {
        Feature.Base => "Armv8.0",
        Feature.FloatingPoint => "Floating point and Advanced SIMD",
        Feature.Crc32 => "CRC32",
        Feature.Lse => "Atomic memory operations (LSE)",
        Feature.Pan => "PAN",
        Feature.Aes => "AES and PMULL",
        Feature.Sha1 => "SHA1",
        _ => "SHA256",
    };
}
