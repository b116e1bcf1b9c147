using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Harness;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Tests.Stress;

/// <summary>A VM from creation to destruction, over and over.</summary>
public class LifecycleTests
{
    private const int Rounds = 2000;
    private const uint Virq = 40;
    private const ulong RamSize = 0x10_0000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rounds_of_create_start_exchange_stop_and_destroy_leave_nothing(bool proxied)
    {
        var machine = new TestMachine(randomizeIds: true);
        machine.Programs.Add("echo", static (vcpu, _) =>
        {
            Span<byte> buffer = stackalloc byte[16];
            ReceiveResult got = vcpu.Receive(new(vcpu.Registers.X[0]), buffer);
            if (got.Error == GunyahError.Ok)
                vcpu.Send(new(vcpu.Registers.X[0]), buffer[..got.Size]);
            return VcpuStep.WaitForInterrupt;
        });
        machine.PutImage(TestMachine.RamBase + TestMachine.RootSize, "echo");
        Counts? before = null;
        for (int round = 0; round < Rounds; round++)
        {
            OneRound(machine, proxied, killFirst: round % 3 != 0);
            before ??= Counts.Of(machine);
            Assert.Equal(before, Counts.Of(machine));
        }

        Assert.Equal(0, machine.Hypervisor.Inspection.BoundInterrupts);
        Assert.Equal(0UL, machine.Hypervisor.Inspection.MappedPages(20));
        Assert.Equal(1, machine.Hypervisor.Inspection.CountObjects(ObjectType.Thread));
    }

    private static void OneRound(TestMachine machine, bool proxied, bool killFirst)
    {
        VcpuPort root = machine.Root;
        CapId extent = machine.Extent(0, RamSize);
        CapId space = machine.Create(ObjectType.AddressSpace);
        TestMachine.Ok(root.AddressSpaceConfigure(space, 20));
        TestMachine.Ok(root.Activate(space));
        TestMachine.Ok(root.Map(space, extent, 0, MemoryAccess.All));
        CapId caps = machine.Space(16);
        CapId vic = machine.Vic();
        CapId group = machine.Active(ObjectType.VpmGroup);
        CapId vcpu = machine.Create(ObjectType.Thread);
        TestMachine.Ok(root.VcpuConfigure(vcpu, proxied ? VcpuOptions.VcpuRunScheduled : VcpuOptions.None));
        TestMachine.Ok(root.CapabilitySpaceAttach(caps, vcpu));
        TestMachine.Ok(root.AddressSpaceAttach(space, vcpu));
        TestMachine.Ok(root.VicAttach(vic, vcpu, 0));
        TestMachine.Ok(root.VpmGroupAttach(group, vcpu, 0));
        TestMachine.Ok(root.Activate(vcpu));
        TestMachine.Ok(root.VcpuBindVirq(vcpu, machine.Boot.Vic, 50, VcpuVirqType.Halt));
        CapId queue = machine.Queue(4, 16);
        TestMachine.Ok(root.MessageQueueBindReceive(queue, vic, Virq));
        TestMachine.Ok(root.CopyCapability(
            machine.Boot.CapabilitySpace, queue, caps, MessageQueueRights.Send | MessageQueueRights.Receive, out CapId theirs));

        Vcpu guest = machine.ObjectOf(vcpu);
        Assert.Equal(GunyahError.Ok, root.Send(queue, [1, 2, 3]).Error);
        TestMachine.Ok(root.VcpuPoweron(vcpu, 0, theirs.Value));
        if (proxied)
            TestMachine.Ok(root.VcpuRun(vcpu, default, out _));
        else
            Assert.Equal(VcpuTurn.Blocked, guest.Thread.Run(1));
        Span<byte> answer = stackalloc byte[16];
        Assert.Equal(new ReceiveResult(GunyahError.Ok, 3, false), root.Receive(queue, answer));

        if (killFirst)
            TestMachine.Ok(root.VcpuKill(vcpu));
        machine.Delete(caps);
        machine.Delete(vic);
        if (!killFirst)
            TestMachine.Ok(root.VcpuKill(vcpu));
        foreach (CapId cap in new[] { queue, space, extent, group, vcpu })
            machine.Delete(cap);
        Assert.Equal(VcpuTurn.Off, guest.Thread.Run(1)); // A late turn of the scheduler does no harm.
    }
}
