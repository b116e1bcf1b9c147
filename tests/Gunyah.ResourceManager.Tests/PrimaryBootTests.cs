using Devicetree;
using Gunyah.Abi.Events;
using Gunyah.Abi.Rpc;
using Gunyah.ResourceManager.Boot;
using Gunyah.ResourceManager.Tests.Harness;

namespace Gunyah.ResourceManager.Tests;

public class PrimaryBootTests
{
    [Fact]
    public void The_primary_vm_finds_the_same_devicetree_as_under_the_real_resource_manager()
    {
        var machine = new TestMachine(options: new() { Ram = RealRam });
        Assert.Null(machine.Failure);

        Tree found = Vectors.TreeOf(machine.Events.Devicetree("primary", DevicetreeStage.Final));
        Assert.Equal(Trees.Dump(Vectors.Tree("primary.dtb")), Trees.Dump(found));
    }

    [Fact]
    public void The_primary_vm_starts_with_the_address_of_its_devicetree_in_x0()
    {
        var machine = new TestMachine();

        byte[] final = machine.Events.Devicetree("primary", DevicetreeStage.Final);
        var there = new byte[final.Length];
        Assert.True(machine.Primary.TryRead(machine.Primary.Registers.X[0], there));
        Assert.Equal(final, there);
        Assert.Equal(VmState.Running, (VmState)machine.Events.Events.Single(e => e.Kind == EventKind.VmState).Values.B);
    }

    [Fact]
    public void An_image_that_the_boot_loader_left_in_the_memory_starts_where_it_is()
    {
        const ulong Place = TestMachine.RamBase + 0x60_0000;
        var machine = new TestMachine(options: new() { ImageInPlace = Place });

        Assert.Null(machine.Failure);
        Assert.Equal(Place, machine.Primary.Registers.Pc);
        var first = new byte[8];
        Assert.True(machine.Primary.TryRead(TestMachine.RamBase, first));
        Assert.All(first, static value => Assert.Equal(0, value));
    }

    private static MemoryBlock[] RealRam => [new(TestMachine.RamBase, 0x4000_0000)];
}
