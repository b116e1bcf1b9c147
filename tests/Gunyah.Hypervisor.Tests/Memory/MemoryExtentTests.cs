using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Profiles;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Harness;

namespace Gunyah.Hypervisor.Tests.Memory;

/// <summary>gunyah-abi.md 4.6.2 to 4.6.5.</summary>
public class MemoryExtentTests
{
    private const ulong Window = 0x8000_0000;
    private const ulong Rwx = 7;
    private const ulong Sparse = 1 << 16;

    private readonly TestMachine _machine = new();

    private ulong Space => _machine.Boot.AddressSpace.Value;

    [Theory]
    [InlineData(0x5000_0000UL, 0UL, Rwx, 1UL)]
    [InlineData(0xFFFF_FFFF_FFFF_F000UL, 0x2000UL, Rwx, 1UL)]
    [InlineData(0x5000_0800UL, 0x1000UL, Rwx, 3UL)]
    [InlineData(0x5000_0000UL, 0x1800UL, Rwx, 3UL)]
    [InlineData(0x5000_0000UL, 0x1000UL, Rwx | (1UL << 31), 1UL)]
    [InlineData(0x5000_0000UL, 0x1000UL, Rwx | (1UL << 3), 1UL)]
    [InlineData(0x5000_0000UL, 0x1000UL, 0UL, 1UL)]
    [InlineData(0x5000_0000UL, 0x1000UL, 3UL, 1UL)]
    [InlineData(0x5000_0000UL, 0x1000UL, Rwx | (3UL << 8), 1UL)]
    [InlineData(0x5000_0000UL, 0x1000UL, Rwx | (2UL << 16), 1UL)]
    [InlineData(0x5000_0000UL, 0x1000UL, Rwx | Sparse, 1UL)] // docs/decisions/0202
    [InlineData(0x5000_0000UL, 0x1000UL, Rwx | (1UL << 40), 0UL)]
    [InlineData(0x5000_0000UL, 0x1000UL, Rwx | (2UL << 8), 0UL)]
    public void A_root_extent_is_checked_when_it_is_configured(ulong address, ulong size, ulong attributes, ulong error) =>
        Assert.Equal(error, _machine.Trap(MemoryExtentCalls.Configure, _machine.Create(ObjectType.MemoryExtent).Value, address,
        size, attributes).X[0]);

    [Fact]
    public void A_root_extent_takes_only_what_the_partition_owns()
    {
        CapId extent = _machine.Create(ObjectType.MemoryExtent);
        TestMachine.Ok(_machine.Root.ExtentConfigure(extent, TestMachine.RamBase, 0x1000, MemoryAccess.All));
        Assert.Equal(GunyahError.MemoryNotOwned, _machine.Root.Activate(extent));

        // The root VM gives all its memory up; then the partition owns it again.
        _machine.Delete(_machine.Boot.RootMemory.Cap);
        _machine.Delete(_machine.Boot.Extents[0].Cap);
        CapId next = _machine.Create(ObjectType.MemoryExtent);
        TestMachine.Ok(_machine.Root.ExtentConfigure(next, TestMachine.RamBase, 0x1000, MemoryAccess.All));
        TestMachine.Ok(_machine.Root.Activate(next));
    }

    [Fact]
    public void An_extent_that_was_not_configured_fails() =>
        Assert.Equal(GunyahError.ObjectConfig, _machine.Root.Activate(_machine.Create(ObjectType.MemoryExtent)));

    [Theory]
    [InlineData(0UL, 0UL, Rwx, 1UL)]
    [InlineData(TestMachine.RamSize, 0x1000UL, Rwx, 22UL)]
    [InlineData(0x1000UL, ulong.MaxValue - 0xFFF, Rwx, 22UL)]
    [InlineData(0x800UL, 0x1000UL, Rwx, 3UL)]
    [InlineData(0x1000UL, 0x1000UL, 3UL, 1UL)]
    [InlineData(0x1000UL, 0x1000UL, Rwx | Sparse, 1UL)]
    [InlineData(TestMachine.RamSize - 0x1000, 0x1000UL, Rwx, 0UL)]
    public void A_derived_extent_is_checked_against_its_parent(ulong offset, ulong size, ulong attributes, ulong error) =>
        Assert.Equal(
            error,
            _machine.Trap(
                MemoryExtentCalls.ConfigureDerive, _machine.Create(ObjectType.MemoryExtent).Value,
                _machine.Boot.Extents[0].Cap.Value, offset, size, attributes).X[0]);

    [Fact]
    public void A_derived_extent_has_no_more_access_than_its_parent()
    {
        CapId parent = _machine.Extent(0, 0x10000, MemoryAccess.ReadWrite);
        CapId child = _machine.Create(ObjectType.MemoryExtent);
        Assert.Equal(GunyahError.ArgumentInvalid, _machine.Root.ExtentDerive(child, parent, 0, 0x1000, MemoryAccess.All));
        TestMachine.Ok(_machine.Root.ExtentDerive(child, parent, 0, 0x1000, MemoryAccess.Read));
    }

    [Fact]
    public void Two_children_cannot_take_the_same_memory()
    {
        CapId parent = _machine.Extent(0, 0x10000);
        CapId first = Derive(parent, 0x1000, 0x2000);
        TestMachine.Ok(_machine.Root.Activate(first));
        Assert.Equal(GunyahError.MemoryNotOwned, _machine.Root.Activate(Derive(parent, 0x2000, 0x2000)));
        _machine.Delete(first);
        TestMachine.Ok(_machine.Root.Activate(Derive(parent, 0x2000, 0x2000)));
    }

    [Fact]
    public void A_child_inherits_its_parents_mapping_with_masked_access_and_gives_it_back()
    {
        CapId parent = _machine.Extent(0, 0x4000);
        TestMachine.Ok(_machine.Root.Map(_machine.Boot.AddressSpace, parent, Window, MemoryAccess.All));
        CapId child = Derive(parent, 0x1000, 0x1000, MemoryAccess.Read);
        TestMachine.Ok(_machine.Root.Activate(child));
        Assert.True(CanWrite(Window));
        Assert.False(CanWrite(Window + 0x1000));
        Assert.True(CanRead(Window + 0x1000));
        Assert.True(CanWrite(Window + 0x2000));

        TestMachine.Ok(_machine.Root.Unmap(_machine.Boot.AddressSpace, child, Window + 0x1000));
        Assert.False(CanRead(Window + 0x1000));
        _machine.Delete(child);
        Assert.True(CanWrite(Window + 0x1000));
        Assert.True(_machine.Root.TryWrite(Window + 0xFFE, new byte[0x1004])); // Across all three parts.
    }

    [Fact]
    public void A_returning_child_does_not_cover_what_was_mapped_in_its_place()
    {
        CapId parent = _machine.Extent(0, 0x4000);
        CapId other = _machine.Extent(0x10000, 0x1000);
        TestMachine.Ok(_machine.Root.Map(_machine.Boot.AddressSpace, parent, Window, MemoryAccess.All));
        CapId child = Derive(parent, 0x1000, 0x1000);
        TestMachine.Ok(_machine.Root.Activate(child));
        TestMachine.Ok(_machine.Root.Map(_machine.Boot.AddressSpace, other, Window + 0x1000, MemoryAccess.Read));
        _machine.Delete(child);
        Assert.False(CanWrite(Window + 0x1000));
        Assert.Equal(GunyahError.Ok, Lookup(other, Window + 0x1000));
    }

    /// <summary>The rows of table 4.6.4 by number.</summary>
    [Theory]
    [InlineData(Window, 0x1_0000_0000UL | 0xF_0077, 0UL, 0UL, 0UL, 0UL)]
    [InlineData(Window, 0x100_0077UL, 0UL, 0UL, 0UL, 1UL)] // 1
    [InlineData(Window, 0xF_0077UL, 2UL, 0UL, 0UL, 1UL)] // 1
    [InlineData(Window + 1, 0xF_0077UL, 0UL, 0UL, 0UL, 3UL)] // 3
    [InlineData(Window, 0xF_0077UL, 1UL, 0x800UL, 0x1000UL, 3UL)] // 4
    [InlineData(Window, 0xF_0077UL, 1UL, 0x1000UL, 0UL, 2UL)] // 5
    [InlineData(Window, 0xF_0077UL, 1UL, 0x1000UL, 0x4000UL, 2UL)] // 5
    [InlineData(Window, 0xF_0033UL, 0UL, 0UL, 0UL, 1UL)] // 6: write and execute alone
    [InlineData(Window, 0x4_0077UL, 0UL, 0UL, 0UL, 1UL)] // 6: no such memory type
    [InlineData(0xFFFF_FFFF_FFFF_F000UL, 0xF_0077UL, 0UL, 0UL, 0UL, 20UL)] // 8
    [InlineData(Window, 0xF_0077UL, 1UL, 0x1000UL, 0x1000UL, 121UL)] // 9
    [InlineData(1UL << 36, 0xF_0077UL, 0UL, 0UL, 0UL, 22UL)] // 11
    [InlineData((1UL << 36) - 0x1000, 0xF_0077UL, 0UL, 0UL, 0UL, 20UL)] // 11
    [InlineData(Window, 0xF_0077UL, 0x8000_0000UL, 0UL, 0UL, 0UL)]
    public void A_mapping_is_checked_in_order(ulong address, ulong attributes, ulong flags, ulong offset, ulong size, ulong error)
    {
        CapId extent = _machine.Extent(0, 0x4000);
        ulong pages = Pages();
        Assert.Equal(error, _machine.Trap(AddressSpaceCalls.Map, Space, extent.Value, address, attributes, flags, offset,
            size).X[0]);
        Assert.Equal(error == 0 ? pages + 4 : pages, Pages());
    }

    [Theory]
    [InlineData(1UL, 0UL, 0UL)]
    [InlineData(1UL, 5UL, 1UL)]
    [InlineData(1UL, 15UL, 1UL)]
    [InlineData(2UL, 3UL, 0UL)]
    [InlineData(2UL, 5UL, 0UL)]
    [InlineData(2UL, 15UL, 1UL)]
    [InlineData(0UL, 12UL, 1UL)]
    [InlineData(0UL, 5UL, 0UL)]
    public void The_memory_type_of_an_extent_limits_that_of_its_mappings(ulong extentType, ulong mapType, ulong error)
    {
        CapId extent = _machine.Create(ObjectType.MemoryExtent);
        TestMachine.Ok(_machine.Error(
            MemoryExtentCalls.ConfigureDerive, extent.Value, _machine.Boot.Extents[0].Cap.Value, TestMachine.RootSize, 0x1000,
            Rwx | (extentType << 8)));
        TestMachine.Ok(_machine.Root.Activate(extent));
        Assert.Equal(error, _machine.Trap(AddressSpaceCalls.Map, Space, extent.Value, Window, 0x77 | (mapType << 16)).X[0]);
    }

    [Fact]
    public void A_fifth_mapping_does_not_fit()
    {
        CapId extent = _machine.Extent(0, 0x1000);
        for (ulong i = 0; i < 4; i++)
            TestMachine.Ok(_machine.Root.Map(_machine.Boot.AddressSpace, extent, Window + (i * 0x10000), MemoryAccess.Read));
        Assert.Equal(GunyahError.MappingsFull, _machine.Root.Map(_machine.Boot.AddressSpace, extent, Window + 0x50000,
            MemoryAccess.Read));
        TestMachine.Ok(_machine.Root.Map(_machine.Boot.AddressSpace, extent, Window, MemoryAccess.All));
        TestMachine.Ok(_machine.Root.ExtentUnmapAll(extent));
        Assert.False(CanRead(Window));
    }

    [Fact]
    public void A_mapping_replaces_what_was_there()
    {
        CapId first = _machine.Extent(0, 0x3000);
        CapId second = _machine.Extent(0x10000, 0x1000);
        TestMachine.Ok(_machine.Root.Map(_machine.Boot.AddressSpace, first, Window, MemoryAccess.All));
        TestMachine.Ok(_machine.Root.Map(_machine.Boot.AddressSpace, second, Window + 0x1000, MemoryAccess.Read));
        Assert.True(CanWrite(Window));
        Assert.False(CanWrite(Window + 0x1000));
        Assert.True(CanWrite(Window + 0x2000));
        TestMachine.Ok(_machine.Root.Unmap(_machine.Boot.AddressSpace, first, Window));
        Assert.True(CanRead(Window + 0x1000));
        Assert.False(CanRead(Window));
    }

    [Theory]
    [InlineData(Profile.Documented, 1UL)]
    [InlineData(Profile.Reference, 22UL)]
    public void A_mapping_that_is_not_there_cannot_be_removed_or_changed(Profile profile, ulong error)
    {
        var machine = new TestMachine(profile);
        CapId extent = machine.Extent(0, 0x1000);
        Assert.Equal(error, machine.Trap(AddressSpaceCalls.Unmap, machine.Boot.AddressSpace.Value, extent.Value, Window).X[0]);
        Assert.Equal(error, machine.Trap(AddressSpaceCalls.UpdateAccess, machine.Boot.AddressSpace.Value, extent.Value, Window,
            0x44).X[0]);
    }

    [Fact]
    public void Access_can_be_changed_within_the_extents()
    {
        CapId extent = _machine.Extent(0, 0x1000, MemoryAccess.ReadWrite);
        TestMachine.Ok(_machine.Root.Map(_machine.Boot.AddressSpace, extent, Window, MemoryAccess.Read));
        Assert.False(CanWrite(Window));
        TestMachine.Ok(_machine.Root.UpdateAccess(_machine.Boot.AddressSpace, extent, Window, MemoryAccess.ReadWrite));
        Assert.True(CanWrite(Window));
        Assert.Equal(GunyahError.ArgumentInvalid,
            _machine.Root.UpdateAccess(_machine.Boot.AddressSpace, extent, Window, MemoryAccess.All));
        Assert.Equal(1UL, _machine.Trap(AddressSpaceCalls.UpdateAccess, Space, extent.Value, Window, 0x1_0044).X[0]);
    }

    [Fact]
    public void A_look_up_tells_the_run_from_an_address_on()
    {
        CapId extent = _machine.Extent(0, 0x8000);
        CapId other = _machine.Extent(0x10000, 0x1000);
        TestMachine.Ok(_machine.Root.Map(_machine.Boot.AddressSpace, extent, Window, MemoryAccess.ReadWrite));
        GuestRegisters r = _machine.Trap(AddressSpaceCalls.Lookup, Space, extent.Value, Window + 0x2000, 0x1_0000);
        Assert.Equal([0UL, 0x2000UL, 0x6000UL, 0xF_0066UL], [r.X[0], r.X[1], r.X[2], r.X[3]]);
        Assert.Equal(0x1000UL, _machine.Trap(AddressSpaceCalls.Lookup, Space, extent.Value, Window, 0x1000).X[2]);

        Assert.Equal(2UL, _machine.Trap(AddressSpaceCalls.Lookup, Space, extent.Value, Window + 1, 0).X[0]);
        Assert.Equal(20UL, _machine.Trap(AddressSpaceCalls.Lookup, Space, extent.Value, Window, 0xFFFF_FFFF_FFFF_F000).X[0]);
        Assert.Equal(3UL, _machine.Trap(AddressSpaceCalls.Lookup, Space, extent.Value, Window + 1, 0x1000).X[0]);
        Assert.Equal(22UL, _machine.Trap(AddressSpaceCalls.Lookup, Space, extent.Value, Window - 0x1000, 0x1000).X[0]);
        Assert.Equal(111UL, _machine.Trap(AddressSpaceCalls.Lookup, Space, other.Value, Window, 0x1000).X[0]);
    }

    [Theory]
    [InlineData(0x8000_0000UL, 0UL, 0UL, 0UL)]
    [InlineData(1UL, 0UL, 0x1000UL, 1UL)] // without no-sync
    [InlineData(0x8000_0001UL, 0x800UL, 0x1000UL, 3UL)]
    [InlineData(0x8000_0001UL, 0x1000UL, 0UL, 2UL)]
    [InlineData(0x8000_0001UL, 0x1000UL, 0x4000UL, 1UL)]
    [InlineData(0x8000_0002UL, 0UL, 0x4000UL, 0UL)]
    [InlineData(0x8000_0003UL, 0UL, 0x4000UL, 0UL)]
    [InlineData(255UL, 0UL, 0UL, 0UL)]
    [InlineData(0x8000_00FFUL, 0UL, 0UL, 1UL)]
    [InlineData(4UL, 0UL, 0UL, 1UL)]
    [InlineData(0x100UL, 0UL, 0UL, 1UL)]
    public void A_modification_is_checked(ulong flags, ulong offset, ulong size, ulong error) =>
        Assert.Equal(error, _machine.Trap(MemoryExtentCalls.Modify, _machine.Extent(0, 0x4000).Value, flags, offset, size).X[0]);

    [Fact]
    public void Zeroing_needs_write_access_and_spares_children()
    {
        CapId parent = _machine.Extent(0, 0x3000);
        TestMachine.Ok(_machine.Root.Map(_machine.Boot.AddressSpace, parent, Window, MemoryAccess.All));
        Assert.True(_machine.Root.TryWrite(Window, Enumerable.Repeat((byte)9, 0x3000).ToArray()));
        CapId child = Derive(parent, 0x1000, 0x1000, MemoryAccess.Read);
        TestMachine.Ok(_machine.Root.Activate(child));
        Assert.Equal(GunyahError.Denied, _machine.Root.ExtentZero(child, 0, 0x1000));
        TestMachine.Ok(_machine.Root.ExtentZero(parent, 0, 0x3000));
        var memory = new byte[0x3000];
        Assert.True(_machine.Root.TryRead(Window, memory));
        Assert.All(memory[..0x1000], b => Assert.Equal(0, b));
        Assert.All(memory[0x1000..0x2000], b => Assert.Equal(9, b));
        Assert.All(memory[0x2000..], b => Assert.Equal(0, b));
    }

    [Theory]
    [InlineData(0x10_0000_0000UL - 0x4000, GunyahError.Ok)]
    [InlineData(0x10_0000_0000UL - 0x3000, GunyahError.AddressOverflow)]
    [InlineData(0x10_0000_0000UL, GunyahError.AddressInvalid)]
    public void An_extent_may_end_where_the_addresses_end(ulong address, GunyahError error) =>
        Assert.Equal(error, _machine.Root.Map(_machine.Boot.AddressSpace, _machine.Extent(0, 0x4000), address, MemoryAccess.All));

    [Theory]
    [InlineData(0UL, 0x4000UL, GunyahError.ExtentType)]
    [InlineData(0x3000UL, 0x1000UL, GunyahError.ExtentType)]
    [InlineData(0x3000UL, 0x2000UL, GunyahError.ArgumentSize)]
    [InlineData(0x4000UL, 0x1000UL, GunyahError.ArgumentSize)]
    public void A_part_that_ends_with_its_extent_is_refused_for_the_type_alone(ulong offset, ulong size, GunyahError error)
    {
        CapId extent = _machine.Extent(0, 0x4000);
        Assert.Equal(error, _machine.Error(AddressSpaceCalls.Map, Space, extent.Value, Window, 0x77, 1, offset, size));
    }

    [Fact]
    public void A_derived_extent_has_the_memory_type_of_its_parent()
    {
        const ulong device = 1 << 8;
        const ulong uncached = 2 << 8;
        CapId parent = _machine.Create(ObjectType.MemoryExtent);
        Assert.Equal(GunyahError.Ok, Configure(parent, _machine.Boot.Extents[0].Cap, TestMachine.RootSize, Rwx | device));
        TestMachine.Ok(_machine.Root.Activate(parent));
        CapId child = _machine.Create(ObjectType.MemoryExtent);
        Assert.Equal(GunyahError.ArgumentInvalid, Configure(child, parent, 0, Rwx | uncached));
        Assert.Equal(GunyahError.ArgumentInvalid, Configure(child, parent, 0, Rwx));
        Assert.Equal(GunyahError.Ok, Configure(child, parent, 0, Rwx | device));

        GunyahError Configure(CapId extent, CapId from, ulong offset, ulong attributes) =>
            _machine.Error(MemoryExtentCalls.ConfigureDerive, extent.Value, from.Value, offset, 0x1000, attributes);
    }

    [Fact]
    public void A_space_that_goes_takes_the_second_mapping_of_an_extent_too()
    {
        CapId space = _machine.Create(ObjectType.AddressSpace);
        TestMachine.Ok(_machine.Root.AddressSpaceConfigure(space, 7));
        TestMachine.Ok(_machine.Root.Activate(space));
        CapId extent = _machine.Extent(0, 0x4000);
        TestMachine.Ok(_machine.Root.Map(space, extent, 0, MemoryAccess.All));
        TestMachine.Ok(_machine.Root.Map(space, extent, 0x10000, MemoryAccess.All));
        TestMachine.Ok(_machine.Root.Unmap(space, extent, 0));
        _machine.Delete(space);
        for (ulong i = 0; i < 4; i++)
            TestMachine.Ok(_machine.Root.Map(_machine.Boot.AddressSpace, extent, Window + (i * 0x10000), MemoryAccess.Read));
    }

    [Fact]
    public void Memory_that_came_back_can_be_taken_together_with_what_lies_before_and_behind_it()
    {
        CapId parent = _machine.Extent(0, 0x4000);
        CapId middle = Derive(parent, 0x1000, 0x1000);
        TestMachine.Ok(_machine.Root.Activate(middle));
        _machine.Delete(middle);
        TestMachine.Ok(_machine.Root.Activate(Derive(parent, 0, 0x4000)));
    }

    private CapId Derive(CapId parent, ulong offset, ulong size, MemoryAccess access = MemoryAccess.All)
    {
        CapId child = _machine.Create(ObjectType.MemoryExtent);
        TestMachine.Ok(_machine.Root.ExtentDerive(child, parent, offset, size, access));
        return child;
    }

    private bool CanRead(ulong address) => _machine.Root.TryRead(address, new byte[8]);

    private bool CanWrite(ulong address) => _machine.Root.TryWrite(address, new byte[8]);

    private GunyahError Lookup(CapId extent, ulong address) =>
        _machine.Error(AddressSpaceCalls.Lookup, Space, extent.Value, address, 0x1000);

    private ulong Pages() => _machine.Hypervisor.Inspection.MappedPages(BootEnvironment.RootVmid);
}
