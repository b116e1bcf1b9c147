using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Profiles;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Devices;
using Gunyah.Hypervisor.Memory;
using Gunyah.Hypervisor.Tests.Harness;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Tests.Devices;

/// <summary>Hardware interrupts as objects (gunyah-abi.md 4.5.3). Cases VI-nn are those of gunyah-abi.md 6.5.</summary>
public class HardwareInterruptTests
{
    private const uint Virq = 40;

    private readonly TestMachine _machine = new();
    private readonly Level _level = new();

    [Fact]
    public void The_root_vm_has_one_for_each_line_of_the_board()
    {
        Assert.Equal([33u, 34u], _machine.Boot.HardwareInterrupts.Select(line => line.Intid));
        foreach (BootInterrupt line in _machine.Boot.HardwareInterrupts)
        {
            Assert.True(
                _machine.Hypervisor.Inspection.TryResolve(BootEnvironment.RootVmid, line.Cap, out _, out ObjectType type));
            Assert.Equal(ObjectType.HardwareInterrupt, type);
            Assert.Equal(GunyahError.ObjectState, _machine.Root.Activate(line.Cap));
        }
    }

    [Theory] // VI-31
    [InlineData(Profile.Documented, GunyahError.Ok)]
    [InlineData(Profile.Reference, GunyahError.VirqNotBound)]
    public void Unbinding_one_that_is_not_bound_is_told_by_the_reference_only(Profile profile, GunyahError error)
    {
        var machine = new TestMachine(profile);
        CapId line = machine.Boot.HardwareInterrupts[0].Cap;
        Assert.Equal(error, machine.Root.HardwareInterruptUnbind(line));
        TestMachine.Ok(machine.Root.HardwareInterruptBind(line, machine.Boot.Vic, Virq));
        TestMachine.Ok(machine.Root.HardwareInterruptUnbind(line));
        Assert.Equal(error, machine.Root.HardwareInterruptUnbind(line));
    }

    [Fact] // VI-32
    public void The_right_to_bind_is_the_second_bit()
    {
        CapId copy = _machine.Copy(Line(0), HardwareInterruptRights.Activate | (HardwareInterruptRights)1);
        Assert.Equal(GunyahError.InsufficientRights, _machine.Root.HardwareInterruptBind(copy, _machine.Boot.Vic, Virq));
        CapId binds = _machine.Copy(Line(0), HardwareInterruptRights.BindVic);
        TestMachine.Ok(_machine.Root.HardwareInterruptBind(binds, _machine.Boot.Vic, Virq));
        TestMachine.Ok(_machine.Root.HardwareInterruptUnbind(binds));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(31u)]
    [InlineData(96u)]
    [InlineData(1019u)]
    [InlineData(1020u)]
    [InlineData(0x0100_0028u)]
    public void It_is_bound_to_a_shared_interrupt_of_the_controller(uint virq)
    {
        Assert.Equal(GunyahError.ArgumentInvalid, _machine.Root.HardwareInterruptBind(Line(0), _machine.Boot.Vic, virq));
        TestMachine.Ok(_machine.Root.HardwareInterruptBind(Line(0), _machine.Boot.Vic, Virq));
    }

    /// <summary>The number comes first here, other than where an object of a guest is bound.</summary>
    [Fact]
    public void The_number_then_the_binding_then_the_place_decide()
    {
        TestMachine.Ok(_machine.Root.HardwareInterruptBind(Line(0), _machine.Boot.Vic, Virq));
        Assert.Equal(GunyahError.ArgumentInvalid, _machine.Root.HardwareInterruptBind(Line(0), _machine.Boot.Vic, 31));
        Assert.Equal(GunyahError.VirqBound, _machine.Root.HardwareInterruptBind(Line(0), _machine.Boot.Vic, 96));
        Assert.Equal(GunyahError.Busy, _machine.Root.HardwareInterruptBind(Line(1), _machine.Boot.Vic, Virq));
        TestMachine.Ok(_machine.Root.HardwareInterruptUnbind(Line(0)));
        TestMachine.Ok(_machine.Root.HardwareInterruptBind(Line(1), _machine.Boot.Vic, Virq));
    }

    [Fact]
    public void What_is_being_handled_ends_before_another_line_comes_to_its_number()
    {
        DeviceLine line = Wire();
        TestMachine.Ok(_machine.Root.HardwareInterruptBind(Line(0), _machine.Boot.Vic, Virq));
        InterruptTaker taker = _machine.OpenInterrupts();
        taker.Enable(Virq, InterruptTrigger.Level);
        _level.Set(true, line);
        Assert.Equal(Virq, _machine.Root.Interrupts.Acknowledge());
        TestMachine.Ok(_machine.Root.HardwareInterruptUnbind(Line(0)));
        Assert.Equal(GunyahError.Retry, _machine.Root.HardwareInterruptBind(Line(1), _machine.Boot.Vic, Virq));
        Assert.Equal(GunyahError.Retry, _machine.Root.HardwareInterruptBind(Line(0), _machine.Boot.Vic, Virq));
        TestMachine.Ok(_machine.Root.HardwareInterruptBind(Line(0), _machine.Boot.Vic, Virq + 1));
        TestMachine.Ok(_machine.Root.HardwareInterruptUnbind(Line(0)));
        CapId bell = _machine.Active(ObjectType.Doorbell);
        TestMachine.Ok(_machine.Root.DoorbellBind(bell, _machine.Boot.Vic, Virq)); // Only another line has to wait.
        TestMachine.Ok(_machine.Root.DoorbellUnbind(bell));
        _machine.Root.Interrupts.EndOfInterrupt(Virq);
        TestMachine.Ok(_machine.Root.HardwareInterruptBind(Line(1), _machine.Boot.Vic, Virq));
    }

    [Fact]
    public void Its_trigger_is_what_the_line_is_whatever_a_guest_writes()
    {
        VcpuPort vcpu = _machine.Root;
        var core = new GicCore(vcpu);
        const ulong Configuration = GicCore.Distributor + 0xC00 + (Virq / 16 * 4);
        const ulong Edge = 2UL << (int)(Virq % 16 * 2);
        core.Write(Configuration, Edge);
        TestMachine.Ok(vcpu.HardwareInterruptBind(Line(0), _machine.Boot.Vic, Virq));
        Assert.Equal(0UL, core.Read(Configuration));
        core.Write(Configuration, Edge);
        Assert.Equal(0UL, core.Read(Configuration));
        TestMachine.Ok(vcpu.HardwareInterruptUnbind(Line(0)));
        core.Write(Configuration, Edge);
        Assert.Equal(Edge, core.Read(Configuration));
    }

    [Fact]
    public void With_its_last_capability_it_is_gone_and_its_device_is_heard_no_more()
    {
        DeviceLine line = Wire();
        TestMachine.Ok(_machine.Root.HardwareInterruptBind(Line(0), _machine.Boot.Vic, Virq));
        _machine.Delete(Line(0));
        Assert.False(line.IsForwarded);
        _level.Set(true, line);
        Assert.Equal(0UL, new GicCore(_machine.Root).Read(GicCore.Distributor + 0x204));
        CapId bell = _machine.Active(ObjectType.Doorbell);
        TestMachine.Ok(_machine.Root.DoorbellBind(bell, _machine.Boot.Vic, Virq));
    }

    [Theory]
    [InlineData(new uint[] { 31 })]
    [InlineData(new uint[] { 1020 })]
    [InlineData(new uint[] { 40, 40 })]
    public void A_board_has_shared_lines_and_each_once(uint[] lines)
    {
        var options = new HypervisorOptions
        {
            PhysicalMemory = [new MemoryRange(0, 0x10_0000)],
            RootMemory = new MemoryRange(0, 0x1000),
            HardwareInterrupts = [.. lines],
        };
        Assert.Throws<ArgumentException>(
            () => new GunyahHypervisor(options, _machine.Platform, _machine.Programs.Loader, new()));
    }

    /// <summary>What a wake-up leads to is the business of others: no lock of the line is held while they are told.</summary>
    [Fact]
    public void Whoever_is_woken_by_a_bind_can_unbind_at_once()
    {
        DeviceLine line = Wire();
        _level.Set(true, line);
        var guest = new TestGuest(_machine, "guest", (vcpu, _) =>
        {
            new InterruptTaker(vcpu).Enable(Virq, InterruptTrigger.Level);
            return VcpuStep.WaitForInterrupt;
        });
        TestMachine.Ok(_machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        guest.Vcpu.Thread.Run(1);
        bool? isFree = null;
        _machine.Platform.OnRunnable = _ =>
        {
            var user = new Thread(() => _machine.Root.HardwareInterruptUnbind(Line(0))) { IsBackground = true };
            user.Start();
            isFree = user.Join(TimeSpan.FromSeconds(5));
        };
        TestMachine.Ok(_machine.Root.HardwareInterruptBind(Line(0), guest.Vic, Virq));
        Assert.True(isFree);
    }

    private CapId Line(int index) => _machine.Boot.HardwareInterrupts[index].Cap;

    private DeviceLine Wire() =>
        _machine.Hypervisor.AttachDevice(10, new MemoryRange(0x900_0000, 8), _level, TestMachine.HardwareIntid)!;

    private sealed class Level : IDevice
    {
        private volatile bool _isAsserted;

        public bool IsAsserted => _isAsserted;

        public void Set(bool level, DeviceLine line)
        {
            _isAsserted = level;
            line.Update();
        }

        public bool TryRead(ulong offset, int size, out ulong value)
        {
            value = 0;
            return true;
        }

        public bool TryWrite(ulong offset, int size, ulong value) => true;
    }
}
