using Gunyah.ResourceManager.Tests.Harness;

namespace Gunyah.ResourceManager.Tests;

public class PrimaryRefusalTests
{
    private const string Gic =
        """gic: gic@8000000 { compatible = "arm,gic-v3"; interrupt-controller; #interrupt-cells = <3>; };""";

    [Theory]
    [InlineData("interrupt-parent = <&gic>; hypervisor { };" + Gic, "/hypervisor")]
    [InlineData("interrupt-parent = <&gic>; hypervisor@1 { };" + Gic, "/hypervisor")]
    [InlineData("", "no GIC")]
    [InlineData("""aic: aic@2 { compatible = "apple,aic"; interrupt-controller; #interrupt-cells = <3>; };""", "no GIC")]
    [InlineData("""gic@2 { compatible = "arm,gic-v3"; interrupt-controller; #interrupt-cells = <1>; };""", "#interrupt-cells 1")]
    [InlineData("""gic@2 { compatible = "arm,gic-v3"; interrupt-controller; };""", "#interrupt-cells 0")]
    [InlineData("#size-cells = <0>;" + Gic, "#size-cells")]
    public void A_board_that_cannot_take_the_overlay_is_refused_with_a_reason(string root, string reason)
    {
        string cells = root.Contains("#size", StringComparison.Ordinal) ? "" : "#address-cells = <2>; #size-cells = <2>;";
        var machine = new TestMachine(Trees.Blob($$"""/dts-v1/; / { {{cells}} {{root}} };"""));
        Assert.Contains(reason, machine.Failure, StringComparison.Ordinal);
        Assert.Empty(machine.Programs.Primary);
        Assert.Equal(machine.BeforePrimary, machine.Counts());
    }

    [Fact]
    public void A_tree_with_narrow_cells_cannot_describe_high_memory()
    {
        var machine = new TestMachine(
            Trees.Blob($$"""/dts-v1/; / { #address-cells = <1>; #size-cells = <1>; interrupt-parent = <&gic>; {{Gic}} };"""),
            new() { Ram = [new(0x1_0000_0000, 0x1000_0000)], MoreMemory = true });
        Assert.Contains("#address-cells 1", machine.Failure, StringComparison.Ordinal);
        Assert.Equal(machine.BeforePrimary, machine.Counts());
    }

    [Fact]
    public void Memory_that_the_machine_does_not_have_is_refused()
    {
        var machine = new TestMachine(options: new() { Ram = [new(0x1000_0000, 0x1000_0000)] });
        Assert.Contains("0x10000000", machine.Failure, StringComparison.Ordinal);
        Assert.Equal(machine.BeforePrimary, machine.Counts());
    }

    [Fact]
    public void A_tree_that_does_not_fit_the_vms_memory_is_refused()
    {
        var machine = new TestMachine(options: new() { Ram = [new(TestMachine.RamBase, 0x2000)] });
        Assert.Contains("does not fit", machine.Failure, StringComparison.Ordinal);
        Assert.Equal(machine.BeforePrimary, machine.Counts());
    }

    [Fact]
    public void A_ramdisk_that_does_not_fit_is_refused()
    {
        var machine = new TestMachine(options: new()
        { Ram = [new(TestMachine.RamBase, 0x10_0000)], Ramdisk = new byte[0x20_0000] });
        Assert.Contains("ramdisk", machine.Failure, StringComparison.Ordinal);
        Assert.Equal(machine.BeforePrimary, machine.Counts());
    }

    [Fact]
    public void A_base_tree_that_is_none_is_refused_with_the_offset()
    {
        byte[] blob = Vectors.Bytes("primary-base.dtb");
        blob[0] = 0;
        var machine = new TestMachine(blob);
        Assert.Contains("offset 0x0", machine.Failure, StringComparison.Ordinal);
        Assert.Equal(machine.BeforePrimary, machine.Counts());
    }
}
