using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Harness;

namespace Gunyah.Hypervisor.Tests.Races;

/// <summary>A timer that expires on one thread while its vCPU withdraws it on another.</summary>
public class TimerRaceTests
{
    private readonly TestMachine _machine = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_timer_that_was_withdrawn_does_not_ring_after_that(bool replaces)
    {
        const ulong Soon = 1_000;
        InterruptTaker taker = _machine.OpenInterrupts();
        taker.Enable(InterruptIds.VirtualTimer, InterruptTrigger.Level);
        ulong now = 0;
        void Arm()
        {
            now += Soon;
            _machine.Root.SetTimer(now);
            _machine.Platform.AdvanceAlone(Soon);
        }

        Arm();
        int late = 0;
        int lost = 0;
        AlignedRounds.Run(
            50_000,
            () =>
            {
                if (replaces)
                    _machine.Root.SetTimer(ulong.MaxValue - 1);
                else
                    _machine.Root.CancelTimer();
            },
            _machine.RootThread.TimerExpired,
            _ =>
            {
                late += taker.Take(InterruptIds.VirtualTimer);
                Arm();
                _machine.RootThread.TimerExpired();
                lost += taker.Take(InterruptIds.VirtualTimer) == 1 ? 0 : 1;
                Arm();
                return true;
            });
        Assert.Equal((0, 0), (late, lost));
    }
}
