using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Programs;
using Gunyah.Hypervisor.Tests.Harness;

namespace Gunyah.Hypervisor.Tests.Stress;

public class ConcurrencyTests
{
    private const int Threads = 4;

    [Fact]
    public void Many_senders_and_receivers_lose_duplicate_and_reorder_nothing()
    {
        const int PerSender = 5000;
        var machine = new TestMachine();
        CapId queue = machine.Queue(7, 8);
        var last = new int[Threads][];
        long received = 0;
        var work = new List<Action>();
        for (int i = 0; i < Threads; i++)
        {
            int sender = i;
            int receiver = i;
            last[receiver] = [.. Enumerable.Repeat(-1, Threads)];
            work.Add(() =>
            {
                for (int n = 0; n < PerSender;)
                {
                    if (machine.Root.Send(queue, [(byte)sender, (byte)n, (byte)(n >> 8)]).Error == GunyahError.Ok)
                        n++;
                    else
                        Thread.Yield();
                }
            });
            work.Add(() =>
            {
                Span<byte> buffer = stackalloc byte[8];
                while (Interlocked.Read(ref received) < Threads * PerSender)
                {
                    if (machine.Root.Receive(queue, buffer).Error != GunyahError.Ok)
                    {
                        Thread.Yield();
                        continue;
                    }

                    // What one receiver gets of one sender is in order; that nothing is lost or doubled, the counts tell.
                    int number = buffer[1] | (buffer[2] << 8);
                    Assert.True(number > last[receiver][buffer[0]]);
                    last[receiver][buffer[0]] = number;
                    Interlocked.Increment(ref received);
                }
            });
        }

        InParallel(work);
        Assert.Equal(Threads * PerSender, received);
        var statistics = machine.Hypervisor.Inspection.MessageQueues().Single();
        Assert.Equal(((ulong)received, (ulong)received, 0), (statistics.Sent, statistics.Received, statistics.Count));
    }

    [Fact]
    public void Capabilities_that_are_copied_revoked_used_and_deleted_at_once_leave_nothing()
    {
        var machine = new TestMachine(randomizeIds: true);
        CapId own = machine.Boot.CapabilitySpace;
        CapId doorbell = machine.Active(ObjectType.Doorbell);
        CapId[] spaces = [.. Enumerable.Range(0, Threads).Select(_ => machine.Space(100))];
        Counts before = Counts.Of(machine);
        GunyahError[] fine = [GunyahError.Ok, GunyahError.CapNull, GunyahError.CapRevoked, GunyahError.Busy];
        var work = new List<Action>();
        for (int i = 0; i < Threads; i++)
        {
            int index = i;
            work.Add(() =>
            {
                for (int n = 0; n < 3000; n++)
                {
                    TestMachine.Ok(machine.Root.CopyCapability(own, doorbell, own, ObjectRights.Everything, out CapId copy));
                    GunyahError again = machine.Root.CopyCapability(
                        own, copy, spaces[index], ObjectRights.Everything, out CapId other);
                    Assert.Contains(again, fine);
                    Assert.Contains(machine.Root.DoorbellSend(copy, 1, out _), fine);
                    if (n % 7 == 0)
                        Assert.Contains(machine.Root.RevokeCopies(own, doorbell), fine);
                    while (machine.Root.DeleteCapability(own, copy) == GunyahError.Busy)
                        Thread.Yield();
                    while (again == GunyahError.Ok && machine.Root.DeleteCapability(spaces[index], other) == GunyahError.Busy)
                        Thread.Yield();
                }
            });
        }

        InParallel(work);
        Assert.Equal(before, Counts.Of(machine));
    }

    [Fact]
    public void Objects_that_are_made_used_and_destroyed_at_once_leave_nothing()
    {
        var machine = new TestMachine(randomizeIds: true);
        Counts before = Counts.Of(machine);
        ulong free = 0;
        var work = new List<Action>();
        for (int i = 0; i < Threads; i++)
        {
            uint virq = 40 + (uint)i;
            work.Add(() =>
            {
                for (int n = 0; n < 500; n++)
                {
                    CapId queue = machine.Queue(4, 16);
                    TestMachine.Ok(machine.Root.MessageQueueBindReceive(queue, machine.Boot.Vic, virq));
                    TestMachine.Ok(machine.Root.Send(queue, [1, 2, 3]).Error);
                    CapId extent = machine.Extent(Interlocked.Add(ref free, 0x1000), 0x1000);
                    TestMachine.Ok(machine.Root.Map(machine.Boot.AddressSpace, extent, 0x8000_0000 + (virq * 0x10000),
                        MemoryAccess.All));
                    CapId space = machine.Space(4);
                    TestMachine.Ok(machine.Root.CopyCapability(
                        machine.Boot.CapabilitySpace, queue, space, ObjectRights.Everything, out _));
                    machine.Delete(queue);
                    machine.Delete(extent);
                    machine.Delete(space);
                }
            });
        }

        InParallel(work);
        Assert.Equal(before, Counts.Of(machine));
    }

    [Fact]
    public void A_call_in_flight_keeps_its_object() // CS-37
    {
        var hook = new Hook(EventKind.ObjectActivated);
        var machine = new TestMachine(readers: hook);
        CapId doorbell = machine.Create(ObjectType.Doorbell);
        int objects = machine.Hypervisor.Inspection.CountObjects(ObjectType.Doorbell);
        hook.During = () =>
        {
            machine.Delete(doorbell);
            Assert.Equal(objects, machine.Hypervisor.Inspection.CountObjects(ObjectType.Doorbell));
        };
        Assert.Equal(GunyahError.Ok, machine.Root.Activate(doorbell));
        Assert.Equal(objects - 1, machine.Hypervisor.Inspection.CountObjects(ObjectType.Doorbell));
    }

    /// <summary>A send has no reference on its queue: whoever deletes the queue waits until the message is in.</summary>
    [Fact]
    public void A_send_in_flight_is_over_before_its_queue_is_destroyed() // CS-37
    {
        var hook = new Hook(EventKind.MessageSent);
        var machine = new TestMachine(readers: hook);
        CapId queue = machine.Queue(4, 16);
        int objects = machine.Hypervisor.Inspection.CountObjects(ObjectType.MessageQueue);
        int during = 0;
        var deleter = new Thread(() => machine.Delete(queue));
        hook.During = () =>
        {
            deleter.Start();
            SpinWait.SpinUntil(() => machine.Root.Space.Peek(queue, MessageQueueRights.Send, CapabilityLookup.Active, out _)
                != GunyahError.Ok);
            during = machine.Hypervisor.Inspection.CountObjects(ObjectType.MessageQueue);
        };
        Assert.Equal(GunyahError.Ok, machine.Root.Send(queue, [1]).Error);
        deleter.Join();
        Assert.Equal(objects, during);
        Assert.Equal(objects - 1, machine.Hypervisor.Inspection.CountObjects(ObjectType.MessageQueue));
    }

    [Fact]
    public void Nothing_is_written_to_memory_after_it_was_taken_away()
    {
        var machine = new TestMachine();
        bool done = false;
        long written = 0;
        var data = new byte[4096];
        Array.Fill(data, (byte)1);
        var probe = new byte[4096];
        var guest = new TestGuest(machine, "guest", (_, _) => VcpuStep.Yield);
        const ulong Window = 0x10_0000;
        InParallel(
        [
            () =>
            {
                while (!Volatile.Read(ref done))
                    Volatile.Write(ref written, written + (guest.Port.TryWrite(Window, data) ? 1 : 0));
            },
            () =>
            {
                try
                {
                    for (int i = 0; i < 150; i++)
                    {
                        CapId extent = machine.Extent(0x50_0000, 0x1000);
                        long before = Volatile.Read(ref written);
                        TestMachine.Ok(machine.Root.Map(guest.Space, extent, Window, MemoryAccess.All));
                        // The guest is in the middle of it, however busy the machine is.
                        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref written) != before, Hanging.Limit));
                        Thread.SpinWait(i % 200);
                        if (i % 2 == 0)
                            TestMachine.Ok(machine.Root.Unmap(guest.Space, extent, Window));
                        else
                            TestMachine.Ok(machine.Root.ExtentUnmapAll(extent));
                        TestMachine.Ok(machine.Root.ExtentZero(extent, 0, 0x1000));
                        Thread.SpinWait(50);
                        Assert.True(machine.Hypervisor.PhysicalMemory.TryRead(
                            TestMachine.RamBase + TestMachine.RootSize + 0x50_0000, probe));
                        Assert.DoesNotContain((byte)1, probe);
                        machine.Delete(extent);
                    }
                }
                finally
                {
                    Volatile.Write(ref done, true);
                }
            },
        ]);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public void Vcpus_that_wait_for_each_other_lose_no_wake_up(int threads, bool proxied)
    {
        const int Messages = 20_000;
        using var scheduler = new ParallelScheduler(threads);
        using var finished = new ManualResetEventSlim();
        var pair = new PingPong(scheduler, Messages, proxied, finished);
        pair.Start();
        Assert.True(finished.Wait(Hanging.Limit, TestContext.Current.CancellationToken),
            $"stuck after {pair.Received} of {Messages} messages");
        Assert.Null(scheduler.Failure);
        Assert.Equal(Messages, pair.Received);
        Assert.True(pair.InOrder);
    }

    /// <summary>One lock for all ends let a chain of objects hold up everybody.</summary>
    [Fact]
    public void The_end_of_one_object_waits_for_no_other()
    {
        bool? ended = null;
        var machine = new TestMachine();
        CapId doorbell = machine.Active(ObjectType.Doorbell);
        CapId cap = machine.NewVcpu(machine.Vic(), 0, vmid: 10);
        machine.ActiveVcpu(cap).Port.SetTimer(1000);
        machine.Platform.OnTimerCancelled = () =>
        {
            var other = new Thread(() => machine.Delete(doorbell)) { IsBackground = true };
            other.Start();
            ended = other.Join(Hanging.LimitOfStep);
        };
        machine.Delete(cap); // Its end withdraws its timer.
        Assert.True(ended);
    }

    /// <summary>Whoever maps waits for a piece of it and not for the whole.</summary>
    [Fact]
    public void A_large_extent_that_is_zeroed_lets_others_map_meanwhile()
    {
        const ulong Size = 0x400_0000;
        const ulong Start = TestMachine.RamBase + TestMachine.RootSize;
        var machine = new TestMachine();
        CapId large = machine.Extent(0, Size);
        CapId small = machine.Extent(Size, 0x1000);
        bool sawBoth = false;
        bool done = false;
        // Mostly the first round shows it; on a machine that does much else the two seldom run at the same moment.
        for (int i = 0; i < 5_000 && !sawBoth; i++)
        {
            for (ulong at = 0; at < Size; at += 0x1000)
                machine.Hypervisor.PhysicalMemory.TryWrite(Start + at, [1]);
            done = false;
            InParallel(
            [
                () =>
                {
                    TestMachine.Ok(machine.Root.ExtentZero(large, 0, Size));
                    Volatile.Write(ref done, true);
                },
                () =>
                {
                    while (!Volatile.Read(ref done))
                    {
                        bool hadBegun = First(machine, Start) == 0;
                        TestMachine.Ok(machine.Root.Map(machine.Boot.AddressSpace, small, 0x8000_0000, MemoryAccess.All));
                        sawBoth |= hadBegun && First(machine, Start + Size - 0x1000) == 1;
                    }
                },
            ]);
        }

        Assert.True(sawBoth);
    }

    private static byte First(TestMachine machine, ulong address)
    {
        Span<byte> value = stackalloc byte[1];
        Assert.True(machine.Hypervisor.PhysicalMemory.TryRead(address, value));
        return value[0];
    }

    private static void InParallel(IReadOnlyList<Action> work)
    {
        Exception? failure = null;
        Thread[] threads = [.. work.Select(action => new Thread(() =>
        {
            try
            {
                action();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                failure = e;
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.Null(failure);
    }

    private sealed class Hook(EventKind kind) : IEventReader
    {
        public Action? During { get; set; }

        public ulong Wanted => EventStream.Bit(kind);

        public void Read(in GunyahEvent e) => During?.Invoke();
    }
}
