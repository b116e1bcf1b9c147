using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Vcpus;
using Gunyah.Guest.Doorbells;
using Gunyah.Guest.Kernel;
using Gunyah.Guest.Tests.Fakes;

namespace Gunyah.Guest.Tests.Doorbells;

public class DoorbellTests
{
    private readonly FakeVcpu _vcpu = new();
    private readonly List<ulong> _rings = [];
    private ulong _flags;

    public DoorbellTests() => _vcpu.OnCall = (number, arguments) =>
    {
        Assert.Equal(4UL, arguments.X0);
        ulong before = _flags;
        _flags = number == DoorbellCalls.Send ? _flags | arguments.X1 : _flags & ~arguments.X1;
        if (number == DoorbellCalls.Send)
            _vcpu.Controller.Assert(50);
        return new(0, before);
    };

    // L-04: the receiver does not care which bit rings.
    [Fact]
    public void Rings_arrive_with_all_their_flags_and_leave_none()
    {
        DoorbellReceiver? receiver = null;
        var kernel = new GuestKernel(async context =>
        {
            receiver = DoorbellReceiver.Open(context, new(4), 50, InterruptTrigger.EdgeRising, _rings.Add);
            var source = new DoorbellSource(context.Port, new(4));
            Assert.Equal(GunyahError.Ok, source.Ring());
            Assert.Equal(GunyahError.Ok, source.Ring(1UL << 32));
            await context.YieldAsync();
            source.Ring(4);
        });

        _vcpu.RunToIdle(kernel);

        Assert.Equal([0x1_0000_0001, 4], _rings);
        Assert.Equal(0UL, _flags);
        Assert.Equal(2UL, receiver!.Rings);
    }

    [Fact]
    public void An_interrupt_without_flags_is_no_ring()
    {
        var kernel = new GuestKernel(context =>
        {
            DoorbellReceiver.Open(context, new(4), 50, InterruptTrigger.EdgeRising, _rings.Add);
            return Task.CompletedTask;
        });
        _vcpu.RunToIdle(kernel);

        _vcpu.Controller.Assert(50);
        _vcpu.RunToIdle(kernel);

        Assert.Empty(_rings);
    }

    [Fact]
    public void A_taken_interrupt_opens_no_doorbell_and_a_closed_one_is_free_again()
    {
        var kernel = new GuestKernel(context =>
        {
            DoorbellReceiver first = DoorbellReceiver.Open(context, new(4), 50, InterruptTrigger.EdgeRising, _rings.Add)!;
            Assert.Null(DoorbellReceiver.Open(context, new(4), 50, InterruptTrigger.EdgeRising, _rings.Add));
            first.Dispose();
            Assert.NotNull(DoorbellReceiver.Open(context, new(4), 50, InterruptTrigger.EdgeRising, _rings.Add));
            return Task.CompletedTask;
        });
        _vcpu.RunToIdle(kernel);
    }
}
