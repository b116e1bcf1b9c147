using Devicetree.Compatibility;

namespace Devicetree.Tests.Compatibility;

public class DtcVersionTests
{
    [Fact]
    public void A_version_has_what_came_with_it_and_before()
    {
        Assert.True(new DtcVersion(1, 7, 0).Has(DtcChanges.SplitStrings));
        Assert.False(DtcVersion.Debian.Has(DtcChanges.SplitStrings));
        Assert.All(DtcChanges.All, change => Assert.True(DtcVersion.Newest.Has(change)));
    }

    [Theory]
    [InlineData("1.6.1", true)]
    [InlineData("1.6", false)]
    [InlineData("1.6.x", false)]
    [InlineData(null, false)]
    public void A_version_is_three_numbers(string? text, bool good) => Assert.Equal(good, DtcVersion.TryParse(text, out _));

    [Fact]
    public void Rows_have_ids_of_their_own()
    {
        Assert.Distinct(DtcChanges.All.Select(change => change.Id));
        Assert.Distinct(StrictChoices.All.Select(choice => choice.Id));
    }
}
