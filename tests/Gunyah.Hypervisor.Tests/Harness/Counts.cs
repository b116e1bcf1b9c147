using Gunyah.Hypervisor.Inspection;

namespace Gunyah.Hypervisor.Tests.Harness;

/// <summary>What a failed call must leave as it was, and what a round of creating and destroying must come back to.</summary>
internal readonly record struct Counts(int Objects, int Capabilities, int Bindings, ulong RootPages, ulong Heap)
{
    public static Counts Of(TestMachine machine)
    {
        HypervisorInspection look = machine.Hypervisor.Inspection;
        return new(look.ObjectCount, look.CapabilityCount, look.BoundInterrupts, look.MappedPages(BootEnvironment.RootVmid),
            look.HeapUsed);
    }
}
