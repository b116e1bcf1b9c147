using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Profiles;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Harness;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Tests.Vcpus;

/// <summary>gunyah-abi.md 3.5, 4.7.1 and 4.7.3. Cases VI-nn are those of gunyah-abi.md 6.5.</summary>
public class VcpuSetupTests
{
    private readonly TestMachine _machine = new();

    [Fact]
    public void A_vcpu_needs_a_capability_space_an_address_space_and_a_controller() // VI-35
    {
        CapId vic = _machine.Vic();
        Assert.Equal(GunyahError.ObjectConfig, _machine.Root.Activate(_machine.Create(ObjectType.Thread)));

        CapId withoutAddresses = _machine.Create(ObjectType.Thread);
        TestMachine.Ok(_machine.Root.CapabilitySpaceAttach(_machine.Boot.CapabilitySpace, withoutAddresses));
        TestMachine.Ok(_machine.Root.VicAttach(vic, withoutAddresses, 0));
        Assert.Equal(GunyahError.ObjectConfig, _machine.Root.Activate(withoutAddresses));

        CapId withoutController = _machine.Create(ObjectType.Thread);
        TestMachine.Ok(_machine.Root.CapabilitySpaceAttach(_machine.Boot.CapabilitySpace, withoutController));
        TestMachine.Ok(_machine.Root.AddressSpaceAttach(_machine.Boot.AddressSpace, withoutController));
        Assert.Equal(GunyahError.ArgumentInvalid, _machine.Root.Activate(withoutController));
    }

    [Fact]
    public void A_group_place_is_given_once_and_a_failed_activation_gives_the_controller_place_back()
    {
        CapId group = _machine.Active(ObjectType.VpmGroup);
        CapId vic = _machine.Vic(2);
        CapId first = _machine.NewVcpu(vic, 0, vmid: 10);
        CapId second = _machine.NewVcpu(vic, 1, vmid: 11);
        TestMachine.Ok(_machine.Root.VpmGroupAttach(group, first, 3));
        TestMachine.Ok(_machine.Root.VpmGroupAttach(group, second, 3));
        TestMachine.Ok(_machine.Root.Activate(first));
        Assert.Equal(GunyahError.Denied, _machine.Root.Activate(second));
        TestMachine.Ok(_machine.Root.Activate(_machine.NewVcpu(vic, 1, vmid: 12)));
        Assert.Equal(GunyahError.ArgumentInvalid, _machine.Root.VpmGroupAttach(group, _machine.Create(ObjectType.Thread), 8));
        Assert.Equal(GunyahError.ObjectState, _machine.Root.VpmGroupAttach(group, first, 8));
    }

    [Theory]
    [InlineData(1UL << 6)]
    [InlineData(1UL << 7)]
    [InlineData(1UL << 10)]
    [InlineData(1UL << 62)]
    public void Unknown_options_are_refused_before_the_capability_is_looked_up(ulong options)
    {
        Assert.Equal(GunyahError.ArgumentInvalid, _machine.Error(VcpuCalls.Configure, 50, options));
        Assert.Equal(GunyahError.CapNull, _machine.Error(VcpuCalls.Configure, 50, 0x8000_0000_0000_033F));
    }

    [Fact]
    public void A_pinned_vcpu_needs_a_cpu_and_keeps_it()
    {
        CapId vcpu = _machine.NewVcpu(_machine.Vic(), 0, vmid: 10, VcpuOptions.Pinned);
        Assert.Equal(GunyahError.ObjectConfig, _machine.Root.Activate(vcpu));

        CapId pinned = _machine.NewVcpu(_machine.Vic(), 0, vmid: 11, VcpuOptions.Pinned);
        TestMachine.Ok(_machine.Root.VcpuSetAffinity(pinned, 3));
        TestMachine.Ok(_machine.Root.Activate(pinned));
        Assert.Equal(GunyahError.Denied, _machine.Root.VcpuSetAffinity(pinned, 2));
    }

    [Fact]
    public void Only_one_VM_is_the_HLOS()
    {
        TestMachine.Ok(_machine.Root.Activate(_machine.NewVcpu(_machine.Vic(), 0, vmid: 10, VcpuOptions.HlosVm)));
        Assert.Equal(GunyahError.ObjectConfig, _machine.Root.Activate(
            _machine.NewVcpu(_machine.Vic(), 0, vmid: 11, VcpuOptions.HlosVm)));
    }

    [Theory]
    [InlineData("pinned to no CPU", GunyahError.ObjectConfig)]
    [InlineData("a place in the group that is taken", GunyahError.Denied)]
    [InlineData("an index that is taken", GunyahError.Busy)]
    public void A_vcpu_whose_activation_fails_leaves_the_place_of_the_HLOS_free(string why, GunyahError error)
    {
        CapId vic = _machine.Vic();
        CapId group = _machine.Active(ObjectType.VpmGroup);
        if (why != "pinned to no CPU")
        {
            CapId before = _machine.NewVcpu(why == "an index that is taken" ? vic : _machine.Vic(), 0, vmid: 12);
            TestMachine.Ok(_machine.Root.VpmGroupAttach(group, before, 0));
            TestMachine.Ok(_machine.Root.Activate(before));
        }

        CapId failing = _machine.NewVcpu(vic, 0, vmid: 10,
            why == "pinned to no CPU" ? VcpuOptions.HlosVm | VcpuOptions.Pinned : VcpuOptions.HlosVm);
        TestMachine.Ok(_machine.Root.VpmGroupAttach(group, failing, 0));
        Assert.Equal(error, _machine.Root.Activate(failing));
        TestMachine.Ok(_machine.Root.Activate(_machine.NewVcpu(_machine.Vic(), 0, vmid: 11, VcpuOptions.HlosVm)));
    }

    [Fact]
    public void An_affinity_is_checked_before_the_capability_and_disabling_needs_its_own_right()
    {
        Assert.Equal(GunyahError.ArgumentInvalid, _machine.Error(VcpuCalls.SetAffinity, 50, 8, ulong.MaxValue));
        Assert.Equal(GunyahError.CapNull, _machine.Error(VcpuCalls.SetAffinity, 50, 7, ulong.MaxValue));
        CapId weak = _machine.Copy(_machine.Create(ObjectType.Thread), ThreadRights.Affinity);
        Assert.Equal(GunyahError.Ok, _machine.Error(VcpuCalls.SetAffinity, weak.Value, 7, ulong.MaxValue));
        Assert.Equal(GunyahError.InsufficientRights,
            _machine.Error(VcpuCalls.SetAffinity, weak.Value, 0xFFFF, ulong.MaxValue));
        Assert.Equal(GunyahError.ArgumentInvalid, _machine.Error(VcpuCalls.SetAffinity, weak.Value, 7, 0));
    }

    [Theory]
    [InlineData(Profile.Reference, 62u, GunyahError.Ok)]
    [InlineData(Profile.Reference, 63u, GunyahError.Denied)]
    [InlineData(Profile.Documented, 63u, GunyahError.Ok)]
    [InlineData(Profile.Documented, 64u, GunyahError.ArgumentInvalid)]
    public void A_priority_has_a_limit(Profile profile, uint priority, GunyahError error)
    {
        var machine = new TestMachine(profile);
        Assert.Equal(error, machine.Root.VcpuSetPriority(machine.Create(ObjectType.Thread), priority));
        Assert.Equal(error == GunyahError.Ok ? GunyahError.ObjectState : error,
            machine.Root.VcpuSetPriority(machine.Boot.Vcpu, priority));
    }

    [Theory]
    [InlineData(Profile.Reference, 99_999UL, GunyahError.ArgumentInvalid)]
    [InlineData(Profile.Reference, 100_000UL, GunyahError.Ok)]
    [InlineData(Profile.Documented, 999_999UL, GunyahError.ArgumentInvalid)]
    [InlineData(Profile.Documented, 1_000_000UL, GunyahError.Ok)]
    [InlineData(Profile.Documented, 100_000_000UL, GunyahError.Ok)]
    [InlineData(Profile.Documented, 100_000_001UL, GunyahError.ArgumentInvalid)]
    public void A_time_slice_has_limits(Profile profile, ulong nanoseconds, GunyahError error)
    {
        var machine = new TestMachine(profile);
        Assert.Equal(error, machine.Root.VcpuSetTimeslice(machine.Create(ObjectType.Thread), nanoseconds));
        Assert.Equal(GunyahError.ObjectState, machine.Root.VcpuSetTimeslice(machine.Boot.Vcpu, nanoseconds));
    }

    [Theory]
    [InlineData(Profile.Documented, 1UL)]
    [InlineData(Profile.Reference, 0xFFFF_FFFFUL)]
    public void Unknown_group_flags_are_refused_before_the_look_up(Profile profile, ulong error) =>
        Assert.Equal(error, new TestMachine(profile).Trap(VpmGroupCalls.Configure, 50, 2).X[0]);

    [Theory]
    [InlineData(0UL, 30UL, 5UL, 0UL)]
    [InlineData(0UL, 31UL, 5UL, 1UL)]
    [InlineData(1UL, 0UL, 0x1004UL, 0UL)]
    [InlineData(1UL, 0UL, 0x1002UL, 1UL)]
    [InlineData(1UL, 1UL, 0x1004UL, 1UL)]
    [InlineData(2UL, 0UL, 0x1010UL, 0UL)]
    [InlineData(2UL, 1UL, 0x1010UL, 0UL)]
    [InlineData(2UL, 0UL, 0x1008UL, 1UL)]
    [InlineData(2UL, 2UL, 0x1010UL, 1UL)]
    [InlineData(3UL, 0UL, 0UL, 1UL)]
    public void Registers_of_a_vcpu_that_is_off_can_be_written(ulong set, ulong index, ulong value, ulong error) =>
        Assert.Equal(error, _machine.Trap(VcpuCalls.RegisterWrite, _machine.Create(ObjectType.Thread).Value, set, index,
        value).X[0]);

    [Theory]
    [InlineData(0x8000_0000UL, 0UL, 1UL)]
    [InlineData(2UL, 0UL, 1UL)]
    [InlineData(0x1_0000UL, 0UL, 0UL)]
    [InlineData(0UL, 50UL, 0UL)]
    [InlineData(1UL, 50UL, 50UL)]
    public void A_yield_checks_its_hint(ulong control, ulong argument, ulong error) =>
        Assert.Equal(error, _machine.Trap(VcpuCalls.Yield, control, argument).X[0]);

    [Fact]
    public void A_yield_to_itself_succeeds() =>
        Assert.Equal(GunyahError.Ok, _machine.Error(VcpuCalls.Yield, 1, _machine.Boot.Vcpu.Value));

    [Theory]
    [InlineData(0UL, 2UL)]
    [InlineData(17UL, 2UL)]
    [InlineData(6UL, 3UL)]
    public void Entropy_comes_in_words(ulong bytes, ulong error) =>
        Assert.Equal(error, _machine.Trap(IdentificationCalls.GetEntropy, bytes).X[0]);

    [Fact]
    public void Entropy_is_given_four_times_in_33_milliseconds()
    {
        for (int words = 1; words <= 4; words++)
        {
            GuestRegisters r = _machine.Trap(IdentificationCalls.GetEntropy, (ulong)words * 4);
            Assert.Equal(0UL, r.X[0]);
            for (int i = 1; i <= 4; i++)
                Assert.Equal(i <= words, r.X[i] is > 0 and <= uint.MaxValue);
        }

        Assert.Equal([31UL, 0UL], Two(_machine.Trap(IdentificationCalls.GetEntropy, 4)));
        _machine.Platform.Advance(33_000_000);
        Assert.Equal(0UL, _machine.Trap(IdentificationCalls.GetEntropy, 4).X[0]);
    }

    [Fact]
    public void The_counters_of_a_vcpu_start_at_their_defaults()
    {
        Vcpu vcpu = _machine.ObjectOf(_machine.Create(ObjectType.Thread));
        Assert.Equal((32u, 5_000_000UL, (ushort)0), (vcpu.Thread.Priority, vcpu.Thread.Timeslice, vcpu.Port.Vmid));
    }

    [Theory]
    [InlineData(7U, GunyahError.Ok)]
    [InlineData(8U, GunyahError.ArgumentInvalid)]
    public void A_power_group_has_eight_places(uint index, GunyahError error)
    {
        CapId vcpu = _machine.NewVcpu(_machine.Vic(), 0, vmid: 10);
        Assert.Equal(error, _machine.Root.VpmGroupAttach(_machine.Active(ObjectType.VpmGroup), vcpu, index));
    }

    private static ulong[] Two(in GuestRegisters r) => [r.X[0], r.X[1]];
}
