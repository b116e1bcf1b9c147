using Gunyah.Machine.Configuration;

namespace Gunyah.Machine.Tests.Running;

public class AllocationTests
{
    /// <summary>A seeded machine runs on the calling thread, so what it allocates can be counted.</summary>
    [Theory]
    [InlineData(VmScheduling.Static)]
    [InlineData(VmScheduling.Proxy)]
    public void Messages_allocate_nothing(VmScheduling scheduling)
    {
        Run(1_000, scheduling);
        long few = Run(10_000, scheduling);
        long many = Run(60_000, scheduling);

        // A hundred thousand messages more. What is left is how the queues of tasks happened to grow.
        Assert.InRange(many - few, long.MinValue, 20_000);
    }

    private static long Run(ulong messages, VmScheduling scheduling)
    {
        MachineConfiguration machine = Machines.Example with
        {
            Seed = 1,
            Vms = [Machines.Example.Vms[0] with { Scheduling = scheduling }],
            Exchange = Machines.Example.Exchange with { Messages = messages },
        };
        var board = Machines.Board;
        long before = GC.GetAllocatedBytesForCurrentThread();
        Reports.MachineReport report = Machines.Run(machine, board, Machine.Programs.ProgramRegistry.BuiltIn);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Machines.AssertGood(report);
        return allocated;
    }
}
