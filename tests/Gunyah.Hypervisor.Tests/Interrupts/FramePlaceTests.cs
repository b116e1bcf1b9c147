using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Profiles;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Harness;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Tests.Interrupts;

/// <summary>Where register frames are placed (gunyah-abi.md 4.5.4). Cases VI-nn are those of gunyah-abi.md 6.5.</summary>
public class FramePlaceTests
{
    private const ulong Here = 0x7000_0000;
    private const ulong There = 0x7100_0000;
    private const ulong FrameSize = 0x1_0000;
    private const ulong Pidr2 = 0xFFE8;
    private const ulong Architecture3 = 0x30;

    private readonly TestMachine _machine = new(Profile.Reference);
    private readonly CapId _vic;
    private readonly CapId _space;
    private readonly GicCore _core;

    public FramePlaceTests()
    {
        _vic = _machine.Vic(2);
        _space = NewSpace(_machine, 10);
        _core = new GicCore(_machine.ActiveVcpu(_machine.NewVcpu(_vic, 0, _space)).Port);
    }

    [Fact] // VI-40
    public void A_distributor_has_one_place()
    {
        TestMachine.Ok(Place(0, Here));
        Assert.Equal(GunyahError.Busy, Place(0, There));
        Assert.Equal(Architecture3, _core.Read(Here + Pidr2));
        Assert.Equal(DeviceAnswer.NotThere, _core.Load(There + Pidr2, 4, out _));
    }

    [Fact] // VI-41
    public void A_redistributor_needs_its_vcpu()
    {
        Assert.Equal(GunyahError.Idle, Place(2, Here));
        Vcpu second = _machine.ActiveVcpu(_machine.NewVcpu(_vic, 1, _space));
        TestMachine.Ok(Place(2, Here, 2 * FrameSize));
        Assert.Equal(GunyahError.Busy, Place(2, There));
        _core.Write(Here + FrameSize + 0x100, 1 << 27);
        Assert.Equal(1UL << 27, new GicCore(second.Port).Read(Here + FrameSize + 0x100));
        Assert.Equal(0UL, _core.Read(GicCore.Private(0) + 0x100));
    }

    [Theory]
    [InlineData(3u, 0UL, 0UL, 4UL, GunyahError.ArgumentInvalid)] // More than there can be vCPUs, before everything.
    [InlineData(0x1_0000u, 0UL, 0UL, 0UL, GunyahError.ArgumentInvalid)]
    [InlineData(0u, There, 0UL, 1UL, GunyahError.ArgumentInvalid)] // Flags before the size.
    [InlineData(1u, There, 1UL << 44, 4UL, GunyahError.ArgumentInvalid)]
    [InlineData(2u, There, 0UL, 0UL, GunyahError.Idle)] // The vCPU before the size.
    [InlineData(2u, There, 0UL, 4UL, GunyahError.ArgumentInvalid)] // Flags before the vCPU.
    [InlineData(1u, There, 0UL, 0UL, GunyahError.ArgumentInvalid)]
    [InlineData(1u, There, (1UL << 44) - There + 1, 0UL, GunyahError.ArgumentSize)]
    [InlineData(1u, ulong.MaxValue, 2UL, 0UL, GunyahError.ArgumentSize)]
    [InlineData(1u, 1UL << 44, 1UL, 0UL, GunyahError.ArgumentSize)]
    [InlineData(1u, Here + 1, 1UL, 0UL, GunyahError.Busy)] // Inside the frame that is placed already.
    [InlineData(1u, Here - 1, 2UL, 0UL, GunyahError.Busy)]
    [InlineData(1u, There, (1UL << 44) - There, 0UL, GunyahError.Ok)]
    [InlineData(1u, Here + FrameSize, 3UL, 0UL, GunyahError.Ok)] // Neither alignment nor a smallest size.
    public void Index_flags_vcpu_size_and_overlap_are_looked_at_in_this_order(
        uint index, ulong address, ulong size, ulong flags, GunyahError error)
    {
        TestMachine.Ok(Place(0, Here));
        Assert.Equal(error, _machine.Root.AttachVdevice(_space, _vic, index, address, size, flags));
    }

    [Fact]
    public void Only_controllers_have_frames()
    {
        CapId bell = _machine.Active(ObjectType.Doorbell);
        Assert.Equal(GunyahError.WrongObjectType, _machine.Root.AttachVdevice(_space, bell, 0, Here, FrameSize));
        CapId weak = _machine.Copy(_vic, VicRights.BindSource | VicRights.AttachVcpu);
        Assert.Equal(GunyahError.InsufficientRights, _machine.Root.AttachVdevice(_space, weak, 0, Here, FrameSize));
        Assert.Equal(
            GunyahError.InsufficientRights,
            _machine.Root.AttachVdevice(_machine.Copy(_space, AddressSpaceRights.Attach), _vic, 0, Here, FrameSize));
    }

    [Theory]
    [InlineData(Profile.Reference, 3UL, GunyahError.Ok)]
    [InlineData(Profile.Documented, 3UL, GunyahError.ArgumentInvalid)]
    [InlineData(Profile.Documented, 0UL, GunyahError.Ok)]
    public void The_reference_takes_the_last_flag(Profile profile, ulong flags, GunyahError error)
    {
        var machine = new TestMachine(profile);
        CapId vic = machine.Vic(2);
        CapId space = NewSpace(machine, 10);
        machine.ActiveVcpu(machine.NewVcpu(vic, 0, space));
        Assert.Equal(error, machine.Root.AttachVdevice(space, vic, 1, Here, FrameSize, flags));
    }

    [Theory]
    [InlineData(0UL, false)]
    [InlineData(1UL, false)]
    [InlineData(2UL, false)] // Without bit 0 bit 1 says nothing.
    [InlineData(3UL, true)]
    public void The_flag_is_the_last_bit_of_the_type_register(ulong flags, bool isLast)
    {
        _machine.ActiveVcpu(_machine.NewVcpu(_vic, 1, _space));
        TestMachine.Ok(_machine.Root.AttachVdevice(_space, _vic, 1, Here, FrameSize, flags));
        Assert.Equal(isLast ? 0x10UL : 0, _core.Read(Here + 8, 8));
    }

    [Fact]
    public void Without_fixed_addresses_frames_are_where_they_were_placed_and_nowhere_else()
    {
        CapId vic = _machine.Create(ObjectType.Vic);
        TestMachine.Ok(_machine.Error(VicCalls.Configure, vic.Value, 1, 64, 2));
        TestMachine.Ok(_machine.Root.Activate(vic));
        CapId space = NewSpace(_machine, 11);
        var core = new GicCore(_machine.ActiveVcpu(_machine.NewVcpu(vic, 0, space)).Port);
        Assert.Equal(DeviceAnswer.NotThere, core.Load(GicCore.Distributor + Pidr2, 4, out _));
        TestMachine.Ok(_machine.Root.AttachVdevice(space, vic, 0, Here, FrameSize));
        TestMachine.Ok(_machine.Root.AttachVdevice(space, vic, 1, There, 2 * FrameSize));
        Assert.Equal(Architecture3, core.Read(Here + Pidr2));
        Assert.Equal(Architecture3, core.Read(There + Pidr2));
        Assert.Equal(DeviceAnswer.NotThere, core.Load(GicCore.Distributor + Pidr2, 4, out _));
        Assert.Equal(DeviceAnswer.NotThere, core.Load(Here + FrameSize - 2, 4, out _));
    }

    [Fact]
    public void A_place_is_free_again_when_the_vcpu_or_the_address_space_is_gone()
    {
        CapId space = NewSpace(_machine, 11);
        TestMachine.Ok(_machine.Root.AttachVdevice(space, _vic, 0, Here, FrameSize));
        _machine.Delete(space);
        TestMachine.Ok(Place(0, Here));

        CapId second = _machine.NewVcpu(_vic, 1, _space);
        _machine.ActiveVcpu(second);
        TestMachine.Ok(Place(2, There));
        _machine.Delete(second);
        Assert.Equal(GunyahError.Idle, Place(2, There));
        TestMachine.Ok(Place(1, There));
    }

    private GunyahError Place(uint index, ulong address, ulong size = FrameSize) =>
        _machine.Root.AttachVdevice(_space, _vic, index, address, size);

    private static CapId NewSpace(TestMachine machine, ushort vmid)
    {
        CapId space = machine.Create(ObjectType.AddressSpace);
        TestMachine.Ok(machine.Root.AddressSpaceConfigure(space, vmid));
        TestMachine.Ok(machine.Root.Activate(space));
        return space;
    }
}
