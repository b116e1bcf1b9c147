using Gunyah.Hypervisor.Tests.Harness;
using Gunyah.Machine.Scheduling;

namespace Gunyah.Machine.Tests.Scheduling;

/// <summary>A wake-up that arrives while a slice begins: <see cref="VcpuSlot"/> says who looks at what.</summary>
public class SlotRaceTests
{
    /// <summary>
    /// The reason is neither seen nor leads to another slice in one of 3,000 rounds without the fence of the slice, in one of
    /// 12,000 without that of the wake-up.
    /// </summary>
    [Fact]
    public void A_wake_up_while_a_slice_begins_is_seen_by_it_or_leads_to_another()
    {
        var slot = new LookingSlot();
        int lost = 0;
        int round = 1;
        bool wasQueued = false;
        bool again = false;
        Assert.True(slot.Wake());
        AlignedRounds.Run(
            100_000,
            () =>
            {
                Volatile.Write(ref slot.Reason, round);
                wasQueued = slot.Wake();
            },
            () => again = slot.RunSlice(1),
            done =>
            {
                bool runs = wasQueued || again;
                lost += slot.Seen != done && !runs ? 1 : 0;
                if (!runs)
                    slot.Wake();
                round = done + 1;
                return true;
            });
        Assert.Equal(0, lost);
    }

    /// <summary>A slot that looks for its reason at once: any lock on the way there would hide the missing fence.</summary>
    private sealed class LookingSlot : VcpuSlot
    {
        public int Reason;

        public int Seen { get; private set; }

        public override SliceEnd Run(int budget)
        {
            Seen = Volatile.Read(ref Reason);
            return SliceEnd.Blocked;
        }

        public override void TimerExpired()
        {
        }
    }
}
