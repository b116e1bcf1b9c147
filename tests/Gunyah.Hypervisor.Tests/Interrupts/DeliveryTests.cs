using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Harness;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Tests.Interrupts;

/// <summary>Cases VI-nn are those of gunyah-abi.md 6.5; rules n those of gunyah-abi.md 4.2.4.</summary>
public abstract class DeliveryCases
{
    private const uint Virq = 42;
    private const uint Message = 50;
    private const InterruptTrigger Edge = InterruptTrigger.EdgeRising;
    private const InterruptTrigger Level = InterruptTrigger.Level;

    private readonly TestMachine _machine;
    private readonly CapId _doorbell;

    protected DeliveryCases(CallingEngine engine)
    {
        _machine = new(engine: engine);
        _doorbell = _machine.Active(ObjectType.Doorbell);
    }

    [Fact]
    public void An_edge_waits_for_its_interrupt_to_be_enabled() // VI-13
    {
        InterruptTaker taker = Bind(Edge);
        taker.Gic.SetEnabled(Virq, false);
        Send(1);
        ReceiveAll();
        taker.Gic.SetEnabled(Virq, true);
        Assert.Equal(1, taker.Take(Virq));
    }

    [Fact]
    public void Disabling_does_not_drop_a_level_that_was_never_acknowledged() // VI-14
    {
        InterruptTaker taker = Bind(Level);
        taker.Gic.SetPriorityMask(0);
        Send(1);
        ReceiveAll();
        for (int i = 0; i < 2; i++)
        {
            taker.Gic.SetEnabled(Virq, false);
            taker.Gic.SetEnabled(Virq, true);
        }

        taker.Gic.SetPriorityMask(0xFF);
        Assert.Equal(1, taker.Take(Virq));
        Assert.Equal(0, taker.Take(Virq));
    }

    [Fact]
    public void An_interrupt_waits_for_the_vcpu_of_its_route() // VI-16
    {
        CapId vic = _machine.Vic(2);
        Vcpu first = _machine.ActiveVcpu(_machine.NewVcpu(vic, 0, vmid: 10));
        TestMachine.Ok(_machine.Port.DoorbellBind(_doorbell, vic, Virq));
        var taker = new InterruptTaker(first.Port);
        taker.Enable(Virq, Edge);
        taker.Gic.SetRoute(Virq, 1);
        Send(1);
        Assert.Equal(0, taker.Take(Virq));

        Vcpu second = _machine.ActiveVcpu(_machine.NewVcpu(vic, 1, vmid: 11));
        Assert.Equal(1, new InterruptTaker(second.Port).Take(Virq));
    }

    [Fact]
    public void An_interrupt_without_a_route_waits_for_one() // VI-17
    {
        InterruptTaker taker = Bind(Edge);
        taker.Gic.SetRoute(Virq, 7);
        Send(1);
        Assert.Equal(0, taker.Take(Virq));
        taker.Gic.SetRoute(Virq, 0);
        Assert.Equal(1, taker.Take(Virq));
    }

    [Theory] // VI-19
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    public void The_first_clear_of_a_pending_level_only_drops_the_latch(int clears, int deliveries)
    {
        InterruptTaker taker = Bind(Level);
        taker.Gic.SetEnabled(Virq, false);
        Send(1);
        ReceiveAll();
        for (int i = 0; i < clears; i++)
            taker.Gic.SetPending(Virq, false);
        taker.Gic.SetEnabled(Virq, true);
        Assert.Equal(deliveries, taker.Take(Virq));
    }

    [Fact]
    public void A_message_interrupt_repeats_until_it_is_cleared() // VI-20
    {
        InterruptTaker taker = Unbound(Level);
        SetMessage(true);
        SetMessage(false);
        taker.Gic.SetEnabled(Message, true);
        Assert.Equal(0, taker.Take(Message));
        SetMessage(true);
        Assert.Equal(3, taker.Take(Message, atMost: 3));
        SetMessage(false);
        Assert.Equal(0, taker.Take(Message));
    }

    [Fact]
    public void An_edge_latch_survives_a_time_as_level() // VI-22
    {
        InterruptTaker taker = Unbound(Edge);
        SetMessage(true);
        taker.Gic.SetTrigger(Message, Level);
        taker.Gic.SetEnabled(Message, true);
        Assert.Equal(0, taker.Take(Message));
        taker.Gic.SetEnabled(Message, false);
        taker.Gic.SetTrigger(Message, Edge);
        taker.Gic.SetEnabled(Message, true);
        Assert.Equal(1, taker.Take(Message));
    }

    [Fact]
    public void Going_back_to_level_drops_the_software_pending_bit() // VI-23
    {
        InterruptTaker taker = Unbound(Level);
        taker.Gic.SetPending(Message, true);
        taker.Gic.SetTrigger(Message, Edge);
        taker.Gic.SetTrigger(Message, Level);
        taker.Gic.SetEnabled(Message, true);
        Assert.Equal(0, taker.Take(Message));
    }

    [Fact]
    public void A_priority_keeps_five_bits() // VI-28
    {
        InterruptTaker taker = Unbound(Level);
        taker.Gic.SetPriority(Message, 0xFF);
        Assert.Equal(0xF8, _machine.RootThread.Vic.Priority(_machine.RootThread.Local, Message));
    }

    [Fact]
    public void An_assertion_while_active_gives_one_more_delivery() // rule 3
    {
        InterruptTaker taker = Bind(Edge);
        Send(1);
        Assert.Equal(Virq, taker.Acknowledge());
        Send(1);
        Send(1);
        Assert.Equal(InterruptIds.Spurious, taker.Acknowledge());
        taker.End(Virq);
        Assert.Equal(1, taker.Take(Virq));
    }

    [Fact]
    public void A_more_urgent_interrupt_nests_and_a_less_urgent_one_waits() // rule 1
    {
        InterruptTaker taker = _machine.OpenInterrupts();
        foreach ((uint intid, byte priority) in new (uint, byte)[] { (50, 0x80), (51, 0x40), (52, 0xC0) })
        {
            taker.Enable(intid, Edge);
            taker.Gic.SetPriority(intid, priority);
        }

        taker.Gic.SetPending(50, true);
        Assert.Equal(50u, taker.Acknowledge());
        taker.Gic.SetPending(52, true);
        Assert.Equal(InterruptIds.Spurious, taker.Acknowledge());
        taker.Gic.SetPending(51, true);
        Assert.Equal(51u, taker.Acknowledge());
        taker.End(51);
        taker.End(50);
        Assert.Equal(52u, taker.Acknowledge());
    }

    [Fact]
    public void Of_equal_priorities_the_smallest_number_comes_first()
    {
        InterruptTaker taker = _machine.OpenInterrupts();
        foreach (uint intid in new uint[] { 700, 33, 5 })
        {
            taker.Enable(intid, Edge);
            taker.Gic.SetPending(intid, true);
        }

        Assert.Equal([5u, 33u, 700u], new[] { Next(), Next(), Next() });

        uint Next()
        {
            uint taken = taker.Acknowledge();
            taker.End(taken);
            return taken;
        }
    }

    [Fact]
    public void Priorities_at_the_mask_are_not_delivered()
    {
        InterruptTaker taker = Bind(Edge);
        taker.Gic.SetPriority(Virq, 0x80);
        taker.Gic.SetPriorityMask(0x80);
        Send(1);
        Assert.Equal(0, taker.Take(Virq));
        taker.Gic.SetPriorityMask(0x88);
        Assert.Equal(1, taker.Take(Virq));
    }

    [Fact]
    public void An_interrupt_waits_for_its_group()
    {
        InterruptTaker taker = Bind(Edge);
        taker.Gic.SetGroup(Virq, group1: false);
        Send(1);
        Assert.Equal(0, taker.Take(Virq));
        taker.Gic.EnableDistributor(group0: true, group1: true);
        Assert.Equal(0, taker.Take(Virq));
        taker.Gic.EnableCpuInterface(group0: true, group1: true);
        Assert.Equal(1, taker.Take(Virq));
    }

    [Fact]
    public void Ending_what_was_not_acknowledged_does_nothing()
    {
        InterruptTaker taker = Bind(Level);
        Send(1);
        taker.End(Virq);
        taker.End(2000);
        taker.End(InterruptIds.Spurious);
        Assert.Equal(1, taker.Take(Virq, atMost: 1));
    }

    [Fact]
    public void Numbers_that_are_no_interrupt_are_ignored()
    {
        IInterruptController gic = _machine.OpenInterrupts().Gic;
        foreach (uint intid in new uint[] { 1020, 1023, 4096, uint.MaxValue })
        {
            gic.SetEnabled(intid, true);
            gic.SetPending(intid, true);
            gic.SetRoute(intid, 0);
            gic.SetTrigger(intid, Edge);
            gic.SetGroup(intid, true);
            gic.SetPriority(intid, 0);
            gic.SendSoftwareInterrupt(intid, 0);
        }

        gic.SendSoftwareInterrupt(1, -1);
        gic.SendSoftwareInterrupt(1, 99);
        gic.SetRoute(40, -5);
        Assert.Equal(InterruptIds.Spurious, gic.Acknowledge());
    }

    [Fact]
    public void A_software_interrupt_reaches_the_vcpu_it_names()
    {
        CapId vic = _machine.Vic(2);
        Vcpu first = _machine.ActiveVcpu(_machine.NewVcpu(vic, 0, vmid: 10));
        Vcpu second = _machine.ActiveVcpu(_machine.NewVcpu(vic, 1, vmid: 11));
        var taker = new InterruptTaker(second.Port);
        taker.Enable(3, Level); // SGIs stay edge.
        first.Port.Interrupts.SendSoftwareInterrupt(3, 1);
        Assert.Equal(1, taker.Take(3));
    }

    [Theory]
    [InlineData(0x80, 0x87, 0)]
    [InlineData(0x80, 0x88, 1)]
    [InlineData(0x00, 0x07, 0)]
    public void A_priority_mask_keeps_five_bits(int priority, int mask, int deliveries)
    {
        InterruptTaker taker = Bind(Edge);
        taker.Gic.SetPriority(Virq, (byte)priority);
        taker.Gic.SetPriorityMask((byte)mask);
        Send(1);
        Assert.Equal(deliveries, taker.Take(Virq));
    }

    [Fact]
    public void A_source_that_only_gives_edges_cannot_be_made_a_level()
    {
        var guest = new TestGuest(_machine, "guest", (_, _) => throw new InvalidOperationException("bug in the guest"));
        TestMachine.Ok(_machine.Port.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        TestMachine.Ok(_machine.Port.VcpuBindVirq(guest.Cap, _machine.Boot.Vic, Virq, VcpuVirqType.Halt));
        InterruptTaker taker = _machine.OpenInterrupts();
        taker.Enable(Virq, Level);
        guest.Vcpu.Thread.Run(1);
        Assert.Equal(1, taker.Take(Virq));
    }

    [Fact]
    public void Disabling_asks_whether_an_acknowledged_level_still_holds()
    {
        InterruptTaker taker = Bind(Level);
        Send(1);
        Assert.Equal(1, taker.Take(Virq, atMost: 1));
        ReceiveAll();
        taker.Gic.SetEnabled(Virq, false);
        taker.Gic.SetEnabled(Virq, true);
        Assert.Equal(0, taker.Take(Virq));
    }

    [Fact]
    public void Clearing_a_level_takes_back_what_was_set_by_software()
    {
        InterruptTaker taker = Unbound(Level);
        taker.Gic.SetEnabled(Message, true);
        taker.Gic.SetPending(Message, true);
        Assert.Equal(3, taker.Take(Message, atMost: 3));
        taker.Gic.SetPending(Message, false);
        Assert.Equal(0, taker.Take(Message));
    }

    [Fact]
    public void What_a_vcpu_had_taken_when_it_stopped_can_come_again()
    {
        var taken = new List<uint>();
        TestGuest? guest = null;
        guest = StopsAfter(vcpu =>
        {
            var taker = new InterruptTaker(vcpu);
            taker.Enable(Virq, Edge);
            taken.Add(taker.Acknowledge());
        });
        TestMachine.Ok(_machine.Port.DoorbellBind(_doorbell, guest.Vic, Virq));
        for (int i = 0; i < 2; i++)
        {
            Send(1);
            TestMachine.Ok(_machine.Port.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
            guest.Vcpu.Thread.Run(1);
        }

        Assert.Equal([Virq, Virq], taken);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_vcpu_that_starts_again_lets_no_interrupt_through(bool opensMask)
    {
        var taken = new List<uint>();
        TestGuest guest = StopsAfter(vcpu =>
        {
            if (taken.Count == 0)
                new InterruptTaker(vcpu).Enable(Virq, Edge);
            else if (opensMask)
                vcpu.Interrupts.SetPriorityMask(0xFF);
            else
                vcpu.Interrupts.EnableCpuInterface(group0: false, group1: true);
            taken.Add(vcpu.Interrupts.Acknowledge());
        });
        TestMachine.Ok(_machine.Port.DoorbellBind(_doorbell, guest.Vic, Virq));
        for (int i = 0; i < 2; i++)
        {
            TestMachine.Ok(_machine.Port.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
            guest.Vcpu.Thread.Run(1);
            Send(1);
        }

        Assert.Equal([InterruptIds.Spurious, InterruptIds.Spurious], taken);
    }

    /// <summary>Whatever ends that an interrupt is active on one vCPU, another that it is routed to by then is woken.</summary>
    [Theory]
    [InlineData("end")]
    [InlineData("off")]
    [InlineData("kill")]
    [InlineData("delete")]
    public void An_interrupt_that_is_no_longer_active_on_one_vcpu_wakes_the_one_it_is_routed_to(string how)
    {
        (TestGuest waiting, Vcpu taker, CapId takerCap) = TakenElsewhere(Edge);
        Send(1); // Pending again while it is active.
        _machine.Platform.TakeRunnable(waiting.Vcpu.Thread);
        switch (how)
        {
            case "end":
                taker.Port.Interrupts.EndOfInterrupt(Virq);
                break;
            case "off":
                TestMachine.Ok(taker.Port.VcpuPoweroff(takerCap, last: true));
                break;
            case "kill":
                TestMachine.Ok(_machine.Port.VcpuKill(takerCap));
                break;
            default:
                TestMachine.Ok(_machine.Port.VcpuKill(takerCap));
                _machine.Delete(takerCap);
                break;
        }

        Assert.Equal(1, _machine.Platform.TakeRunnable(waiting.Vcpu.Thread));
        Assert.Equal(Virq, waiting.Port.Interrupts.Acknowledge());
    }

    [Fact]
    public void A_level_that_is_over_is_not_handed_on_by_a_vcpu_that_goes_off()
    {
        (TestGuest waiting, Vcpu taker, CapId takerCap) = TakenElsewhere(Level);
        ReceiveAll();
        _machine.Platform.TakeRunnable(waiting.Vcpu.Thread);
        TestMachine.Ok(taker.Port.VcpuPoweroff(takerCap, last: true));
        Assert.Equal(0, _machine.Platform.TakeRunnable(waiting.Vcpu.Thread));
        Assert.Equal(InterruptIds.Spurious, waiting.Port.Interrupts.Acknowledge());
    }

    [Fact]
    public void A_source_that_turns_a_level_into_an_edge_wakes_who_waits_for_what_was_left_there()
    {
        CapId vic = _machine.Vic(2);
        TestGuest waiting = Waiting(vic, Level);
        TestMachine.Ok(_machine.Port.DoorbellBind(_doorbell, vic, Virq));
        TestMachine.Ok(_machine.Port.DoorbellMask(_doorbell, 0, 0));
        Send(1); // An edge that a level does not show.
        TestMachine.Ok(_machine.Port.DoorbellUnbind(_doorbell));
        Assert.Equal(0, _machine.Platform.TakeRunnable(waiting.Vcpu.Thread));
        CapId other = _machine.NewVcpu(vic, 1, vmid: 12);
        _machine.ActiveVcpu(other);
        TestMachine.Ok(_machine.Port.VcpuBindVirq(other, vic, Virq, VcpuVirqType.Halt));
        Assert.Equal(1, _machine.Platform.TakeRunnable(waiting.Vcpu.Thread));
    }

    /// <summary>A vCPU that waits with an interrupt enabled, at index 0.</summary>
    private TestGuest Waiting(CapId vic, InterruptTrigger trigger)
    {
        var guest = new TestGuest(_machine, "waiting", (vcpu, _) =>
        {
            new InterruptTaker(vcpu).Enable(Virq, trigger);
            return VcpuStep.WaitForInterrupt;
        }, vmid: 20, vic: vic);
        TestMachine.Ok(_machine.Port.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        Assert.Equal(VcpuTurn.Blocked, guest.Vcpu.Thread.Run(1));
        _machine.Platform.TakeRunnable(guest.Vcpu.Thread);
        return guest;
    }

    /// <summary>An interrupt that is active on the vCPU at index 1, and routed to the one at index 0 since.</summary>
    private (TestGuest Waiting, Vcpu Taker, CapId TakerCap) TakenElsewhere(InterruptTrigger trigger)
    {
        CapId vic = _machine.Vic(2);
        TestGuest waiting = Waiting(vic, trigger);
        CapId cap = _machine.NewVcpu(vic, 1, vmid: 21);
        Vcpu vcpu = _machine.ActiveVcpu(cap);
        TestMachine.Ok(_machine.Port.VcpuPoweron(cap, 0, 0));
        TestMachine.Ok(_machine.Port.DoorbellBind(_doorbell, vic, Virq));
        var taker = new InterruptTaker(vcpu.Port);
        taker.Gic.SetRoute(Virq, 1);
        Send(1);
        Assert.Equal(Virq, taker.Acknowledge());
        taker.Gic.SetRoute(Virq, 0);
        return (waiting, vcpu, cap);
    }

    /// <summary>A vCPU that does something and powers itself off, each time that it is started.</summary>
    private TestGuest StopsAfter(Action<IVcpu> act)
    {
        TestGuest? guest = null;
        guest = new TestGuest(_machine, "guest", (vcpu, _) =>
        {
            act(vcpu);
            TestMachine.Ok(vcpu.VcpuPoweroff(guest!.Cap, last: true));
            return VcpuStep.Yield;
        });
        return guest;
    }

    private InterruptTaker Bind(InterruptTrigger trigger) => _machine.Bind(DoorbellCalls.BindVirq, _doorbell, Virq, trigger);

    /// <summary>An interrupt without a source, configured and disabled.</summary>
    private InterruptTaker Unbound(InterruptTrigger trigger)
    {
        InterruptTaker taker = _machine.OpenInterrupts();
        taker.Enable(Message, trigger);
        taker.Gic.SetEnabled(Message, false);
        return taker;
    }

    /// <summary>GICD_SETSPI_NSR and CLRSPI_NSR, which have no typed face yet.</summary>
    private void SetMessage(bool pending) => _machine.RootThread.Vic.SetMessage(_machine.RootThread.Local, Message, pending);

    private void Send(ulong flags) => TestMachine.Ok(_machine.Port.DoorbellSend(_doorbell, flags, out _));

    private void ReceiveAll() => TestMachine.Ok(_machine.Port.DoorbellReceive(_doorbell, ulong.MaxValue, out _));
}

/// <inheritdoc/>
public class DeliveryTests() : DeliveryCases(CallingEngine.Host);

/// <inheritdoc/>
public class DeliveryOnKernelTests() : DeliveryCases(CallingEngine.Kernel);

/// <inheritdoc/>
public class DeliveryOnCodeTests() : DeliveryCases(CallingEngine.Code);
