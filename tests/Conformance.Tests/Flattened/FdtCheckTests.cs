using Devicetree.Compatibility;
using Devicetree.Flattened;

namespace Conformance.Tests.Flattened;

public class FdtCheckTests
{
    private const int Seeds = 20000;

    [Fact]
    public void A_mutated_blob_gets_the_verdict_of_libfdt()
    {
        LibfdtCheck.Require();
        string[] theirs = LibfdtCheck.Verdicts([.. MutatedBlobs.All.Values]);

        Assert.All(MutatedBlobs.All.Zip(theirs), row => Compare(row.First.Key, row.First.Value, row.Second));
    }

    /// <summary>Cases 64, 65 and 67 among the others.</summary>
    [Fact]
    public void A_mutated_blob_gets_the_verdict_of_libfdt_1_8_1()
    {
        Dictionary<string, string> theirs = File.ReadLines(
            Checkout.File("tests", "Conformance.Tests", "Flattened", "verdicts-1.8.1.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(": "))
            .ToDictionary(parts => parts[0], parts => parts[1]);

        Assert.Equal(MutatedBlobs.All.Keys.Order(), theirs.Keys.Order());
        Assert.All(MutatedBlobs.All, blob => Assert.Equal(
            (blob.Key, theirs[blob.Key]), (blob.Key, LibfdtCheck.WordOf(FdtChecker.Check(blob.Value, DtcVersion.Newest)))));
    }

    [Fact]
    public void A_randomly_damaged_blob_gets_the_verdict_of_libfdt()
    {
        LibfdtCheck.Require();
        byte[] small = MutatedBlobs.All["good"];
        byte[] real = File.ReadAllBytes(Checkout.RealVector("secondary.dtb"));
        byte[][] blobs = [.. Enumerable.Range(0, Seeds)
            .Select(seed => Mutations.Damage(seed % 3 == 0 ? real : small, new Random(seed)))];
        string[] theirs = LibfdtCheck.Verdicts(blobs);

        for (int seed = 0; seed < Seeds; seed++)
            Compare($"seed {seed}", blobs[seed], theirs[seed]);
        // Damage must neither hit nothing nor everything.
        Assert.InRange(theirs.Count(verdict => verdict == LibfdtCheck.Accepted), Seeds / 20, Seeds * 19 / 20);
        Assert.InRange(theirs.Distinct().Count(), 5, 20);
    }

    private static void Compare(string what, byte[] blob, string theirs)
    {
        FdtError? error = FdtChecker.Check(blob, DtcVersion.Debian);
        if (theirs == LibfdtCheck.Crash)
            Assert.True(error is not null, $"{what}: libfdt crashes, so this must be refused");
        else
            Assert.Equal((what, theirs), (what, LibfdtCheck.WordOf(error)));
        if (error is not null)
            Assert.InRange(error.Offset, 0, blob.Length);
    }
}
