using System.Text;
using System.Text.RegularExpressions;
using Gunyah.Aarch64;
using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Hypervisor;
using Gunyah.Hypervisor.Programs;
using Gunyah.Hypervisor.Tests.Engines;
using Gunyah.Hypervisor.Vcpus;
using Gunyah.Machine.Events;
using Gunyah.Machine.Platform;
using Gunyah.Machine.Scheduling;

namespace Gunyah.Machine.Tests.Running;

/// <summary>
/// A step is a fixed virtual time whatever engine runs (docs/decisions/0500): with one seed, guests that do the same at the same
/// steps give the same events, byte for byte, whoever executes them.
/// </summary>
public class EngineDeterminismTests
{
    private const ulong Ram = 0x4000_0000;
    private const ulong Images = 0x10_0000;
    private const ulong Buffers = 0x8000;
    private const int Calls = 60;

    private static readonly Regex _ofGuests = new("\"event\":\"hypercall\",\"vm\":1[01],");

    [Theory]
    [InlineData(1UL)]
    [InlineData(42UL)]
    [InlineData(0xFFFF_FFFF_FFFF_FFFFUL)]
    public void One_seed_gives_the_same_events_on_every_engine(ulong seed)
    {
        byte[] first = Events("C#", "C#", seed);
        string text = Encoding.UTF8.GetString(first);
        Assert.Equal(2 * Calls, text.Split('\n').Count(static line => _ofGuests.IsMatch(line)));
        Assert.Contains("\"message-refused\"", text, StringComparison.Ordinal);
        foreach (string sender in SteppedGuests.Images.Keys)
        {
            foreach (string receiver in SteppedGuests.Images.Keys)
                Assert.Equal(text, Encoding.UTF8.GetString(Events(sender, receiver, seed)));
        }

        Assert.NotEqual(first, Events("C#", "C#", seed ^ 0x100));
    }

    private static byte[] Events(string sender, string receiver, ulong seed)
    {
        using var target = new MemoryStream();
        using var writer = new JsonLinesWriter(target, EventStream.AllKinds);
        var book = new ProgramBook();
        var scheduler = new DeterministicScheduler(seed);
        var hypervisor = new GunyahHypervisor(
            new HypervisorOptions { PhysicalMemory = [new(Ram, 0x100_0000)], RootMemory = new(Ram, 0x80_0000) },
            new MachinePlatform(scheduler),
            new EngineLoaders([new ProgramVmLoader(book.Make), new RegisterLoader(), new Aarch64Loader()]),
            new EventStream(writer));
        BootEnvironment boot = hypervisor.Boot();
        var root = new RootVm(hypervisor.RootVcpu.Port, boot);
        CapId queue = root.Create(ObjectType.MessageQueue);
        Ok(root.Port.MessageQueueConfigure(queue, 3, 64));
        Ok(root.Port.Activate(queue));
        CapId bell = root.Create(ObjectType.Doorbell);
        Ok(root.Port.Activate(bell));
        Start(root, hypervisor, 10, SteppedGuests.Images[sender](
            Repeat(new(MessageQueueCalls.Send, queue.Value, 40, Buffers, 0, 0),
                new(DoorbellCalls.Send, bell.Value, 5, 0, 0, 0)), book));
        Start(root, hypervisor, 11, SteppedGuests.Images[receiver](
            Repeat(new(MessageQueueCalls.Receive, queue.Value, Buffers, 64, 0, 0),
                new(DoorbellCalls.Receive, bell.Value, 4, 0, 0, 0)), book));
        Assert.Equal(SchedulerEnd.Idle, scheduler.Run(CancellationToken.None));
        writer.Flush();
        return target.ToArray();
    }

    /// <summary>Two of the one, then one of the other: queue and flags change hands unevenly.</summary>
    private static SteppedCall[] Repeat(SteppedCall often, SteppedCall seldom) =>
        [.. Enumerable.Range(0, Calls).Select(i => i % 3 == 2 ? seldom : often)];

    private static void Start(RootVm root, GunyahHypervisor hypervisor, ushort vmid, byte[] image)
    {
        ulong entry = Images * (ulong)(vmid - 9);
        Assert.True(hypervisor.PhysicalMemory.TryWrite(Ram + entry, image));
        Ok(root.Port.VcpuPoweron(root.NewVcpu(vmid), entry, 0));
    }

    private static void Ok(GunyahError error) => Assert.Equal(GunyahError.Ok, error);

    /// <summary>The VM that makes the others.</summary>
    private sealed class RootVm(VcpuPort port, BootEnvironment boot)
    {
        public VcpuPort Port => port;

        public CapId Create(ObjectType type)
        {
            Ok(port.Create(type, boot.Partition, boot.CapabilitySpace, out CapId cap));
            return cap;
        }

        public CapId NewVcpu(ushort vmid)
        {
            CapId space = Create(ObjectType.AddressSpace);
            Ok(port.AddressSpaceConfigure(space, vmid));
            Ok(port.Activate(space));
            Ok(port.Map(space, boot.RootMemory.Cap, 0, MemoryAccess.All));
            CapId vic = Create(ObjectType.Vic);
            Ok(port.VicConfigure(vic, 1, 64));
            Ok(port.Activate(vic));
            CapId vcpu = Create(ObjectType.Thread);
            Ok(port.VcpuConfigure(vcpu, default));
            Ok(port.CapabilitySpaceAttach(boot.CapabilitySpace, vcpu));
            Ok(port.AddressSpaceAttach(space, vcpu));
            Ok(port.VicAttach(vic, vcpu, 0));
            Ok(port.Activate(vcpu));
            return vcpu;
        }
    }
}
