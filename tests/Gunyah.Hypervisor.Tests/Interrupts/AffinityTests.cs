using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Harness;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Tests.Interrupts;

/// <summary>The affinities of vCPUs, set by vgic_set_mpidr_mapping (gunyah-abi.md 4.5.1).</summary>
public class AffinityTests
{
    private const ulong ResOne = 1UL << 31;

    private readonly TestMachine _machine = new();

    [Theory]
    [InlineData(0x7UL, 0u, 0u, 0u, 0u)]
    [InlineData(0x0301UL, 0u, 1u, 0u, 0u)] // Two threads a core.
    [InlineData(0x0103UL, 1u, 0u, 0u, 0u)] // Aff0 above Aff1.
    [InlineData(0x1_0001_0101UL, 0u, 1u, 2u, 3u)]
    [InlineData(0UL, 31u, 31u, 31u, 31u)]
    [InlineData(0x7FFFUL, 0u, 8u, 0u, 0u)]
    public void A_map_takes_the_low_bits_of_the_index_without_a_gap(ulong mask, uint a0, uint a1, uint a2, uint a3) =>
        TestMachine.Ok(_machine.Root.VicSetAffinities(_machine.Create(ObjectType.Vic), mask, (a0, a1, a2, a3)));

    [Theory]
    [InlineData(0x1UL, 32u, 0u, 0u, 0u)]
    [InlineData(0x1UL, 0u, 32u, 0u, 0u)] // Even for a field that takes nothing.
    [InlineData(0x0101UL, 0u, 0u, 0u, 0u)]
    [InlineData(0x0101UL, 0u, 2u, 0u, 0u)]
    [InlineData(0x0001UL, 1u, 0u, 0u, 0u)]
    [InlineData(0xFFFFUL, 0u, 8u, 0u, 0u)] // All ones is the index of no CPU.
    [InlineData(0x1_0000_0000UL, 0u, 0u, 0u, 1u)]
    public void Any_other_map_is_refused_and_changes_nothing(ulong mask, uint a0, uint a1, uint a2, uint a3)
    {
        CapId vic = _machine.Create(ObjectType.Vic);
        Assert.Equal(GunyahError.ArgumentInvalid, _machine.Root.VicSetAffinities(vic, mask, (a0, a1, a2, a3)));
        TestMachine.Ok(_machine.Root.Activate(vic));
        Assert.Equal(ResOne, CoreOf(vic, 0).Mrs(SystemRegister.Mpidr));
    }

    [Fact]
    public void The_state_is_looked_at_before_the_map()
    {
        Assert.Equal(
            GunyahError.ObjectState, _machine.Root.VicSetAffinities(_machine.Vic(), 1, (32, 0, 0, 0)));
    }

    [Fact]
    public void Only_the_low_halves_of_the_shifts_count()
    {
        CapId vic = _machine.Create(ObjectType.Vic);
        TestMachine.Ok(_machine.Error(VicCalls.SetMpidrMapping, vic.Value, 1, 1UL << 32, 0, 0, 0, 0x100));
        TestMachine.Ok(_machine.Root.Activate(vic));
        Assert.Equal(ResOne, CoreOf(vic, 0).Mrs(SystemRegister.Mpidr));
    }

    /// <summary>Bit 0 of the index is Aff0, bit 1 Aff1, bit 2 Aff3.</summary>
    [Fact]
    public void The_register_the_type_the_route_and_software_interrupts_agree()
    {
        CapId vic = _machine.Create(ObjectType.Vic);
        TestMachine.Ok(_machine.Root.VicConfigure(vic, 8, 64));
        TestMachine.Ok(_machine.Root.VicSetAffinities(vic, 0x1_0000_0101, (0, 1, 0, 2), isMultithreaded: true));
        TestMachine.Ok(_machine.Root.Activate(vic));
        GicCore first = CoreOf(vic, 0).Open();
        GicCore seventh = CoreOf(vic, 7).Open();
        Assert.Equal(ResOne | 1UL << 24, first.Mrs(SystemRegister.Mpidr));
        Assert.Equal(ResOne | 1UL << 24 | 0x1_0000_0101, seventh.Mrs(SystemRegister.Mpidr));
        Assert.Equal(0x0100_0101UL, seventh.Read(GicCore.Redistributor(7) + 8, 8) >> 32);

        first.EnableShared(40, 0x80);
        first.Write(GicCore.Distributor + 0x6000 + (40 * 8), 0x1_0000_0101, 8);
        first.Pend(40);
        Assert.Equal(InterruptLine.None, first.Line);
        Assert.Equal(40UL, seventh.Mrs(SystemRegister.IccIar1));
        seventh.Msr(SystemRegister.IccEoir1, 40);
        first.Write(GicCore.Distributor + 0x6000 + (40 * 8), 7, 8); // No vCPU has this affinity.
        first.Pend(40);
        Assert.Equal((InterruptLine.None, InterruptLine.None), (first.Line, seventh.Line));

        seventh.Write(GicCore.Private(7) + 0x80, 1 << 3);
        seventh.Write(GicCore.Private(7) + 0x100, 1 << 3);
        first.Msr(SystemRegister.IccSgi1r, 1UL << 48 | 3UL << 24 | 1UL << 16 | 0b10); // Aff3 1, Aff1 1, Aff0 1.
        Assert.Equal(3UL, seventh.Mrs(SystemRegister.IccIar1));
    }

    [Fact]
    public void Psci_names_vcpus_by_the_same_affinity()
    {
        CapId group = _machine.Active(ObjectType.VpmGroup);
        CapId vic = _machine.Create(ObjectType.Vic);
        TestMachine.Ok(_machine.Root.VicConfigure(vic, 2, 64));
        TestMachine.Ok(_machine.Root.VicSetAffinities(vic, 0x0100, (0, 0, 0, 0)));
        TestMachine.Ok(_machine.Root.Activate(vic));
        CapId space = _machine.Create(ObjectType.AddressSpace);
        TestMachine.Ok(_machine.Root.AddressSpaceConfigure(space, 10));
        TestMachine.Ok(_machine.Root.Activate(space));
        Vcpu[] pair = [Member(0), Member(1)];
        Assert.Equal(1UL, AffinityInfo(0x100)); // Off, and there.
        Assert.Equal(ulong.MaxValue - 1, AffinityInfo(1)); // INVALID_PARAMETERS.

        ulong AffinityInfo(ulong affinity) =>
            TestMachine.TrapAt(pair[0].Port, 0, 0xC400_0004, affinity, 0).X[0];

        Vcpu Member(uint index)
        {
            CapId cap = _machine.NewVcpu(vic, index, space);
            TestMachine.Ok(_machine.Root.VpmGroupAttach(group, cap, index));
            return _machine.ActiveVcpu(cap);
        }
    }

    private GicCore CoreOf(CapId vic, uint index) =>
        new(_machine.ActiveVcpu(_machine.NewVcpu(vic, index, vmid: (ushort)(20 + index))).Port);
}
