using System.Runtime.InteropServices;
using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Harness;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Tests.Memory;

/// <summary>Host addresses for an engine (docs/decisions/0208). What hangs here waits for a slice that is over.</summary>
public class GuestPagesTests
{
    private readonly TestMachine _machine = new();

    public static TheoryData<string> Ways => [.. MovingMemory.Ways];

    [Fact]
    public void A_page_that_is_found_is_the_guests_memory()
    {
        _machine.Root.Pages.Enter();
        ulong last = TestMachine.RamBase + TestMachine.RootSize - Page.Size;
        Assert.Equal(GunyahError.Ok, Find(_machine.Root, last + 24, MemoryAccess.ReadWrite, out HostPage page));
        Assert.Equal(0, page.Address % (nint)Page.Size);
        Assert.Equal(MapAttributes.NormalMemory(MemoryAccess.All), page.Attributes);
        Assert.Equal(0, Marshal.ReadInt64(page.Address));
        Assert.True(_machine.Root.TryWrite(last + Page.Size - 8, [1, 2, 3, 4, 5, 6, 7, 8]));
        Assert.Equal(0x0807_0605_0403_0201, Marshal.ReadInt64(page.Address + (nint)Page.Size - 8));
        Marshal.WriteByte(page.Address + 1, 9);
        byte[] bytes = new byte[3];
        Assert.True(_machine.Root.TryRead(last, bytes));
        Assert.Equal([0, 9, 0], bytes);
    }

    [Theory]
    [InlineData(MemoryAccess.Read, false, GunyahError.Ok)]
    [InlineData(MemoryAccess.ReadExecute, false, GunyahError.Ok)]
    [InlineData(MemoryAccess.Write, false, GunyahError.Denied)]
    [InlineData(MemoryAccess.Read, true, GunyahError.Ok)]
    [InlineData(MemoryAccess.Execute, true, GunyahError.Denied)]
    public void A_page_is_found_for_the_access_that_its_mapping_gives_the_kernel_or_the_user(
        MemoryAccess access, bool isUser, GunyahError error)
    {
        CapId extent = _machine.Extent(0, 0x1000);
        ulong attributes = MapAttributes.NormalMemory(MemoryAccess.Read)
            | MapAttributes.AccessBits(MemoryAccess.ReadExecute) & ~7UL;
        TestMachine.Ok(_machine.Error(
            AddressSpaceCalls.Map, _machine.Boot.AddressSpace.Value, extent.Value, 0x8000_0000, attributes));
        _machine.Root.Pages.Enter();
        Assert.Equal(error, _machine.Root.Pages.Find(0x8000_0FFF, access, isUser, out HostPage page));
        Assert.Equal(error == GunyahError.Ok, page.Address != 0);
    }

    [Fact]
    public void Nothing_is_found_where_nothing_is_mapped()
    {
        _machine.Root.Pages.Enter();
        Assert.Equal(GunyahError.AddressInvalid, Find(_machine.Root, TestMachine.Unmapped, MemoryAccess.Read, out _));
        Assert.Equal(GunyahError.AddressInvalid, Find(_machine.Root, ulong.MaxValue, MemoryAccess.Read, out _));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Whatever_takes_memory_away_begins_a_generation_and_what_gives_it_back_shows_it_again(string way)
    {
        var guest = new TestGuest(_machine, "guest", (_, _) => VcpuStep.Yield);
        var memory = new MovingMemory(_machine, guest.Space);
        ulong before = guest.Port.Pages.Enter();
        TestMachine.Ok(Find(guest.Vcpu.Port, MovingMemory.Window, MemoryAccess.ReadWrite, out HostPage kept));
        guest.Port.Pages.Leave();
        memory.Take(way);
        Assert.NotEqual(before, guest.Port.Pages.Enter());
        if (Find(guest.Vcpu.Port, MovingMemory.Window, MemoryAccess.ReadWrite, out HostPage found) == GunyahError.Ok)
            Assert.NotEqual(kept, found);
        guest.Port.Pages.Leave();
        memory.GiveBack(way);
        guest.Port.Pages.Enter();
        TestMachine.Ok(Find(guest.Vcpu.Port, MovingMemory.Window, MemoryAccess.ReadWrite, out found));
        Assert.Equal(kept.Address, found.Address);
    }

    [Fact]
    public void What_only_adds_a_mapping_recalls_nothing()
    {
        ulong before = _machine.Root.Pages.Enter();
        CapId extent = _machine.Extent(0, 0x1000);
        TestMachine.Ok(_machine.Root.Map(_machine.Boot.AddressSpace, extent, 0x8000_0000, MemoryAccess.All));
        Assert.Equal(before, _machine.Root.Pages.Enter());
        TestMachine.Ok(_machine.Root.Unmap(_machine.Boot.AddressSpace, extent, 0x8000_0000));
        Assert.NotEqual(before, _machine.Root.Pages.Enter());
    }

    [Fact]
    public void A_vcpu_in_a_slice_may_change_its_own_address_space_and_is_out_of_the_slice_then()
    {
        CapId extent = _machine.Extent(0, 0x1000);
        TestMachine.Ok(_machine.Root.Map(_machine.Boot.AddressSpace, extent, 0x8000_0000, MemoryAccess.All));
        _machine.Root.Pages.Enter();
        TestMachine.Ok(_machine.Error(AddressSpaceCalls.Unmap, _machine.Boot.AddressSpace.Value, extent.Value, 0x8000_0000));
        Assert.Throws<InvalidOperationException>(() => _machine.Root.Pages.Poll());
        Assert.Throws<InvalidOperationException>(() => Find(_machine.Root, TestMachine.Buffer, MemoryAccess.Read, out _));
    }

    [Fact]
    public void A_vcpu_inside_vcpu_run_is_not_waited_for()
    {
        CapId extent = _machine.Extent(0, 0x1000);
        TestMachine.Ok(_machine.Root.Map(_machine.Boot.AddressSpace, extent, 0x8000_0000, MemoryAccess.All));
        GunyahError answer = GunyahError.Failure;
        var guest = new TestGuest(
            _machine, "guest",
            (vcpu, _) =>
            {
                vcpu.Pages.Enter();
                answer = vcpu.Unmap(_machine.Boot.AddressSpace, extent, 0x8000_0000);
                vcpu.Pages.Enter();
                return VcpuStep.WaitForInterrupt;
            },
            VcpuOptions.VcpuRunScheduled);
        TestMachine.Ok(_machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        _machine.Root.Pages.Enter();
        TestMachine.Ok(_machine.Root.VcpuRun(guest.Cap, default, out VcpuRunResult result));
        Assert.Equal((GunyahError.Ok, VcpuRunState.ExpectsWakeup), (answer, result.State));
        TestMachine.Ok(_machine.Root.Unmap(guest.Space, guest.Extent, 0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_end_of_a_turn_ends_the_slice_however_it_ends(bool fails)
    {
        var guest = new TestGuest(_machine, "guest", (vcpu, _) =>
        {
            vcpu.Pages.Enter();
            return fails ? throw new InvalidOperationException("an engine that fails") : VcpuStep.Yield;
        });
        TestMachine.Ok(_machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        Assert.Equal(fails ? VcpuTurn.Off : VcpuTurn.Runnable, guest.Vcpu.Thread.Run(1));
        TestMachine.Ok(_machine.Root.Unmap(guest.Space, guest.Extent, 0));
        Assert.Equal(0UL, _machine.Hypervisor.Inspection.MappedPages(guest.Port.Vmid));
    }

    private static GunyahError Find(VcpuPort port, ulong address, MemoryAccess access, out HostPage page) =>
        port.Pages.Find(address, access, isUser: false, out page);
}
