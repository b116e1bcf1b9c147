using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Hypervisor.Tests.Harness;

namespace Gunyah.Hypervisor.Tests.Races;

/// <summary>A send, which has no reference on its queue, beside the deletion of the queue's last capability.</summary>
public class QueueEndRaceTests
{
    /// <summary>
    /// Without the look at whether the queue is open, a message goes into a queue that has ended, in one of 2,000 rounds.
    /// </summary>
    [Fact]
    public void A_send_reaches_a_queue_before_its_end_or_not_at_all()
    {
        var ends = new Ends();
        var machine = new TestMachine(readers: ends);
        CapId queue = machine.Queue(4, 16);
        byte[] message = [1];
        ulong sent = 0;
        int wrong = 0;
        int unknown = 0;
        AlignedRounds.Run(
            20_000,
            () => machine.Delete(queue),
            () =>
            {
                for (int i = 0; i < 3; i++)
                {
                    GunyahError error = machine.Root.Send(queue, message).Error;
                    sent += error == GunyahError.Ok ? 1UL : 0;
                    unknown += error is GunyahError.Ok or GunyahError.CapNull ? 0 : 1;
                }
            },
            _ =>
            {
                wrong += ends.Sent == sent ? 0 : 1;
                sent = 0;
                queue = machine.Queue(4, 16);
                return true;
            });
        Assert.Equal((0, 0), (wrong, unknown));
    }

    /// <summary>What the last queue that ended says it took.</summary>
    private sealed class Ends : IEventReader
    {
        public ulong Sent { get; private set; }

        public ulong Wanted => EventStream.Bit(EventKind.MessageQueueClosed);

        public void Read(in GunyahEvent e) => Sent = e.Values.B;
    }
}
