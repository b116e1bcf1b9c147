using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Hypervisor.Devices;
using Gunyah.Hypervisor.Tests.Harness;

namespace Gunyah.Hypervisor.Tests.Devices;

public class DeviceMemoryTests
{
    private const ulong Address = 0x8000_0000;

    private readonly TestMachine _machine = new();
    private readonly DeviceMemory _memory;

    public DeviceMemoryTests() => _memory = _machine.Hypervisor.MemoryOf(BootEnvironment.RootVmid);

    [Fact]
    public void A_device_sees_what_its_vm_has_mapped_and_only_as_long()
    {
        CapId extent = _machine.Extent(0x200_0000, Page.Size);
        var bytes = new byte[4];
        Assert.False(_memory.TryRead(Address, bytes));
        TestMachine.Ok(_machine.Root.Map(_machine.Boot.AddressSpace, extent, Address, MemoryAccess.All));
        Assert.True(_memory.TryWrite(Address + 8, "abcd"u8));
        Assert.True(_memory.TryRead(Address + 8, bytes));
        Assert.Equal("abcd"u8.ToArray(), bytes);
        Assert.False(_memory.TryRead(Address + Page.Size - 3, bytes));
        Assert.False(_memory.TryRead(ulong.MaxValue - 1, bytes));

        TestMachine.Ok(_machine.Root.Unmap(_machine.Boot.AddressSpace, extent, Address));
        Assert.False(_memory.TryRead(Address + 8, bytes));
        Assert.False(_memory.TryWrite(Address + 8, bytes));
    }

    [Fact]
    public void Memory_to_read_takes_nothing()
    {
        CapId extent = _machine.Extent(0x200_0000, Page.Size);
        TestMachine.Ok(_machine.Root.Map(_machine.Boot.AddressSpace, extent, Address, MemoryAccess.Read));
        Assert.False(_memory.TryWrite(Address, "abcd"u8));
        var bytes = new byte[4];
        Assert.True(_memory.TryRead(Address, bytes));
        Assert.Equal(new byte[4], bytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(77)]
    [InlineData(5000)]
    public void A_vm_that_is_not_there_has_no_memory(ushort vmid) =>
        Assert.False(_machine.Hypervisor.MemoryOf(vmid).TryRead(TestMachine.RamBase, new byte[1]));
}
