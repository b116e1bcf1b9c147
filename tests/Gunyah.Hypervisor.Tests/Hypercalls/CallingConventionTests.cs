using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Hypercalls;
using Gunyah.Hypervisor.Tests.Harness;

namespace Gunyah.Hypervisor.Tests.Hypercalls;

/// <summary>Cases CC-nn are those of gunyah-abi.md 6.1.</summary>
public class CallingConventionTests
{
    private const ulong Minus1 = ulong.MaxValue;

    private readonly TestMachine _machine = new();

    [Fact]
    public void Identify_answers_the_reference_builds_words() // CC-01
    {
        GuestRegisters r = TestMachine.TrapAt(_machine.Root, 0x6000, 1, 2, 3, 4, 5, 6, 7, 8);
        Assert.Equal(0x5100_0000_0000_8001UL, r.X[0]);
        Assert.Equal(0x0000_0000_1000_0EFFUL, r.X[1]);
        for (int i = 2; i <= 7; i++)
            Assert.Equal(0UL, r.X[i]);
    }

    [Fact]
    public void A_number_without_a_call_answers_minus_one_and_clears_what_a_call_clears() // CC-02
    {
        GuestRegisters r = Filled();
        r.X[8] = 0x88;
        r.X[10] = 0xAA;
        r.X[18] = 0x18;
        _machine.Root.Hypercall(0x6008, ref r);
        Assert.Equal(Minus1, r.X[0]);
        for (int i = 1; i <= 7; i++)
            Assert.Equal(0UL, r.X[i]);
        Assert.Equal(0x88UL, r.X[8]);
        Assert.Equal(TestMachine.ReturnAddress, r.X[9]);
        for (int i = 10; i <= 17; i++)
            Assert.Equal(0UL, r.X[i]);
        Assert.Equal(0x18UL, r.X[18]);
        Assert.Equal(30UL + 0x5500, r.X[30]);
    }

    public static TheoryData<int> NumbersWithoutCall =>
        [.. Enumerable.Range(0, HypercallTable.Size).Where(number => HypercallTable.Find(number) is null)];

    [Theory, MemberData(nameof(NumbersWithoutCall))]
    public void Every_hole_of_the_table_answers_minus_one(int number)
    {
        GuestRegisters native = Filled();
        _machine.Root.Hypercall((ushort)(0x6000 + number), ref native);
        Assert.Equal(Minus1, native.X[0]);
        Assert.Equal(0UL, native.X[1]);

        GuestRegisters smccc = Filled();
        smccc.X[0] = 0xC600_8000 + (ulong)number;
        _machine.Root.Hypercall(0, ref smccc);
        AssertOnlyX0Changed(smccc, Minus1); // CC-10
    }

    [Theory]
    [InlineData(0x6069)]
    [InlineData(0x61FF)]
    [InlineData(0x6200)]
    [InlineData(0x5FFF)]
    [InlineData(0x0001)]
    [InlineData(0xFFFF)]
    public void An_immediate_outside_the_table_changes_nothing_but_X0(int immediate)
    {
        GuestRegisters r = Filled();
        _machine.Root.Hypercall((ushort)immediate, ref r);
        AssertOnlyX0Changed(r, Minus1);
    }

    [Fact]
    public void Every_row_has_a_handler_and_every_handler_a_row()
    {
        CallBook calls = _machine.Hypervisor.Rooms.Vcpus.Dispatcher.Calls;
        for (int number = 0; number < HypercallTable.Size; number++)
            Assert.Same(HypercallTable.Find(number), calls.Find(number)?.Row);
    }

    [Fact]
    public void A_reserved_register_is_looked_at_before_the_capability() // CC-04
    {
        CapId revoked = _machine.RevokedCopy(_machine.Active(ObjectType.Doorbell));
        GuestRegisters r = _machine.Trap(DoorbellCalls.Send, revoked.Value, 1, 1);
        Assert.Equal(1UL, r.X[0]);
        Assert.Equal(0UL, r.X[1]);
    }

    [Fact]
    public void A_reserved_register_that_must_be_ones_is_refused_as_zero() // CC-05
    {
        CapId queue = _machine.Queue(4, 16);
        Assert.Equal(GunyahError.ArgumentInvalid,
            _machine.Error(MessageQueueCalls.ConfigureSend, queue.Value, 1, 0xFFFF_FFFF, 0));
        for (int i = 0; i < 4; i++)
            _machine.Send(queue, [1]);
        InterruptTaker taker = _machine.Bind(MessageQueueCalls.BindSendVirq, queue, 41, InterruptTrigger.EdgeRising);
        _machine.Receive(queue);
        Assert.Equal(1, taker.Take(41)); // The threshold is still 3.
    }

    [Fact]
    public void The_SMCCC_route_checks_no_reserved_register() // CC-07
    {
        CapId doorbell = _machine.Active(ObjectType.Doorbell);
        GuestRegisters r = TestMachine.TrapAt(_machine.Root, 0, 0xC600_8012, doorbell.Value, 4, 1);
        Assert.Equal(0UL, r.X[0]);
        Assert.Equal(0UL, r.X[1]);
        Assert.Equal(4UL, r.X[2]);
        Assert.Equal(1UL, r.X[3]);
        TestMachine.Ok(_machine.Root.DoorbellReceive(doorbell, 4, out ulong flags));
        Assert.Equal(4UL, flags);
    }

    [Fact]
    public void The_vendor_UID_is_Gunyahs() // CC-08; HVC #0 and SMC #0 arrive alike
    {
        GuestRegisters r = Filled();
        r.X[0] = 0x8600_FF01;
        _machine.Root.Hypercall(0, ref r);
        ulong[] expected = [0xCD8FD5C1, 0xDB5F53A4, 0x36CE6592, 0x145F3D67, 4 + 0x5500];
        Assert.Equal<ulong[]>(expected, [r.X[0], r.X[1], r.X[2], r.X[3], r.X[4]]);
    }

    [Fact]
    public void A_failed_creation_answers_an_invalid_capability() // CC-11
    {
        CapId weak = _machine.Copy(_machine.Boot.Partition, PartitionRights.Donate);
        GuestRegisters r = _machine.Trap(DoorbellCalls.Create, weak.Value, _machine.Boot.CapabilitySpace.Value);
        Assert.Equal(53UL, r.X[0]);
        Assert.Equal(Minus1, r.X[1]);
    }

    [Fact]
    public void Creating_a_partition_is_a_stub_even_so() // CC-13
    {
        GuestRegisters r = _machine.Trap(PartitionCalls.Create, 0x1234, 0x5678);
        Assert.Equal(0xFFFF_FFFFUL, r.X[0]);
        Assert.Equal(Minus1, r.X[1]);
    }

    [Fact]
    public void The_vendor_revision_is_the_api_info_word() // CC-14
    {
        GuestRegisters r = Filled();
        r.X[0] = 0x8600_FF03;
        _machine.Root.Hypercall(0, ref r);
        AssertOnlyX0Changed(r, 0x5100_0000_0000_8001);
    }

    [Fact]
    public void An_error_of_a_handler_has_a_clear_upper_half_natively_and_a_sign_over_SMCCC()
    {
        Assert.Equal(0xFFFF_FFFFUL, _machine.Trap(ObjectCalls.Reset, 0).X[0]);
        Assert.Equal(Minus1, TestMachine.TrapAt(_machine.Root, 0, 0xC600_800E, 0).X[0]);
    }

    [Theory]
    [InlineData(0x8602_FF01UL)]
    [InlineData(0x8680_FF01UL)]
    [InlineData(0x8600_FF00UL)]
    [InlineData(0x8500_FF00UL)]
    [InlineData(0xC600_C000UL)]
    [InlineData(0x8600_8012UL)]
    [InlineData(0x4600_8012UL)]
    [InlineData(0xC600_4000UL)]
    [InlineData(0xC600_0000UL)]
    [InlineData(0x0000_0000UL)]
    public void An_unknown_SMCCC_function_changes_nothing_but_X0(ulong function)
    {
        GuestRegisters r = Filled();
        r.X[0] = function;
        _machine.Root.Hypercall(0, ref r);
        AssertOnlyX0Changed(r, Minus1);
    }

    [Fact]
    public void The_SVE_hint_of_a_function_is_ignored() =>
        Assert.Equal(0x5100_0000_0000_8001UL, TestMachine.TrapAt(_machine.Root, 0, 0x8601_FF03).X[0]);

    [Theory]
    [InlineData(0x8000_0000UL, 0UL, 0x0001_0003UL)]
    [InlineData(0x8000_0001UL, 0x8000_0000UL, 0UL)]
    [InlineData(0x8000_0001UL, 0x8000_0001UL, 0UL)]
    [InlineData(0x8000_0001UL, 0x8500_FF01UL, 0UL)]
    [InlineData(0x8000_0001UL, 0x8500_FF03UL, 0UL)]
    [InlineData(0x8000_0001UL, 0x8600_FF01UL, 0xFFFF_FFFFUL)]
    [InlineData(0x8500_FF03UL, 0UL, 1UL)]
    public void The_architecture_calls_answer_32_bits(ulong function, ulong x1, ulong expected)
    {
        GuestRegisters r = default;
        r.X[0] = function;
        r.X[1] = x1;
        r.X[3] = 0xAAAA_BBBB_CCCC_DDDD;
        _machine.Root.Hypercall(0, ref r);
        Assert.Equal(expected, r.X[0]);
        Assert.Equal(0xCCCC_DDDDUL, r.X[3]);
    }

    private static GuestRegisters Filled()
    {
        GuestRegisters r = default;
        for (int i = 0; i < GeneralRegisters.Count; i++)
            r.X[i] = (ulong)i + 0x5500;
        r.Pc = TestMachine.ReturnAddress;
        return r;
    }

    private static void AssertOnlyX0Changed(in GuestRegisters r, ulong x0)
    {
        Assert.Equal(x0, r.X[0]);
        for (int i = 1; i < GeneralRegisters.Count; i++)
            Assert.Equal((ulong)i + 0x5500, r.X[i]);
    }
}
