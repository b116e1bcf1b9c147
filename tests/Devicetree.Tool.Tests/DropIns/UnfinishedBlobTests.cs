namespace Devicetree.Tool.Tests.DropIns;

/// <summary>
/// fdtget on blobs that libfdt's sequential writing has not finished; the answers are those of Debian's fdtget 1.6.1, and
/// <c>Conformance.Tests</c> asks it again.
/// </summary>
public sealed class UnfinishedBlobTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData(0, "-p /", 1, "", "Error at '/': FDT_ERR_BADSTATE\n")]
    [InlineData(1, "-p /", 1, "", "")]
    [InlineData(1, "-p /n", 1, "", "Error at '/n': FDT_ERR_TRUNCATED\n")]
    [InlineData(2, "-p /", 1, "a\n", "")]
    [InlineData(2, "/ a", 0, "1\n", "")]
    [InlineData(3, "-p /", 0, "a\n", "")]
    [InlineData(3, "-l /", 1, "n\n", "")]
    [InlineData(4, "-p /n", 1, "phandle\n", "")]
    [InlineData(5, "-p /n", 0, "phandle\n", "")]
    [InlineData(6, "-l /", 0, "n\n", "")]
    [InlineData(6, "/n phandle", 0, "7\n", "")]
    public void A_blob_that_is_being_written_is_read(int steps, string asked, int code, string output, string error)
    {
        _host.Write("a.dtb", UnfinishedBlobs.After(steps));
        Assert.Equal((code, output, error), (_host.Run("fdtget", asked.Split(' ') is [['-', ..], var node]
            ? [asked[..2], "a.dtb", node] : ["a.dtb", .. asked.Split(' ')]), _host.Output, _host.Error));
    }

    [Fact]
    public void A_blob_whose_header_promises_more_than_there_is_is_refused()
    {
        byte[] blob = UnfinishedBlobs.After(6);
        (int Field, uint Word)[] promises =
            [(4, 0x7fffffff), (4, uint.MaxValue), (32, uint.MaxValue), (8, uint.MaxValue), (36, 0)];
        foreach ((int field, uint word) in promises)
        {
            _host.Write("a.dtb", BlobBuilder.Patch([.. blob], field, word));
            Assert.Equal((1, ""), (_host.Run("fdtget", "-p", "a.dtb", "/"), _host.Output));
        }
    }
}
