using Devicetree;
using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Images;
using Gunyah.Abi.Profiles;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Rpc;
using Gunyah.Abi.Vcpus;
using Gunyah.ResourceManager.Tests.Harness;

namespace Gunyah.ResourceManager.Tests;

/// <summary>The launch that was recorded under the real Resource Manager, repeated byte for byte.</summary>
public class RealExchangeTests
{
    private const ulong Guest = 0x5000_0000;
    private const ulong GuestSize = 0x100_0000;
    private const ulong DevicetreeOffset = 0xE0_0000;
    private const ulong DevicetreeSize = 0x10_0000;
    private const ushort Vmid = 0x80;

    [Fact]
    public void Every_reply_and_notification_of_the_recorded_launch_is_the_same_capability_ids_included()
    {
        var machine = new TestMachine(options: new() { Profile = Profile.Reference });
        Put(machine);
        List<RecordedCall> recorded = Recording.Read(Vectors.Text("rpc-launch.txt"));
        Assert.Equal(9, recorded.Count);

        foreach (RecordedCall call in recorded)
        {
            Received reply = machine.Hlos.Call(call.Id, Request(call));
            Assert.True(call.Error == reply.Error && call.Length == reply.Payload.Length,
                $"{call.Name} answers {reply.Error}: {machine.Notes}");
            Assert.Equal(Convert.ToHexString(call.Data), Convert.ToHexString(reply.Payload.AsSpan(4)));
            Assert.Equal(
                call.Notifications.Select(each => (each.Id, Convert.ToHexString(each.Payload))),
                machine.Hlos.TakeNotifications().Select(each => (each.Id, Convert.ToHexString(each.Payload))));
            if (call.Id == RmMessageId.VmStart)
                RunGuest(machine);
        }
    }

    [Fact]
    public void The_secondary_vm_finds_the_recorded_devicetree_but_for_its_random_seed()
    {
        var machine = new TestMachine(options: new() { Profile = Profile.Reference });
        Put(machine);
        foreach (RecordedCall call in Recording.Read(Vectors.Text("rpc-launch.txt")))
            machine.Hlos.Call(call.Id, Request(call));
        RunGuest(machine);

        byte[] final = machine.Events.Devicetree("probe-vm", DevicetreeStage.Final);
        Tree found = Vectors.TreeOf(final);
        Tree expected = Vectors.Tree("secondary.dtb");
        Assert.NotEqual(default, found.Find("/chosen")!.Property("kaslr-seed")!.Value);
        found.Find("/chosen")!.Set("kaslr-seed", expected.Find("/chosen")!.Property("kaslr-seed")!.Value);
        Assert.Equal(Trees.Dump(expected), Trees.Dump(found));

        // The VM has it where X0 says, and starts at the beginning of its image.
        IVcpu vm = machine.Programs.Secondary[0];
        Assert.Equal(0x80E0_0000UL, vm.Registers.X[0]);
        var there = new byte[final.Length];
        Assert.True(vm.TryRead(vm.Registers.X[0], there));
        Assert.Equal(final, there);
    }

    private static void Put(TestMachine machine)
    {
        Assert.True(machine.Primary.TryWrite(Guest, GuestImage.Create("secondary")));
        Assert.True(machine.Primary.TryWrite(Guest + DevicetreeOffset, Trees.Blob(Vectors.Text("secondary-input.dts"))));
    }

    /// <summary>As the recording's run: the first turn ends by itself or waits, all others wait for an interrupt.</summary>
    private static void RunGuest(TestMachine machine)
    {
        Assert.Equal(GunyahError.Ok, machine.Primary.VcpuRun(new(3), default, out VcpuRunResult result));
        if (result.State == VcpuRunState.Ready)
            Assert.Equal(GunyahError.Ok, machine.Primary.VcpuRun(new(3), default, out result));
        Assert.Equal(new VcpuRunResult(VcpuRunState.ExpectsWakeup, 0, (ulong)VcpuWakeupCause.WaitForInterrupt, 0), result);
        machine.Platform.RunUntilIdle();
    }

    private static byte[] Request(RecordedCall call) => call.Id switch
    {
        RmMessageId.VmGetId => new VmidRequest(0).ToBytes(),
        RmMessageId.VmGetHypResources when call.Error != RmError.Ok => new VmidRequest(0).ToBytes(),
        RmMessageId.VmAllocate => new VmidRequest(0).ToBytes(),
        RmMessageId.MemShare => new MemoryCreateRequest(
            MemoryType.Normal, MemoryCreateFlags.None, 0,
            [new(Vmid, MemoryRights.All), new(3, MemoryRights.All)], [new(Guest, GuestSize)], default).ToBytes(),
        RmMessageId.VmConfigImage => new VmConfigImageRequest(
            Vmid, AuthenticationType.None, 0, 0, 0, DevicetreeOffset, DevicetreeSize).ToBytes(),
        RmMessageId.VmInit => new VmInitRequest(Vmid).ToBytes(),
        _ => new VmidRequest(Vmid).ToBytes(),
    };
}
