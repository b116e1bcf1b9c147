using System.Buffers.Binary;
using Conformance.Tests.Flattened;
using Conformance.Tests.Tools;

namespace Conformance.Tests.Decompiler;

/// <summary>
/// Damaged blobs, read by dtc and by us: the same exit code, the same words, the same text of what is read all the same.
/// </summary>
public class ReaderVerdictTests
{
    private const int RandomBlobs = 300;

    public static TheoryData<string> Names => [.. MutatedBlobs.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_damaged_blob_gets_the_verdict_of_dtc(string name)
    {
        ExternalTool.Require("dtc");
        Compare(name, MutatedBlobs.All[name]);
    }

    [Fact]
    public void Randomly_damaged_blobs_get_the_verdict_of_dtc()
    {
        ExternalTool.Require("dtc");
        byte[] good = File.ReadAllBytes(Checkout.RealVector("secondary.dtb"));
        Parallel.For(0, RandomBlobs, seed =>
        {
            var random = new Random(seed);
            byte[] blob = [.. good];
            for (int i = 1 + random.Next(4); i > 0; i--)
            {
                int at = random.Next(3) == 0 ? random.Next(40) : random.Next(blob.Length);
                blob[at] = random.Next(3) switch
                {
                    0 => (byte)(blob[at] ^ (1 << random.Next(8))),
                    1 => 0,
                    _ =>
                    (byte)random.Next(256)
                };
            }
            if (random.Next(8) == 0)
                blob = blob[..random.Next(blob.Length)];
            Compare($"seed {seed}", blob);
        });
    }

    private static void Compare(string what, byte[] blob)
    {
        using var pair = new DropInPair("dtc");
        pair.With("in.dtb", blob);
        pair.RunForVerdict(what, ["-I", "dtb", "-O", "null", "{in.dtb}"]);
        // Of a size that is negative for it the system's words depend on the memory that it happens to have.
        bool isNegative = blob.Length >= 8 && BinaryPrimitives.ReadInt32BigEndian(blob.AsSpan(4)) < 0;
        if (pair.Crashed || isNegative)
            return;
        pair.Run(what, ["-I", "dtb", "-O", "dtb", "-o", "{out}", "{in.dtb}"], "out");
    }
}
