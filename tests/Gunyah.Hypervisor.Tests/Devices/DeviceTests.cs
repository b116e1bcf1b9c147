using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Devices;
using Gunyah.Hypervisor.Memory;
using Gunyah.Hypervisor.Tests.Harness;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Tests.Devices;

/// <summary>Devices of the machine in the address space of a VM, and their interrupt lines.</summary>
public class DeviceTests
{
    private const ushort Vmid = 10;
    private const ulong Address = 0x0900_0000;
    private const uint Intid = 33;
    private const ulong Spurious = 1023;

    private readonly TestMachine _machine = new();
    private readonly FakeDevice _device = new();
    private CapId? _addressSpace;

    [Fact]
    public void An_access_leads_to_the_device_with_its_offset_size_and_value()
    {
        Attach();
        GicCore core = Core(out _);
        core.Write(Address, 0x12, 1);
        core.Write(Address + 0xFFC, 0x1234_5678);
        Assert.Equal([(0UL, 1, 0x12UL), (0xFFCUL, 4, 0x1234_5678UL)], _device.Stores);
        Assert.Equal(0xFF8UL + 8, core.Read(Address + 0xFF8, 8));
    }

    [Theory]
    [InlineData(Address - 1, 1)]
    [InlineData(Address - 1, 4)]
    [InlineData(Address + 0x1000, 1)]
    [InlineData(Address + 0xFFE, 4)]
    [InlineData(Address + 0xFF9, 8)]
    [InlineData(Address, 3)]
    [InlineData(Address, 16)]
    [InlineData(ulong.MaxValue, 8)]
    public void An_access_that_is_not_all_inside_leads_nowhere(ulong address, int size)
    {
        Attach();
        GicCore core = Core(out _);
        Assert.Equal(DeviceAnswer.NotThere, core.Load(address, size, out ulong value));
        Assert.Equal(0UL, value);
        Assert.Equal(DeviceAnswer.NotThere, core.Store(address, size, 1));
        Assert.Empty(_device.Stores);
    }

    [Fact]
    public void What_a_device_refuses_faults()
    {
        Attach();
        GicCore core = Core(out _);
        Assert.Equal(DeviceAnswer.Fault, core.Load(Address + FakeDevice.Refused, 4, out _));
        Assert.Equal(DeviceAnswer.Fault, core.Store(Address + FakeDevice.Refused, 4, 1));
    }

    [Fact]
    public void Only_its_vm_has_the_device()
    {
        Attach();
        Vcpu other = _machine.ActiveVcpu(_machine.NewVcpu(_machine.Vic(), 0, vmid: 11));
        Assert.Equal(DeviceAnswer.NotThere, new GicCore(other.Port).Load(Address, 4, out _));
    }

    [Fact]
    public void A_line_is_a_level_of_its_device()
    {
        DeviceLine line = Attach();
        Assert.False(line.IsConnected);
        GicCore core = Core(out _);
        Assert.True(line.IsConnected);
        core.Write(GicCore.Distributor + 0x84, 2);
        core.Write(GicCore.Distributor + 0x104, 2);
        _device.Set(true, line);
        Assert.Equal(InterruptLine.Irq, core.Line);
        _device.Set(false, line);
        Assert.Equal(InterruptLine.None, core.Line);
        _device.Set(true, line);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(Intid, core.Mrs(SystemRegister.IccIar1));
            core.Msr(SystemRegister.IccEoir1, Intid);
        }

        Assert.Equal(Intid, core.Mrs(SystemRegister.IccIar1));
        _device.Set(false, line);
        core.Msr(SystemRegister.IccEoir1, Intid);
        Assert.Equal(Spurious, core.Mrs(SystemRegister.IccIar1));
    }

    [Fact]
    public void A_line_that_was_up_before_its_vm_began_is_seen_by_it_and_by_the_next()
    {
        DeviceLine line = Attach();
        _device.Set(true, line);
        GicCore core = Core(out CapId vic);
        Assert.Equal(2UL, core.Read(GicCore.Distributor + 0x204));
        Assert.NotEqual(default, vic);
        // Another controller of the same VM would find the line taken.
        CapId second = _machine.Vic();
        Vcpu later = _machine.ActiveVcpu(_machine.NewVcpu(second, 0, AddressSpace()));
        Assert.Equal(0UL, new GicCore(later.Port).Read(GicCore.Distributor + 0x204));
        Assert.True(line.IsConnected);
    }

    [Fact]
    public void A_line_to_an_interrupt_that_the_controller_does_not_have_stays_unconnected()
    {
        DeviceLine line = _machine.Hypervisor.AttachDevice(Vmid, new MemoryRange(Address, 0x1000), _device, 1019)!;
        Core(out _);
        Assert.False(line.IsConnected);
        _device.Set(true, line);
    }

    [Fact]
    public void Places_of_one_vm_do_not_overlap_and_are_places()
    {
        GunyahHypervisor hypervisor = _machine.Hypervisor;
        Attach();
        hypervisor.AttachDevice(11, new MemoryRange(Address, 0x1000), _device);
        Assert.Throws<ArgumentException>(() => hypervisor.AttachDevice(Vmid, new MemoryRange(Address + 0xFFF, 1), _device));
        Assert.Throws<ArgumentException>(() => hypervisor.AttachDevice(Vmid, new MemoryRange(0, 0), _device));
        Assert.Throws<ArgumentException>(() => hypervisor.AttachDevice(Vmid, new MemoryRange(ulong.MaxValue, 2), _device));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => hypervisor.AttachDevice(Vmid, new MemoryRange(0, 8), _device, 31));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => hypervisor.AttachDevice(Vmid, new MemoryRange(0, 8), _device, 1020));
    }

    /// <summary>A level that two threads change ends as the last of them left it.</summary>
    [Fact]
    public void A_line_that_two_threads_change_ends_as_its_device_does()
    {
        DeviceLine line = Attach();
        GicCore core = Core(out _);
        int wrong = 0;
        AlignedRounds.Run(
            20_000,
            () => _device.Set(true, line),
            () => _device.Set(false, line),
            _ =>
            {
                wrong += core.Read(GicCore.Distributor + 0x204) != 0 == _device.IsAsserted ? 0 : 1;
                return true;
            });
        Assert.Equal(0, wrong);
    }

    private DeviceLine Attach() =>
        _machine.Hypervisor.AttachDevice(Vmid, new MemoryRange(Address, 0x1000), _device, Intid)!;

    private GicCore Core(out CapId vic)
    {
        vic = _machine.Vic();
        return new GicCore(_machine.ActiveVcpu(_machine.NewVcpu(vic, 0, AddressSpace())).Port).Open();
    }

    private CapId AddressSpace()
    {
        if (_addressSpace is { } made)
            return made;
        CapId space = _machine.Create(ObjectType.AddressSpace);
        TestMachine.Ok(_machine.Root.AddressSpaceConfigure(space, Vmid));
        TestMachine.Ok(_machine.Root.Activate(space));
        _addressSpace = space;
        return space;
    }

    private sealed class FakeDevice : IDevice
    {
        public const ulong Refused = 0x100;

        private volatile bool _isAsserted;

        public List<(ulong Offset, int Size, ulong Value)> Stores { get; } = [];

        public bool IsAsserted => _isAsserted;

        public void Set(bool level, DeviceLine line)
        {
            _isAsserted = level;
            line.Update();
        }

        public bool TryRead(ulong offset, int size, out ulong value)
        {
            value = offset + (ulong)size;
            return offset != Refused;
        }

        public bool TryWrite(ulong offset, int size, ulong value)
        {
            Stores.Add((offset, size, value));
            return offset != Refused;
        }
    }
}
