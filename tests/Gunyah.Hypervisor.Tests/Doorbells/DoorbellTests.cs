using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Harness;

namespace Gunyah.Hypervisor.Tests.Doorbells;

/// <summary>Cases DB-nn are those of gunyah-abi.md 6.3.</summary>
public abstract class DoorbellCases
{
    private const uint Virq = 42;
    private const ulong AllOnes = ulong.MaxValue;
    private const InterruptTrigger Edge = InterruptTrigger.EdgeRising;
    private const InterruptTrigger Level = InterruptTrigger.Level;

    private readonly TestMachine _machine;
    private readonly CapId _doorbell;

    protected DoorbellCases(CallingEngine engine)
    {
        _machine = new(engine: engine);
        _doorbell = _machine.Active(ObjectType.Doorbell);
    }

    [Fact]
    public void A_send_answers_the_flags_before() // DB-01
    {
        Assert.Equal(0UL, Send(0x5));
        Assert.Equal(5UL, Send(0x3));
        Assert.Equal(7UL, Flags());
    }

    [Fact]
    public void A_receive_clears_what_it_names_and_answers_everything() // DB-02
    {
        Send(7);
        Assert.Equal(7UL, Receive(0x2));
        Assert.Equal(5UL, Receive(AllOnes));
        Assert.Equal(0UL, Flags());
    }

    [Fact]
    public void A_receive_of_nothing_is_invalid()
    {
        Send(7);
        GuestRegisters r = _machine.Trap(DoorbellCalls.Receive, _doorbell.Value, 0);
        Assert.Equal([1UL, 0UL], [r.X[0], r.X[1]]);
        Assert.Equal(7UL, Flags());
    }

    [Fact]
    public void A_receive_of_flags_that_are_not_set_succeeds() => Assert.Equal(0UL, Receive(1)); // DB-26

    [Fact]
    public void A_level_that_is_collected_before_the_end_is_delivered_once() // DB-04
    {
        InterruptTaker taker = Bind(Level);
        Send(1);
        Assert.Equal(Virq, taker.Acknowledge());
        Receive(AllOnes);
        taker.End(Virq);
        Assert.Equal(0, taker.Take(Virq));
    }

    [Fact]
    public void A_level_that_is_not_collected_comes_back() // DB-05
    {
        InterruptTaker taker = Bind(Level);
        Send(1);
        Assert.Equal(4, taker.Take(Virq, atMost: 4));
    }

    [Fact]
    public void Sending_a_flag_that_is_set_interrupts_again() // DB-07
    {
        InterruptTaker taker = Bind(Edge);
        Send(1);
        Assert.Equal(1, taker.Take(Virq));
        Send(1);
        Assert.Equal(1, taker.Take(Virq));
    }

    [Fact]
    public void Sending_nothing_interrupts_while_a_flag_is_set() // DB-08
    {
        InterruptTaker taker = Bind(Edge);
        Send(1);
        taker.Take(Virq);
        Assert.Equal(1UL, Send(0));
        Assert.Equal(1, taker.Take(Virq));
    }

    [Fact]
    public void A_masked_send_interrupts_by_edge_and_not_by_level() // DB-09, DB-10, DB-11
    {
        InterruptTaker taker = Bind(Edge);
        Mask(0x2, 0);
        Send(1);
        Assert.Equal(1, taker.Take(Virq));

        taker.Gic.SetTrigger(Virq, Level);
        Send(1);
        Assert.Equal(0, taker.Take(Virq));
        Mask(0x3, 0);
        Assert.Equal(1, taker.Take(Virq, atMost: 1));
    }

    [Fact]
    public void The_ack_mask_clears_flags_by_the_interrupt() // DB-13
    {
        InterruptTaker taker = Bind(Edge);
        Mask(AllOnes, 0x1);
        Assert.Equal(0UL, Send(0x3));
        Assert.Equal(2UL, Flags());
        Assert.Equal(1, taker.Take(Virq));
    }

    [Fact]
    public void The_ack_mask_clears_old_flags_too() // DB-14
    {
        Mask(0x10, 0);
        Send(0x3);
        Mask(0x10, 0xF);
        Assert.Equal(3UL, Send(0x10));
        Assert.Equal(0x10UL, Flags());
    }

    [Fact]
    public void Masking_after_an_automatic_acknowledge_withdraws_nothing() // DB-16
    {
        InterruptTaker taker = Bind(Level);
        Mask(AllOnes, AllOnes);
        Send(1);
        Mask(0, 0);
        Assert.Equal(1, taker.Take(Virq));
        Assert.Equal(0, taker.Take(Virq));
    }

    [Fact]
    public void A_mask_that_stays_true_only_acknowledges() // DB-17
    {
        Mask(0x1, 0);
        Send(0x3);
        InterruptTaker taker = Bind(Level);
        Mask(0x2, 0x2);
        Assert.Equal(1UL, Flags());
        Assert.Equal(0, taker.Take(Virq));
    }

    [Fact]
    public void Masking_withdraws_a_level()
    {
        InterruptTaker taker = Bind(Level);
        Send(1);
        Mask(0, 0);
        Assert.Equal(0, taker.Take(Virq));
        Assert.Equal(1UL, Flags());
    }

    [Fact]
    public void A_reset_does_not_withdraw_an_edge() // DB-19
    {
        InterruptTaker taker = Bind(Edge);
        taker.Gic.SetEnabled(Virq, enabled: false);
        Send(1);
        TestMachine.Ok(_machine.Port.DoorbellReset(_doorbell));
        taker.Gic.SetEnabled(Virq, enabled: true);
        Assert.Equal(1, taker.Take(Virq));
        Assert.Equal(0UL, Flags());
    }

    [Fact]
    public void The_automatic_acknowledge_needs_no_binding() // DB-20
    {
        Mask(AllOnes, 0x1);
        Assert.Equal(0UL, Send(1));
        Assert.Equal(0UL, Flags());
    }

    [Fact]
    public void Each_call_needs_its_right() // DB-22, DB-23
    {
        ulong sender = _machine.Copy(_doorbell, DoorbellRights.Send).Value;
        ulong receiver = _machine.Copy(_doorbell, DoorbellRights.Receive).Value;
        Assert.Equal(GunyahError.InsufficientRights, _machine.Error(DoorbellCalls.Receive, sender, 1));
        Assert.Equal(GunyahError.InsufficientRights, _machine.Error(DoorbellCalls.Reset, sender));
        Assert.Equal(GunyahError.InsufficientRights, _machine.Error(DoorbellCalls.Mask, sender, 1, 1));
        Assert.Equal(GunyahError.InsufficientRights,
            _machine.Error(DoorbellCalls.BindVirq, sender, _machine.Boot.Vic.Value, Virq));
        Assert.Equal(GunyahError.InsufficientRights, _machine.Error(DoorbellCalls.Send, receiver, 1));
    }

    [Fact]
    public void A_send_between_acknowledge_and_end_gives_one_extra_delivery() // DB-25
    {
        InterruptTaker taker = Bind(Level);
        Send(1);
        Assert.Equal(Virq, taker.Acknowledge());
        Send(2);
        Assert.Equal(3UL, Receive(AllOnes));
        taker.End(Virq);
        Assert.Equal(Virq, taker.Acknowledge());
        Assert.Equal(0UL, Receive(AllOnes));
        taker.End(Virq);
        Assert.Equal(0, taker.Take(Virq));
    }

    [Fact]
    public void A_reset_forgets_both_masks()
    {
        InterruptTaker taker = Bind(Level);
        Mask(enable: 0, ack: AllOnes);
        TestMachine.Ok(_machine.Port.DoorbellReset(_doorbell));
        Send(1);
        Assert.Equal(Virq, taker.Acknowledge());
        Assert.Equal(1UL, Flags());
    }

    [Fact]
    public void A_reset_withdraws_the_interrupt()
    {
        InterruptTaker taker = Bind(Level);
        Send(1);
        TestMachine.Ok(_machine.Port.DoorbellReset(_doorbell));
        Assert.Equal(0, taker.Take(Virq));
    }

    private InterruptTaker Bind(InterruptTrigger trigger) => _machine.Bind(DoorbellCalls.BindVirq, _doorbell, Virq, trigger);

    private ulong Send(ulong flags)
    {
        GuestRegisters r = _machine.Trap(DoorbellCalls.Send, _doorbell.Value, flags);
        Assert.Equal(0UL, r.X[0]);
        return r.X[1];
    }

    private ulong Receive(ulong flags)
    {
        GuestRegisters r = _machine.Trap(DoorbellCalls.Receive, _doorbell.Value, flags);
        Assert.Equal(0UL, r.X[0]);
        return r.X[1];
    }

    /// <summary>The flags, read without changing any: bit 63 is never used here.</summary>
    private ulong Flags() => Receive(1UL << 63);

    private void Mask(ulong enable, ulong ack) => TestMachine.Ok(_machine.Port.DoorbellMask(_doorbell, enable, ack));
}

/// <inheritdoc/>
public class DoorbellTests() : DoorbellCases(CallingEngine.Host);

/// <inheritdoc/>
public class DoorbellOnKernelTests() : DoorbellCases(CallingEngine.Kernel);

/// <inheritdoc/>
public class DoorbellOnCodeTests() : DoorbellCases(CallingEngine.Code);
