using Gunyah.Abi.Vcpus;
using Gunyah.Guest.Kernel;
using Gunyah.Guest.Tests.Fakes;

namespace Gunyah.Guest.Tests.Kernel;

public class InterruptTests
{
    private readonly FakeVcpu _vcpu = new();

    [Fact]
    public void A_requested_interrupt_is_configured_enabled_and_ended_after_its_handler()
    {
        int endedBefore = -1;
        Boot(context => context.Interrupts.Request(960, InterruptTrigger.EdgeRising,
            () => endedBefore = _vcpu.Controller.Ended.Count));

        FakeInterruptController.State state = _vcpu.Controller[960];
        Assert.True(state is { Enabled: true, Group1: true, Trigger: InterruptTrigger.EdgeRising, Priority: > 0 });
        _vcpu.Controller.Assert(960);
        _vcpu.RunToIdle(_kernel!);

        Assert.Equal(0, endedBefore);
        Assert.Equal([960u], _vcpu.Controller.Ended);
    }

    [Fact]
    public void An_interrupt_has_one_handler_and_a_number_that_exists()
    {
        Boot(context =>
        {
            InterruptRegistration first = context.Interrupts.Request(40, InterruptTrigger.Level, () => { });
            Assert.False(context.Interrupts.TryRequest(40, InterruptTrigger.Level, () => { }, out _));
            Assert.True(context.Interrupts.TryRequest(InterruptIds.LastSpi, InterruptTrigger.Level, () => { }, out _));
            Assert.False(context.Interrupts.TryRequest(InterruptIds.LastSpi + 1, InterruptTrigger.Level, () => { }, out _));
            Assert.Throws<InvalidOperationException>(() => context.Interrupts.Request(40, InterruptTrigger.Level, () => { }));

            first.Dispose();
            first.Dispose();
            Assert.False(_vcpu.Controller[40].Enabled);
            Assert.True(context.Interrupts.TryRequest(40, InterruptTrigger.Level, () => { }, out _));
        });
    }

    [Fact]
    public void An_interrupt_without_a_handler_is_ended_and_counted()
    {
        GuestContext? seen = null;
        Boot(context =>
        {
            seen = context;
            _vcpu.Controller[50].Enabled = true;
            _vcpu.Controller[50].Group1 = true;
        });

        _vcpu.Controller.Assert(50);
        _vcpu.RunToIdle(_kernel!);

        Assert.Equal(1UL, seen!.Interrupts.Unhandled);
        Assert.Equal([50u], _vcpu.Controller.Ended);
    }

    private GuestKernel? _kernel;

    private void Boot(Action<GuestContext> main)
    {
        _kernel = new(context =>
        {
            main(context);
            return Task.CompletedTask;
        });
        _vcpu.RunToIdle(_kernel);
    }
}
