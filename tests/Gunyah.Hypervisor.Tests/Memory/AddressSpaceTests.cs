using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Hypervisor.Tests.Harness;

namespace Gunyah.Hypervisor.Tests.Memory;

/// <summary>gunyah-abi.md 4.6.1.</summary>
public class AddressSpaceTests
{
    private readonly TestMachine _machine = new();

    [Theory]
    [InlineData(0UL, 1UL)]
    [InlineData(256UL, 1UL)]
    [InlineData(0xFFFFUL, 1UL)]
    [InlineData(1UL, 0UL)]
    [InlineData(0x1_00FFUL, 0UL)]
    public void A_VMID_is_1_to_255(ulong vmid, ulong error) =>
        Assert.Equal(error, _machine.Trap(AddressSpaceCalls.Configure, _machine.Create(ObjectType.AddressSpace).Value,
        vmid).X[0]);

    [Fact]
    public void A_VMID_is_given_once_and_freed_with_its_space()
    {
        CapId first = NewSpace(7);
        TestMachine.Ok(_machine.Root.Activate(first));
        Assert.Equal(GunyahError.Busy, _machine.Root.Activate(NewSpace(7)));
        Assert.Equal(GunyahError.Busy, _machine.Root.Activate(NewSpace(255)));
        Assert.Equal(GunyahError.Busy, _machine.Root.Activate(_machine.Create(ObjectType.AddressSpace)));
        _machine.Delete(first);
        TestMachine.Ok(_machine.Root.Activate(NewSpace(7)));
    }

    [Fact]
    public void Eight_threads_fit()
    {
        CapId space = NewSpace(7);
        TestMachine.Ok(_machine.Root.Activate(space));
        CapId[] threads = [.. Enumerable.Range(0, 9).Select(_ => _machine.Create(ObjectType.Thread))];
        foreach (CapId thread in threads[..8])
            TestMachine.Ok(_machine.Root.AddressSpaceAttach(space, thread));
        TestMachine.Ok(_machine.Root.AddressSpaceAttach(space, threads[0]));
        Assert.Equal(GunyahError.NoMemory, _machine.Root.AddressSpaceAttach(space, threads[8]));
        _machine.Delete(threads[3]);
        TestMachine.Ok(_machine.Root.AddressSpaceAttach(space, threads[8]));
    }

    [Fact]
    public void A_thread_that_moves_to_another_space_leaves_the_first()
    {
        CapId first = NewSpace(7);
        CapId second = NewSpace(8);
        TestMachine.Ok(_machine.Root.Activate(first));
        TestMachine.Ok(_machine.Root.Activate(second));
        CapId thread = _machine.Create(ObjectType.Thread);
        for (int i = 0; i < 20; i++)
            TestMachine.Ok(_machine.Root.AddressSpaceAttach(i % 2 == 0 ? first : second, thread));
        int objects = _machine.Hypervisor.Inspection.ObjectCount;
        _machine.Delete(first);
        Assert.Equal(objects - 1, _machine.Hypervisor.Inspection.ObjectCount);
    }

    [Fact]
    public void A_space_that_goes_takes_its_mappings_with_it()
    {
        CapId space = NewSpace(7);
        TestMachine.Ok(_machine.Root.Activate(space));
        CapId extent = _machine.Extent(0, 0x4000);
        TestMachine.Ok(_machine.Root.Map(space, extent, 0, MemoryAccess.All));
        Assert.Equal(4UL, _machine.Hypervisor.Inspection.MappedPages(7));
        _machine.Delete(space);
        Assert.Equal(0UL, _machine.Hypervisor.Inspection.MappedPages(7));
        for (ulong i = 0; i < 4; i++)
            TestMachine.Ok(_machine.Root.Map(_machine.Boot.AddressSpace, extent, 0x8000_0000 + (i * 0x10000), MemoryAccess.Read));
    }

    private CapId NewSpace(ushort vmid)
    {
        CapId space = _machine.Create(ObjectType.AddressSpace);
        TestMachine.Ok(_machine.Root.AddressSpaceConfigure(space, vmid));
        return space;
    }
}
