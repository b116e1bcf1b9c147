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
    private const uint Intid = TestMachine.HardwareIntid;
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
        GicCore core = Core(out CapId vic);
        Assert.False(line.IsForwarded);
        Forward(vic, Intid);
        Assert.True(line.IsForwarded);
        Enable(core, Intid);
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
    public void A_line_that_was_up_before_it_was_forwarded_is_seen_and_by_the_next_vm_too()
    {
        DeviceLine line = Attach();
        _device.Set(true, line);
        GicCore core = Core(out CapId vic);
        Forward(vic, 40);
        Assert.Equal(1UL << 8, Pending(core));
        TestMachine.Ok(_machine.Root.HardwareInterruptUnbind(Line));
        Assert.Equal(0UL, Pending(core));
        CapId second = _machine.Vic();
        Vcpu later = _machine.ActiveVcpu(_machine.NewVcpu(second, 0, AddressSpace()));
        Forward(second, 41);
        Assert.Equal((0UL, 1UL << 9), (Pending(core), Pending(new GicCore(later.Port))));
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
    }

    [Fact]
    public void A_line_is_one_of_the_board_and_of_one_device()
    {
        GunyahHypervisor hypervisor = _machine.Hypervisor;
        Attach();
        Assert.Throws<ArgumentException>(() => hypervisor.AttachDevice(Vmid, new MemoryRange(0, 8), _device, Intid));
        Assert.Throws<ArgumentException>(() => hypervisor.AttachDevice(Vmid, new MemoryRange(0, 8), _device, Intid + 2));
        Assert.NotNull(hypervisor.AttachDevice(Vmid, new MemoryRange(0, 8), _device, Intid + 1));
        Assert.Null(hypervisor.AttachDevice(Vmid, new MemoryRange(8, 8), _device));
    }

    /// <summary>A level that two threads change ends as the last of them left it.</summary>
    [Fact]
    public void A_line_that_two_threads_change_ends_as_its_device_does()
    {
        DeviceLine line = Attach();
        GicCore core = Core(out CapId vic);
        Forward(vic, Intid);
        int wrong = 0;
        AlignedRounds.Run(
            20_000,
            () => _device.Set(true, line),
            () => _device.Set(false, line),
            _ =>
            {
                wrong += Pending(core) != 0 == _device.IsAsserted ? 0 : 1;
                return true;
            });
        Assert.Equal(0, wrong);
    }

    /// <summary>ISPENDR of the interrupts 32 to 63.</summary>
    private static ulong Pending(GicCore core) => core.Read(GicCore.Distributor + 0x204);

    private static void Enable(GicCore core, uint intid)
    {
        core.Write(GicCore.Distributor + 0x84, 1UL << (int)(intid - 32));
        core.Write(GicCore.Distributor + 0x104, 1UL << (int)(intid - 32));
    }

    private CapId Line => _machine.Boot.HardwareInterrupts[0].Cap;

    private void Forward(CapId vic, uint virq) => TestMachine.Ok(_machine.Root.HardwareInterruptBind(Line, vic, virq));

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
