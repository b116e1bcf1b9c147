using Gunyah.Abi.Rpc;
using Gunyah.ResourceManager.Tests.Harness;

namespace Gunyah.ResourceManager.Tests.Services;

/// <summary>Whatever a VM is given comes back when it ends, at whatever step of its life that is.</summary>
public class RoundsTests
{
    private const string Everything =
        VmTree.RpcLink +
        """
        a { vdevice-type = "doorbell"; label = <1>; peer-default; source-can-clear; };
        b { vdevice-type = "doorbell-source"; label = <2>; peer-default; };
        c { vdevice-type = "message-queue"; label = <3>; peer-default; is-sender; };
        d { vdevice-type = "message-queue"; label = <4>; peer-default; is-receiver; };
        e { vdevice-type = "message-queue-pair"; label = <5>; peer-default; };
        """;

    [Fact]
    public void Three_hundred_rounds_of_create_start_stop_and_destroy_leave_the_counts_where_they_were()
    {
        var machine = new TestMachine();
        var tree = new VmTree { Vdevices = Everything };
        HypervisorCounts before = machine.Counts();
        ulong pages = machine.MappedPages(3);
        for (int round = 0; round < 300; round++)
        {
            SecondaryVm vm = SecondaryVm.Launch(machine, tree);
            Assert.Equal(0x80, vm.Vmid);
            Assert.Equal(vm.Vmid, vm.Link.Call<EmptyPayload, VmidReply>(RmMessageId.VmGetVmid, default).Vmid);
            vm.Stop();
            vm.Reset();
            vm.Reclaim();
            vm.Deallocate();
            Assert.Equal(before, machine.Counts());
        }
        Assert.Equal(pages, machine.MappedPages(3));
        Assert.Equal(0UL, machine.MappedPages(0x80));
        Assert.Equal(RmError.Ok, machine.Hlos.Call(RmMessageId.VmGetVmid).Error);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_vm_that_is_given_up_early_leaves_nothing(int steps)
    {
        var machine = new TestMachine();
        HypervisorCounts before = machine.Counts();
        SecondaryVm vm = SecondaryVm.Allocate(machine);
        vm.Lend(new VmTree { Vdevices = Everything });
        if (steps > 0)
        {
            vm.Configure();
            vm.Initialise();
        }
        if (steps > 1)
            vm.Start();
        if (steps > 1)
            vm.Stop();
        if (steps > 0)
            vm.Reset();
        vm.Reclaim();
        vm.Deallocate();
        Assert.Equal(before, machine.Counts());
        Assert.True(machine.Primary.TryWrite(vm.Memory, new byte[8]));
    }

    [Fact]
    public void Vms_live_side_by_side_until_the_numbers_run_out_and_all_comes_back()
    {
        var machine = new TestMachine();
        var tree = new VmTree { Vdevices = "" };
        HypervisorCounts before = machine.Counts();
        var vms = new List<SecondaryVm>();
        for (ulong i = 0; i < 40; i++)
            vms.Add(SecondaryVm.Launch(machine, tree, memory: 0x5000_0000 + (i * SecondaryVm.ImageSize)));
        foreach (SecondaryVm vm in vms)
        {
            vm.Stop();
            vm.Reset();
            vm.Reclaim();
            vm.Deallocate();
        }
        Assert.Equal(before, machine.Counts());
    }

    [Fact]
    public void When_interrupts_run_out_a_vm_is_refused_and_the_others_go_on()
    {
        var machine = new TestMachine();
        SecondaryVm first = SecondaryVm.Launch(machine);
        string bells = string.Concat(Enumerable.Range(0, 70).Select(i =>
            $"b{i} {{ vdevice-type = \"doorbell-source\"; label = <{i}>; peer-default; }};"));
        SecondaryVm second = SecondaryVm.Allocate(machine, memory: 0x5100_0000);
        second.Lend(new VmTree { Vdevices = bells });
        second.Configure();
        HypervisorCounts before = machine.Counts();
        Assert.Equal(RmError.NoResource, second.TryInitialise());
        Assert.Equal(before, machine.Counts());
        Assert.Equal(VmState.Running, first.State);
    }
}
