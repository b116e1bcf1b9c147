using Devicetree.Compatibility;

namespace Devicetree.Tests.Compatibility;

public class DtcVersionTests
{
    [Fact]
    public void A_version_has_what_came_with_it_and_before()
    {
        Assert.True(new DtcVersion(1, 7, 1).Has(DtcChanges.SplitStrings));
        Assert.False(new DtcVersion(1, 7, 0).Has(DtcChanges.SplitStrings));
        Assert.All(DtcChanges.All, change => Assert.True(DtcVersion.Newest.Has(change)));
    }

    [Theory]
    [InlineData("1.6.1", true)]
    [InlineData("1.6", false)]
    [InlineData("1.6.x", false)]
    [InlineData(null, false)]
    public void A_version_is_three_numbers(string? text, bool good) => Assert.Equal(good, DtcVersion.TryParse(text, out _));

    [Theory]
    [InlineData("1.6.1", true)]
    [InlineData("1.8.1", true)]
    [InlineData("1.9.0", false)]
    [InlineData("1.6.5", false)]
    [InlineData("0.0.0", false)]
    public void Only_a_version_that_was_released_is_known(string text, bool known) =>
        Assert.Equal(known, DtcVersion.TryParseKnown(text, out _));

    [Fact]
    public void The_library_follows_the_newest_release()
    {
        Assert.Equal(DtcVersion.Known.Max(), DtcVersion.Newest);
        Assert.Equal(DtcVersion.Newest, new Devicetree.Compilation.CompilationOptions().Version);
        Assert.Equal(DtcVersion.Newest, new Devicetree.Source.DtsParserOptions().Version);
        Assert.Equal(DtcVersion.Newest, new Devicetree.Decompilation.BlobReaderOptions().Version);
        Assert.Equal(DtcVersion.Newest, new Devicetree.Decompilation.LivePrinterOptions().Version);
        Assert.Equal(DtcVersion.Newest, new Devicetree.Overlays.FlatOverlayOptions().Version);
    }

    [Fact]
    public void Rows_have_ids_of_their_own()
    {
        Assert.Distinct(DtcChanges.All.Select(change => change.Id));
        Assert.Distinct(StrictChoices.All.Select(choice => choice.Id));
    }
}
