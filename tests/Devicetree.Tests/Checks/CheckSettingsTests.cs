using Devicetree.Checks;
using Devicetree.Compatibility;

namespace Devicetree.Tests.Checks;

public class CheckSettingsTests
{
    private const CheckLevels Both = CheckLevels.Warning | CheckLevels.Error;

    private static readonly CheckSettings _debian = CheckSettings.DefaultOf(DtcVersion.Debian);
    private static readonly CheckSettings _newest = CheckSettings.DefaultOf(DtcVersion.Newest);

    [Fact]
    public void A_raised_level_reaches_all_that_a_check_needs_and_nothing_else()
    {
        CheckSettings raised = _debian.TryWith(CheckLevels.Error, "i2c_bus_reg")!;
        foreach (string check in new[] { "i2c_bus_reg", "reg_format", "i2c_bus_bridge", "addr_size_cells",
            "address_cells_is_cell", "size_cells_is_cell" })
            Assert.Equal(Both, raised.LevelsOf(check));
        Assert.Equal(CheckLevels.Warning, raised.LevelsOf("spi_bus_reg"));
        Assert.Equal(CheckLevels.Warning, _debian.LevelsOf("i2c_bus_reg"));
    }

    [Fact]
    public void A_lowered_level_is_taken_from_all_that_need_the_check_and_nothing_else()
    {
        CheckSettings lowered = _debian.TryWith(CheckLevels.Warning, "no-reg_format")!;
        foreach (string check in new[] { "reg_format", "pci_device_reg", "pci_device_bus_num", "simple_bus_reg", "i2c_bus_reg",
            "spi_bus_reg" })
            Assert.Equal(CheckLevels.None, lowered.LevelsOf(check));
        Assert.Equal(CheckLevels.Warning, lowered.LevelsOf("addr_size_cells"));
        Assert.Equal(CheckLevels.Warning, lowered.LevelsOf("i2c_bus_bridge"));
    }

    [Fact]
    public void The_two_levels_are_switched_apart()
    {
        CheckSettings both = _debian.TryWith(CheckLevels.Error, "always_fail")!.TryWith(CheckLevels.Warning, "always_fail")!;
        Assert.Equal(Both, both.LevelsOf("always_fail"));
        Assert.Equal(CheckLevels.Warning, both.TryWith(CheckLevels.Error, "no_always_fail")!.LevelsOf("always_fail"));
    }

    [Fact]
    public void A_level_that_is_already_there_is_not_passed_on()
    {
        // As dtc, which asks first: addr_size_cells stays off although reg_format, which needs it, is switched on once more.
        CheckSettings once = _debian.TryWith(CheckLevels.Warning, "reg_format")!;
        Assert.Equal(_debian.LevelsOf("addr_size_cells"), once.LevelsOf("addr_size_cells"));
    }

    [Theory]
    [InlineData("no-graph_child_address")]
    [InlineData("graph_child_address")]
    public void Case_44_A_retired_check_is_unknown_to_the_newest_version_and_known_to_the_older(string argument)
    {
        Assert.NotNull(_debian.TryWith(CheckLevels.Warning, argument));
        Assert.Null(_newest.TryWith(CheckLevels.Warning, argument));
        Assert.Same(_newest, _newest.TryWithOrIgnoreRetired(CheckLevels.Warning, argument));
    }

    [Theory]
    [InlineData("interrupt_map")]
    [InlineData("node_name_not_empty")]
    public void A_new_check_is_unknown_to_the_older_version(string check)
    {
        Assert.Null(_debian.TryWith(CheckLevels.Warning, check));
        Assert.NotNull(_newest.TryWith(CheckLevels.Warning, check));
        Assert.Equal(CheckLevels.None, _debian.LevelsOf(check));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no-")]
    [InlineData("unit-address-vs-reg")]
    [InlineData("no-such_check")]
    public void A_name_that_no_version_knows_is_refused(string argument)
    {
        Assert.Null(_newest.TryWith(CheckLevels.Warning, argument));
        Assert.Null(_newest.TryWithOrIgnoreRetired(CheckLevels.Warning, argument));
    }

    [Fact]
    public void Without_warnings_only_the_checks_of_meaning_remain()
    {
        CheckSettings errors = CheckSettings.ErrorsOnlyOf(DtcVersion.Newest);
        foreach (CheckRow row in CheckTable.Rows.Where(row => row.ExistsIn(DtcVersion.Newest)))
            Assert.Equal(row.Default == CheckLevels.Error ? CheckLevels.Error : CheckLevels.None, errors.LevelsOf(row.Name));
    }

    /// <summary>What DTC_FLAGS switch off without W=1 in Linux 6.1 or in newer kernels, of what the newest dtc has.</summary>
    [Fact]
    public void The_verbs_run_what_the_build_of_Linux_runs_and_nothing_else_is_off()
    {
        string[] extra =
        [
            "unit_address_vs_reg", "simple_bus_reg", "avoid_unnecessary_addr_size", "unique_unit_address", "interrupt_map",
            "alias_paths",
        ];
        CheckSettings verbs = CheckSettings.DefaultOfVerbs(), all = CheckSettings.DefaultWithOwn();
        Assert.Equal(
            extra, CheckTable.Rows.Concat(CheckTable.OwnRows).Select(row => row.Name)
                .Where(name => verbs.LevelsOf(name) != all.LevelsOf(name)));
        Assert.All(extra, name => Assert.Equal(CheckLevels.None, verbs.LevelsOf(name)));
    }
}
