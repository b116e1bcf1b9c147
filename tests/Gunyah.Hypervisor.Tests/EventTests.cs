using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Harness;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Tests;

/// <summary>What the hypervisor reports.</summary>
public class EventTests
{
    private static readonly EventKind[] _all = Enum.GetValues<EventKind>();

    [Fact]
    public void A_queue_tells_its_story()
    {
        var events = new EventRecorder(_all);
        var machine = new TestMachine(readers: events);
        CapId queue = machine.Queue(2, 16);
        InterruptTaker taker = machine.Bind(MessageQueueCalls.BindReceiveVirq, queue, 40, InterruptTrigger.EdgeRising);
        Assert.True(machine.Hypervisor.Inspection.TryResolve(255, queue, out int objectId, out ObjectType type));
        Assert.Equal(ObjectType.MessageQueue, type);
        ulong id = (ulong)objectId;
        events.Events.Clear();
        machine.Platform.Advance(7);

        machine.Root.Send(queue, [1, 2, 3]);
        taker.Take(40);
        machine.Root.Send(queue, [4]);
        machine.Root.Send(queue, [5]);
        machine.Root.Receive(queue, new byte[16]);
        TestMachine.Ok(machine.Root.MessageQueueFlush(queue));
        machine.Delete(queue);

        ulong vic = events.Events.First(e => e.Kind == EventKind.InterruptAsserted).Values.A;
        (EventKind, EventValues)[] expected =
        [
            (EventKind.MessageSent, new(id, 3, 1)),
            (EventKind.InterruptAsserted, new(vic, 40)),
            (EventKind.Hypercall, new(0x1B, queue.Value, 0, 1)),
            (EventKind.InterruptAcknowledged, new(vic, 40)),
            (EventKind.MessageSent, new(id, 1, 2)),
            (EventKind.Hypercall, new(0x1B, queue.Value, 0, 0)),
            (EventKind.MessageRefused, new(id, 61)),
            (EventKind.Hypercall, new(0x1B, queue.Value, 61, 0)),
            (EventKind.MessageReceived, new(id, 3, 1)),
            (EventKind.Hypercall, new(0x1C, queue.Value, 0, 3)),
            (EventKind.MessagesFlushed, new(id, 1)),
            (EventKind.Hypercall, new(0x1D, queue.Value, 0, 0)),
            (EventKind.MessageQueueClosed, new(id, 2, 1, 2)),
            (EventKind.ObjectDestroyed, new(id, (ulong)ObjectType.MessageQueue)),
            (EventKind.Hypercall, new(0x22, machine.Boot.CapabilitySpace.Value, 0, 0)),
        ];
        Assert.Equal(string.Join('\n', expected), string.Join('\n', events.Events.Select(e => (e.Kind, e.Values))));
        Assert.All(events.Events, e => Assert.Equal(7UL, e.Time));
        Assert.All(events.Events.Where(e => e.Kind == EventKind.Hypercall), e => Assert.Equal((255, 0), (e.Vmid, e.Vcpu)));
    }

    [Fact]
    public void Objects_memory_and_power_are_reported()
    {
        var events = new EventRecorder(EventKind.ObjectCreated, EventKind.ObjectActivated, EventKind.MemoryMapped,
            EventKind.MemoryUnmapped, EventKind.VcpuPower);
        var machine = new TestMachine(readers: events);
        events.Events.Clear();
        CapId extent = machine.Extent(0, 0x2000);
        TestMachine.Ok(machine.Root.Map(machine.Boot.AddressSpace, extent, 0x8000_0000, MemoryAccess.Read));
        TestMachine.Ok(machine.Root.Unmap(machine.Boot.AddressSpace, extent, 0x8000_0000));
        machine.Hypervisor.StartRoot(0x4000_1000, 9);
        TestMachine.Ok(machine.Root.VcpuPoweroff(machine.Boot.Vcpu, last: true));

        ulong id = events.Events[0].Values.A;
        ulong root = (ulong)machine.Hypervisor.RootVcpu.Id;
        (EventKind, EventValues)[] expected =
        [
            (EventKind.ObjectCreated, new(id, (ulong)ObjectType.MemoryExtent)),
            (EventKind.ObjectActivated, new(id, (ulong)ObjectType.MemoryExtent, 0)),
            (EventKind.MemoryMapped, new(255, 0x8000_0000, 0x2000, id)),
            (EventKind.MemoryUnmapped, new(255, 0x8000_0000, 0x2000, id)),
            (EventKind.VcpuPower, new(root, 1, 0x4000_1000, 9)),
            (EventKind.VcpuPower, new(root, 0)),
        ];
        Assert.Equal(expected, events.Events.Select(e => (e.Kind, e.Values)));
    }

    [Fact]
    public void A_program_reports_with_its_own_place()
    {
        var events = new EventRecorder(EventKind.Note);
        var machine = new TestMachine(readers: events);
        Assert.True(machine.Root.Observes(EventKind.Note));
        Assert.False(machine.Root.Observes(EventKind.VmState));
        machine.Root.Report(EventKind.Note, new(1), "hello");
        machine.Root.Report(EventKind.VmState, new(1), "nobody listens");
        Assert.Equal(("hello", (ushort)255), events.Events.Select(e => (e.Text!, e.Vmid)).Single());
    }

    [Fact]
    public void The_same_calls_with_the_same_entropy_give_the_same_events()
    {
        Assert.Equal(Record(5), Record(5));
        Assert.NotEqual(Record(5), Record(6));

        static GunyahEvent[] Record(int seed)
        {
            var events = new EventRecorder(_all);
            var machine = new TestMachine(randomizeIds: true, seed: seed, readers: events);
            CapId doorbell = machine.Active(ObjectType.Doorbell);
            var guest = new TestGuest(machine, "guest", (vcpu, _) => VcpuStep.WaitForInterrupt);
            TestMachine.Ok(machine.Root.DoorbellBind(doorbell, guest.Vic, 42));
            TestMachine.Ok(machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
            Assert.Equal(VcpuTurn.Blocked, guest.Vcpu.Thread.Run(1));
            TestMachine.Ok(machine.Root.DoorbellSend(doorbell, 1, out _));
            TestMachine.Ok(machine.Root.VcpuKill(guest.Cap));
            machine.Delete(guest.Cap);
            return [.. events.Events];
        }
    }
}
