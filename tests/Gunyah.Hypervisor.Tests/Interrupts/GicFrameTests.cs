using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Interrupts;
using Gunyah.Hypervisor.Tests.Harness;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Tests.Interrupts;

/// <summary>The register frames (gunyah-abi.md 4.5.5). Cases VI-nn are those of gunyah-abi.md 6.5.</summary>
public class GicFrameTests
{
    private const ulong Distributor = GicCore.Distributor;
    private const ulong StatusOffset = 0x10;
    private const uint ReservedRead = 1;
    private const uint ReservedWrite = 2;
    private const uint WriteOnlyRead = 4;
    private const uint ReadOnlyWrite = 8;

    private readonly TestMachine _machine = new();
    private readonly GicCore _first;
    private readonly GicCore _second;

    public GicFrameTests()
    {
        CapId vic = _machine.Vic(2, shared: 988);
        _first = new(_machine.ActiveVcpu(_machine.NewVcpu(vic, 0, vmid: 10)).Port);
        _second = new(_machine.ActiveVcpu(_machine.NewVcpu(vic, 1, vmid: 11)).Port);
    }

    /// <summary>Every row of every frame, with the base of the frame that it is in.</summary>
    public static TheoryData<string, ulong> Rows
    {
        get
        {
            var data = new TheoryData<string, ulong>();
            foreach ((GicFrame frame, ulong start) in Frames())
            {
                foreach (GicRegisterRow row in frame.Rows)
                    data.Add(row.Name, start);
            }

            return data;
        }
    }

    [Theory] // VI-26
    [InlineData(Distributor + 0x0000, 0x50UL)]
    [InlineData(Distributor + 0x0004, 0x0349_001FUL)]
    [InlineData(Distributor + 0x0008, 0x4700_0070UL)]
    [InlineData(Distributor + 0x000C, 0UL)]
    [InlineData(Distributor + 0x0010, 0UL)]
    [InlineData(Distributor + 0xFFE8, 0x30UL)]
    [InlineData(Distributor + 0x0080, 0UL)]
    [InlineData(Distributor + 0x0100, 0UL)]
    [InlineData(Distributor + 0x0C00, 0xAAAA_AAAAUL)]
    [InlineData(Distributor + 0x0C04, 0UL)]
    [InlineData(Distributor + 0x0C08, 0UL)]
    [InlineData(GicCore.Redistributors + 0x0000, 0UL)]
    [InlineData(GicCore.Redistributors + 0x0004, 0x4700_0070UL)]
    [InlineData(GicCore.Redistributors + 0x0014, 6UL)]
    [InlineData(GicCore.Redistributors + 0xFFE8, 0x30UL)]
    [InlineData(GicCore.Redistributors + 0x1_0C00, 0xAAAA_AAAAUL)]
    [InlineData(GicCore.Redistributors + 0x1_0C04, 0UL)]
    public void A_register_has_its_value_after_reset(ulong address, ulong value) => Assert.Equal(value, _first.Read(address));

    [Fact]
    public void The_type_of_a_redistributor_names_its_vcpu_and_the_last_one()
    {
        Assert.Equal(0UL, _first.Read(GicCore.Redistributor(0) + 8, 8));
        Assert.Equal(0x1_0000_0110UL, _first.Read(GicCore.Redistributor(1) + 8, 8));
        Assert.Equal(0x110UL, _second.Read(GicCore.Redistributor(1) + 8));
        Assert.Equal(1UL, _second.Read(GicCore.Redistributor(1) + 12));
    }

    [Fact] // VI-25
    public void Only_the_group_enables_of_the_control_register_can_be_written()
    {
        _first.Write(Distributor, 0xFFFF_FFFF);
        Assert.Equal(0x53UL, _first.Read(Distributor));
        _first.Write(Distributor, 2);
        Assert.Equal(0x52UL, _second.Read(Distributor));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_register_takes_the_sizes_of_its_row_at_their_multiples(string name, ulong start)
    {
        GicRegisterRow row = Row(name);
        foreach (int size in (int[])[1, 2, 3, 4, 8, 16])
        {
            for (ulong at = 0; at < 8; at++)
            {
                bool allowed = row.Allows(row.Offset + (uint)at, size) && at < row.Size;
                if (at >= row.Size)
                    continue;
                DeviceAnswer answer = _first.Load(start + row.Offset + at, size, out _);
                Assert.Equal((size, at, allowed), (size, at, answer == DeviceAnswer.Done));
                if (!allowed)
                    Assert.Equal(DeviceAnswer.Fault, _first.Store(start + row.Offset + at, size, 0));
            }
        }
    }

    [Theory]
    [InlineData(Distributor + 0x0100, "4")]
    [InlineData(Distributor + 0x0400, "1 4")]
    [InlineData(Distributor + 0x0800, "1 4")]
    [InlineData(Distributor + 0x0040, "2 4")]
    [InlineData(Distributor + 0x0050, "4")]
    [InlineData(Distributor + 0x0F10, "1 4")]
    [InlineData(Distributor + 0x6100, "4 8")]
    [InlineData(Distributor + 0x4000, "4")]
    [InlineData(GicCore.Redistributors + 0x0008, "4 8")]
    [InlineData(GicCore.Redistributors + 0x1_0400, "1 4")]
    [InlineData(GicCore.Redistributors + 0x1_0100, "4")]
    public void The_sizes_are_those_of_the_facts(ulong address, string sizes)
    {
        string found = string.Join(' ', ((int[])[1, 2, 4, 8, 16]).Where(size =>
            _first.Load(address, size, out _) == DeviceAnswer.Done));
        Assert.Equal(sizes, found);
        // A word at an odd place is no word.
        Assert.Equal(DeviceAnswer.Fault, _first.Load(address + 2, 4, out _));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_cannot_be_read_or_written_is_noted_in_the_status_register(string name, ulong start)
    {
        GicRegisterRow row = Row(name);
        if (row.Register == GicRegister.Status)
            return;
        uint ofRead = row.Read switch
        {
            GicRead.Reserved => ReservedRead,
            GicRead.WriteOnly => WriteOnlyRead,
            _ => 0,
        };
        uint ofWrite = row.Write switch
        {
            GicWrite.Reserved => ReservedWrite,
            GicWrite.ReadOnly => ReadOnlyWrite,
            _ => 0,
        };
        ulong status = (start & ~0x1_FFFFUL) == Distributor ? Distributor + StatusOffset : GicCore.Redistributors + StatusOffset;
        ulong before = _first.Read(start + row.Offset);
        Assert.Equal(ofRead, _first.Read(status));
        if (row.Read != GicRead.Value)
            Assert.Equal(0UL, before);
        _first.Write(status, 0xFFFF_FFFF);
        DeviceAnswer answer = _first.Store(start + row.Offset, 4, 0xFFFF_FFFF);
        Assert.Equal(row.Write == GicWrite.Reserved ? DeviceAnswer.Fault : DeviceAnswer.Done, answer);
        Assert.Equal(ofWrite, _first.Read(status));
        if (row.Write != GicWrite.Value)
            Assert.Equal(before, _first.Read(start + row.Offset));
    }

    [Theory]
    [InlineData(Distributor + 0x0014, Distributor)]
    [InlineData(Distributor + 0xFFE4, Distributor)]
    [InlineData(GicCore.Redistributors + 0x0018, GicCore.Redistributors)]
    [InlineData(GicCore.Redistributors + 0x1_0084, GicCore.Redistributors)]
    public void A_reserved_place_reads_zero_and_faults_on_a_write(ulong address, ulong frame)
    {
        ulong status = frame + StatusOffset;
        Assert.Equal(0UL, _first.Read(address));
        Assert.Equal(ReservedRead, _first.Read(status));
        Assert.Equal(DeviceAnswer.Fault, _first.Store(address, 4, 1));
        Assert.Equal(ReservedRead | ReservedWrite, _first.Read(status));
        _first.Write(status, ReservedRead);
        Assert.Equal(ReservedWrite, _first.Read(status));
    }

    [Fact]
    public void A_fault_by_size_leaves_the_status_register_alone()
    {
        Assert.Equal(DeviceAnswer.Fault, _first.Load(Distributor + 0x14, 8, out _));
        Assert.Equal(DeviceAnswer.Fault, _first.Store(Distributor + 0x14, 1, 0));
        Assert.Equal(0UL, _first.Read(Distributor + StatusOffset));
    }

    [Theory]
    [InlineData(Distributor - 4, 4)]
    [InlineData(Distributor + 0x1_0000, 4)]
    [InlineData(GicCore.Redistributors - 4, 4)]
    [InlineData(GicCore.Redistributors + 0x4_0000, 4)]
    [InlineData(ulong.MaxValue, 1)]
    public void Nothing_answers_beside_the_frames(ulong address, int size)
    {
        Assert.Equal(DeviceAnswer.NotThere, _first.Load(address, size, out ulong value));
        Assert.Equal(0UL, value);
        Assert.Equal(DeviceAnswer.NotThere, _first.Store(address, size, 1));
    }

    [Fact]
    public void A_controller_configured_without_fixed_addresses_has_no_frames_there()
    {
        CapId vic = _machine.Create(ObjectType.Vic);
        Assert.Equal(GunyahError.Ok, _machine.Error(VicCalls.Configure, vic.Value, 1, 64, 2, 0));
        TestMachine.Ok(_machine.Root.Activate(vic));
        Vcpu vcpu = _machine.ActiveVcpu(_machine.NewVcpu(vic, 0, vmid: 12));
        Assert.Equal(DeviceAnswer.NotThere, new GicCore(vcpu.Port).Load(Distributor, 4, out _));
    }

    [Theory] // VI-29
    [InlineData(0x080)]
    [InlineData(0x100)]
    [InlineData(0x200)]
    [InlineData(0x300)]
    [InlineData(0x400)]
    public void The_distributor_shows_the_private_interrupts_of_the_caller_and_changes_none(ulong register)
    {
        _first.Write(Distributor + register, 0xFFFF_FFFF);
        Assert.Equal(0UL, _first.Read(GicCore.Private(0) + register));
        _second.Write(GicCore.Private(1) + register, 0x0808_0808);
        Assert.Equal(0UL, _first.Read(Distributor + register));
        Assert.Equal(0x0808_0808UL, _second.Read(Distributor + register));
        Assert.Equal(0x0808_0808UL, _first.Read(GicCore.Private(1) + register));
    }

    [Fact] // VI-28
    public void Priorities_are_written_by_byte_and_word_and_keep_five_bits()
    {
        _first.Write(Distributor + 0x400 + 42, 0xFF, 1);
        Assert.Equal(0xF8UL, _first.Read(Distributor + 0x400 + 42, 1));
        Assert.Equal(0x00F8_0000UL, _first.Read(Distributor + 0x400 + 40));
        _first.Write(Distributor + 0x400 + 40, 0x1234_5678);
        Assert.Equal(0x1030_5078UL, _first.Read(Distributor + 0x400 + 40));
        _first.Write(Distributor + 0x400 + 1020, 0xFFFF_FFFF);
        Assert.Equal(0UL, _first.Read(Distributor + 0x400 + 1020));
    }

    [Fact]
    public void Numbers_from_1020_on_are_no_interrupts()
    {
        _first.Write(Distributor + 0x17C, 0xFFFF_FFFF);
        Assert.Equal(0x0FFF_FFFFUL, _first.Read(Distributor + 0x17C));
        _first.Write(Distributor + 0xCFC, 0xFFFF_FFFF);
        Assert.Equal(0x00AA_AAAAUL, _first.Read(Distributor + 0xCFC));
    }

    [Fact]
    public void Ones_set_and_clear_and_zeros_do_nothing()
    {
        foreach (ulong register in (ulong[])[0x100, 0x200, 0x300])
        {
            _first.Write(Distributor + register + 4, 0xF0F0_0FF0);
            _first.Write(Distributor + register + 4, 0x0000_000F);
            Assert.Equal(0xF0F0_0FFFUL, _first.Read(Distributor + register + 4));
            Assert.Equal(0xF0F0_0FFFUL, _first.Read(Distributor + register + 0x84));
            _first.Write(Distributor + register + 0x84, 0xF000_00F0);
            Assert.Equal(0x00F0_0F0FUL, _first.Read(Distributor + register + 4));
        }
    }

    [Theory]
    [InlineData(0UL, 8, 0)]
    [InlineData(1UL, 8, 1)]
    [InlineData(1UL, 4, 1)]
    [InlineData(0x8000_0001UL, 8, 1)]
    [InlineData(2UL, 8, -1)]
    [InlineData(0x100UL, 8, -1)]
    [InlineData(0x1_0000_0001UL, 8, -1)]
    public void A_route_is_an_affinity_that_does_not_read_back(ulong route, int size, int index)
    {
        _first.Open();
        _second.Open();
        _first.EnableShared(40, 0x80);
        _first.Write(Distributor + 0x6100 + (8 * 8), route, size);
        Assert.Equal(0UL, _first.Read(Distributor + 0x6100 + (8 * 8), size));
        Assert.Equal(ReservedRead, _first.Read(Distributor + StatusOffset));
        _first.Pend(40);
        Assert.Equal((index == 0, index == 1), (_first.Line == InterruptLine.Irq, _second.Line == InterruptLine.Irq));
    }

    [Fact]
    public void A_route_written_in_halves_is_that_of_the_whole()
    {
        _first.Open();
        _second.Open();
        _first.EnableShared(40, 0x80);
        _first.Pend(40);
        _first.Write(Distributor + 0x6100 + (8 * 8), 1);
        _first.Write(Distributor + 0x6104 + (8 * 8), 0);
        Assert.Equal((InterruptLine.None, InterruptLine.Irq), (_first.Line, _second.Line));
        _first.Write(Distributor + 0x6104 + (8 * 8), 1);
        Assert.Equal((InterruptLine.None, InterruptLine.None), (_first.Line, _second.Line));
    }

    [Fact] // VI-20
    public void A_message_sets_and_clears_an_interrupt_and_never_a_private_one()
    {
        _first.Write(Distributor + 0x40, 50, 2);
        Assert.Equal(1UL << 18, _first.Read(Distributor + 0x204));
        _first.Write(Distributor + 0x48, 50);
        Assert.Equal(0UL, _first.Read(Distributor + 0x204));
        _first.Write(Distributor + 0x40, 20);
        Assert.Equal(0UL, _first.Read(Distributor + 0x200));
        _first.Write(Distributor + 0x50, 50);
        Assert.Equal(0UL, _first.Read(Distributor + 0x204));
    }

    [Fact]
    public void A_redistributor_sleeps_and_wakes_with_its_children()
    {
        _first.Write(GicCore.Redistributor(1) + 0x14, 0);
        Assert.Equal(0UL, _first.Read(GicCore.Redistributor(1) + 0x14));
        Assert.Equal(6UL, _first.Read(GicCore.Redistributor(0) + 0x14));
        _second.Write(GicCore.Redistributor(1) + 0x14, 0xFFFF_FFFF);
        Assert.Equal(6UL, _second.Read(GicCore.Redistributor(1) + 0x14));
    }

    [Fact]
    public void Software_interrupts_stay_edges_and_ppis_are_configured()
    {
        _first.Write(GicCore.Private(0) + 0xC00, 0);
        _first.Write(GicCore.Private(0) + 0xC04, 0x8000_0000);
        Assert.Equal(0xAAAA_AAAAUL, _first.Read(GicCore.Private(0) + 0xC00));
        Assert.Equal(0x8000_0000UL, _first.Read(GicCore.Private(0) + 0xC04));
        _first.Write(Distributor + 0xC04, 0);
        Assert.Equal(0x8000_0000UL, _first.Read(Distributor + 0xC04));
    }

    [Fact]
    public void An_interrupt_that_is_handled_is_not_made_inactive_by_a_register()
    {
        _first.Open().EnableShared(40, 0x80);
        _first.Pend(40);
        Assert.Equal(40UL, _first.Mrs(SystemRegister.IccIar1));
        Assert.Equal(1UL << 8, _first.Read(Distributor + 0x304));
        _second.Write(Distributor + 0x384, 1UL << 8);
        Assert.Equal(1UL << 8, _first.Read(Distributor + 0x304));
        _first.Msr(SystemRegister.IccEoir1, 40);
        Assert.Equal(0UL, _first.Read(Distributor + 0x304));
    }

    [Fact]
    public void An_interrupt_made_active_by_a_register_waits_until_it_is_made_inactive()
    {
        _first.Open().EnableShared(40, 0x80);
        _first.Write(Distributor + 0x304, 1UL << 8);
        _first.Pend(40);
        Assert.Equal(InterruptLine.None, _first.Line);
        _first.Write(Distributor + 0x384, 1UL << 8);
        Assert.Equal(InterruptLine.Irq, _first.Line);
    }

    private static (GicFrame Frame, ulong Start)[] Frames() =>
    [
        (GicFrames.Distributor, Distributor),
        (GicFrames.Redistributor, GicCore.Redistributor(0)),
        (GicFrames.PrivateInterrupts, GicCore.Private(0)),
    ];

    private static GicRegisterRow Row(string name) =>
        Frames().SelectMany(static frame => frame.Frame.Rows).Single(row => row.Name == name);
}
