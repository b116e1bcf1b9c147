using Devicetree.Checks;
using Devicetree.Compatibility;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Tests.Checks;

public class CheckTableTests
{
    [Fact]
    public void Names_are_given_once()
    {
        Assert.Equal(CheckTable.Rows.Count, CheckTable.Rows.Select(row => row.Name).Distinct().Count());
    }

    [Fact]
    public void An_id_means_one_rule()
    {
        foreach (IGrouping<string, DiagnosticRule> rules in CheckTable.Rows.Select(row => row.Rule).GroupBy(rule => rule.Id))
            Assert.Single(rules.Distinct());
    }

    [Theory]
    [InlineData(1, 6, 1, 88)]
    [InlineData(1, 8, 1, 89)]
    public void A_version_has_as_many_checks_as_dtc_has(int major, int minor, int patch, int count)
    {
        // Counted in the tables of the two releases.
        var version = new DtcVersion(major, minor, patch);
        Assert.Equal(count, CheckTable.Rows.Count(row => row.ExistsIn(version)));
    }

    [Fact]
    public void Every_check_that_can_find_something_says_what_to_do()
    {
        string[] fixups = ["omit_unused_nodes", "addr_size_cells", "simple_bus_bridge"];
        Assert.All(CheckTable.Rows, row => Assert.Equal(fixups.Contains(row.Name), row.Rule.Remedy.Length == 0));
    }
}
