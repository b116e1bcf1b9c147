using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Hypervisor.AddressSpaces;
using Gunyah.Hypervisor.Memory;
using Gunyah.Hypervisor.MemoryExtents;
using Gunyah.Hypervisor.Objects;
using Gunyah.Hypervisor.Tests.Harness;

namespace Gunyah.Hypervisor.Tests.Races;

/// <summary>
/// An access beside a change of the table that it goes through: <see cref="GuestMemory"/> says who looks at what.
/// </summary>
public class MemoryRaceTests
{
    private const ulong Window = 0x8000_0000;
    private const byte Foreign = 0xFF;

    private readonly TestMachine _machine = new();

    /// <summary>Without the fence a write lands in memory that was taken away: in one of 2,000 rounds.</summary>
    [Fact]
    public void A_write_that_begins_while_its_memory_is_taken_away_is_over_or_refused_then()
    {
        CapId space = _machine.Create(ObjectType.AddressSpace);
        MemoryExtent extent = ExtentOf(_machine.Extent(0, 0x1000));
        AddressSpace addresses = SpaceOf(space);
        ulong physical = TestMachine.RamBase + TestMachine.RootSize;
        var memory = new GuestMemory(_machine.Hypervisor.PhysicalMemory);
        memory.Attach(addresses.Table);
        var entry = new StageTwoEntry(
            new(Window, 0x1000), physical, MapAttributes.NormalMemory(MemoryAccess.All), extent);
        addresses.Table.Overwrite(entry);
        byte[] data = [Foreign];
        byte[] seen = [0];
        int late = 0;
        bool isLate = false;
        AlignedRounds.Run(
            50_000,
            () =>
            {
                addresses.Table.Clear();
                GuestMemory.FenceAll();
                memory.WaitUntilIdle();
                _machine.Hypervisor.PhysicalMemory.TryWrite(physical, [0]);
                Thread.SpinWait(8);
                _machine.Hypervisor.PhysicalMemory.TryRead(physical, seen);
                isLate = seen[0] == Foreign;
            },
            () => memory.Write(Window, data),
            _ =>
            {
                late += isLate ? 1 : 0;
                addresses.Table.Overwrite(entry);
                return true;
            });
        Assert.Equal(0, late);
    }

    private MemoryExtent ExtentOf(CapId cap)
    {
        TestMachine.Ok(_machine.Root.Space.Resolve(
            cap, MemoryExtentRights.None, CapabilityLookup.AnyState, out MemoryExtent? extent));
        extent!.Release();
        return extent;
    }

    private AddressSpace SpaceOf(CapId cap)
    {
        TestMachine.Ok(_machine.Root.Space.Resolve(
            cap, AddressSpaceRights.None, CapabilityLookup.AnyState, out AddressSpace? space));
        space!.Release();
        return space;
    }
}
