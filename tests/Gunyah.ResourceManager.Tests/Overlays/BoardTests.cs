using Devicetree;
using Devicetree.Overlays;
using Gunyah.Abi.Events;
using Gunyah.Guest.Platform;
using Gunyah.ResourceManager.Tests.Harness;

namespace Gunyah.ResourceManager.Tests.Overlays;

/// <summary>Boards differ in their interrupt controllers, in their cells and in what they say about memory.</summary>
public class BoardTests
{
    private const string Cells = "#address-cells = <2>; #size-cells = <2>;";
    private const string Memory = """memory@40000000 { device_type = "memory"; reg = <0 0x40000000 0 0x80000000>; };""";
    private const string GicBody = "interrupt-controller; #interrupt-cells = <3>;";

    [Fact]
    public void A_board_that_says_the_truth_is_left_alone_but_for_the_hypervisor_node()
    {
        Board board = Boot($$"""/ { {{Cells}} interrupt-parent = <&gic>; gic: gic@1 { compatible = "arm,gic-v3"; {{GicBody}} }; {{Memory}} };""");
        Assert.True(board.Final.Root.RemoveChild("hypervisor"));
        Assert.Equal(Trees.Dump(board.Base), Trees.Dump(board.Final));
    }

    [Fact]
    public void A_gic_with_a_fourth_cell_gets_a_fourth_cell()
    {
        Board board = Boot($$"""/ { {{Cells}} interrupt-parent = <&gic>; gic: gic@1 { compatible = "arm,gic-v3"; interrupt-controller; #interrupt-cells = <4>; }; {{Memory}} };""");
        Assert.Equal([0u, 928u, 1u, 0u, 0u, 929u, 1u, 0u], Values(board.Manager, "interrupts"));
        Assert.Null(board.Manager.Property("interrupt-parent"));
    }

    [Fact]
    public void Where_the_root_points_elsewhere_the_node_names_the_gic()
    {
        Board board = Boot($$"""
            / { {{Cells}} interrupt-parent = <&gpc>; {{Memory}}
                gpc: gpc@2 { compatible = "fsl,imx8mq-gpc"; {{GicBody}} interrupt-parent = <&gic>; };
                gic: gic@1 { compatible = "arm,gic-v3"; {{GicBody}} interrupt-parent = <&gic>; interrupts = <1 9 4>; };
            };
            """);
        Assert.Equal(board.Base.Find("/gic@1")!.Phandle, board.Manager.Property("interrupt-parent")!.Cell(0));
    }

    [Fact]
    public void A_gic_without_a_phandle_gets_one()
    {
        Board board = Boot($$"""/ { {{Cells}} {{Memory}} gic@1 { compatible = "arm,gic-400"; {{GicBody}} }; other { phandle = <7>; }; };""");
        Node gic = board.Final.Find("/gic@1")!;
        Assert.Equal(8u, gic.Phandle);
        Assert.Equal(8u, board.Manager.Property("interrupt-parent")!.Cell(0));
    }

    [Fact]
    public void The_gic_of_a_subsystem_is_not_taken_for_the_roots()
    {
        Board board = Boot($$"""
            / { {{Cells}} interrupt-parent = <&gic>; {{Memory}}
                sub { agic: agic@1 { compatible = "arm,gic-400"; {{GicBody}} interrupts = <0 102 4>; }; };
                gic: gic@1 { compatible = "arm,gic-400"; {{GicBody}} };
            };
            """);
        Assert.Null(board.Manager.Property("interrupt-parent"));
    }

    [Fact]
    public void Interrupts_that_the_boards_devices_use_are_not_given_out()
    {
        Board board = Boot($$"""
            / { {{Cells}} interrupt-parent = <&gic>; {{Memory}}
                gic: gic@1 { compatible = "arm,gic-v3"; {{GicBody}} #address-cells = <0>; };
                gpc: gpc@2 { compatible = "x,gpc"; {{GicBody}} };
                plain { interrupts = <0 928 4>, <1 13 4>; };
                extended { interrupts-extended = <&gic 0 929 4>, <&gpc 0 930 4>; };
                pcie { #address-cells = <3>; #size-cells = <2>; #interrupt-cells = <1>;
                    interrupt-map = <0 0 0 1 &gic 0 931 4>, <0 0 0 2 &gic 0 933 4>; };
                mux: mux { interrupt-controller; #interrupt-cells = <3>; interrupts = <0 40 4>; };
                behind { interrupts-extended = <&mux 0 932 4>; };
            };
            """);
        Assert.Equal([0u, 932u, 1u, 0u, 934u, 1u], Values(board.Manager, "interrupts"));
    }

    [Fact]
    public void Memory_is_made_to_say_what_the_vm_has()
    {
        Board board = Boot($$"""
            / { {{Cells}} interrupt-parent = <&gic>; gic: gic@1 { compatible = "arm,gic-v3"; {{GicBody}} };
                memory@80000000 { device_type = "memory"; reg = <0 0x80000000 0 0>; };
                memory@100000000 { device_type = "memory"; reg = <1 0 0 0x1000>; status = "okay"; };
            };
            """);
        Assert.Equal([0u, 0x4000_0000u, 0u, 0x8000_0000u], Values(board.Final.Find("/memory@80000000")!, "reg"));
        Assert.Equal([0u, 0u, 0u, 0u], Values(board.Final.Find("/memory@100000000")!, "reg"));
    }

    [Fact]
    public void Memory_and_chosen_are_added_where_there_are_none_in_the_cells_of_the_root()
    {
        Board board = Boot(
            $$"""/ { #address-cells = <1>; #size-cells = <1>; interrupt-parent = <&gic>; gic: gic@1 { compatible = "arm,gic-v3"; {{GicBody}} }; };""",
            new() { Ramdisk = [1, 2, 3] });
        Node memory = board.Final.Find("/memory@40000000")!;
        Assert.Equal([0x4000_0000u, 0x8000_0000u], Values(memory, "reg"));
        uint start = board.Final.Find("/chosen")!.Property("linux,initrd-start")!.Cell(0);
        Assert.Equal([start + 3], Values(board.Final.Find("/chosen")!, "linux,initrd-end"));
        var bytes = new byte[3];
        Assert.True(board.Machine.Primary.TryRead(start, bytes));
        Assert.Equal([1, 2, 3], bytes);
    }

    [Fact]
    public void Nothing_is_put_where_the_board_reserves_memory()
    {
        Board board = Boot(
            $$"""
            /memreserve/ 0x5ff00000 0x100000;
            / { {{Cells}} interrupt-parent = <&gic>; gic: gic@1 { compatible = "arm,gic-v3"; {{GicBody}} };
                reserved-memory { {{Cells}} ranges;
                    a@5fd00000 { reg = <0 0x5fd00000 0 0x180000>; };
                    b@0 { reg = <0 0x1000 0 0x1000>; };
                    c { size = <0 0x1000>; };
                };
            };
            """,
            new() { Ramdisk = new byte[0x1000] });
        Assert.Equal(0x5fef_f000u, board.Final.Find("/chosen")!.Property("linux,initrd-start")!.Cell(1));
        Assert.Equal(0x5fc0_0000UL, board.Machine.Primary.Registers.X[0]);
    }

    [Theory]
    [InlineData(Dialect.V6, "gunyah-resource-mgr@0")]
    [InlineData(Dialect.Upstream, "gunyah-resource-mgr@0")]
    [InlineData(Dialect.Qcom, "qcom,resource-manager-rpc@0000000000000000")]
    public void Every_dialect_is_understood_by_a_guest_and_made_by_the_overlay_alone(Dialect dialect, string name)
    {
        var machine = new TestMachine(options: new() { Dialect = dialect });
        Tree final = Vectors.TreeOf(machine.Events.Devicetree("primary", DevicetreeStage.Final));
        Assert.NotNull(final.Find("/hypervisor/" + name));
        GuestPlatform found = PlatformDiscovery.Discover(final);
        Assert.Equal(dialect, found.Dialect);

        Tree overlay = Vectors.TreeOf(machine.Events.Devicetree("primary", DevicetreeStage.Overlay));
        Tree start = Vectors.TreeOf(machine.Events.Devicetree("primary", DevicetreeStage.Base));
        Assert.True(OverlayApplier.TryApply(start, overlay, out Tree? applied, out _));
        Assert.Equal(Trees.Dump(final), Trees.Dump(applied));
    }

    [Fact]
    public void With_random_capability_ids_the_vm_finds_the_ones_that_work()
    {
        var machine = new TestMachine(options: new() { RandomizeCapabilityIds = true, Dialect = Dialect.V6 });
        Tree final = Vectors.TreeOf(machine.Events.Devicetree("primary", DevicetreeStage.Final));
        Node manager = final.Find("/hypervisor")!.Children.Single();
        uint[] reg = Values(manager, "reg");
        ulong transmit = ((ulong)reg[0] << 32) | reg[1];
        ulong receive = ((ulong)reg[2] << 32) | reg[3];
        Assert.Equal($"gunyah-resource-mgr@{transmit:x}", manager.Name);
        var probe = new RpcProbe(machine.Primary, new(transmit), new(receive), machine.Platform.RunUntilIdle);
        Assert.Equal("0000000003000000", probe.Call(Abi.Rpc.RmMessageId.VmGetVmid).Hex);
    }

    [Fact]
    public void A_primary_vm_can_have_several_vcpus()
    {
        var machine = new TestMachine(options: new() { PrimaryVcpus = 4 });
        Assert.Null(machine.Failure);
        Assert.Single(machine.Programs.Primary);
    }

    private static Board Boot(string root, TestMachineOptions? options = null)
    {
        byte[] blob = Trees.Blob("/dts-v1/; " + root);
        var machine = new TestMachine(blob, options ?? new() { Dialect = Dialect.V6 });
        Assert.Null(machine.Failure);
        return new(machine, Vectors.TreeOf(blob), Vectors.TreeOf(machine.Events.Devicetree("primary", DevicetreeStage.Final)));
    }

    private static uint[] Values(Node node, string name) => node.Property(name)!.TryGetCells(out uint[]? cells) ? cells : [];

    private sealed record Board(TestMachine Machine, Tree Base, Tree Final)
    {
        public Node Manager => Final.Find("/hypervisor")!.Children.Last(node => node.Property("reg") is not null);
    }
}
