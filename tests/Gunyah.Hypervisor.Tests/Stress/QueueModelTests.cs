using CsCheck;
using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Profiles;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Harness;

namespace Gunyah.Hypervisor.Tests.Stress;

/// <summary>Random operations on a queue against a model that is nothing but a list, two numbers and two latches.</summary>
public class QueueModelTests
{
    private const uint Rx = 40;
    private const uint Tx = 41;

    private enum Operation
    {
        Send,
        Push,
        SendTooLarge,
        Receive,
        ReceiveShort,
        Flush,
        ConfigureSend,
        ConfigureReceive,
        TakeReceive,
        TakeSend,
    }

    [Fact]
    public void A_queue_does_what_its_model_does() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 20], Gen.Bool, Gen.Select(Gen.Enum<Operation>(), Gen.Int[0, 30]).Array[0, 200])
            .Sample((depth, size, reference, operations) =>
            {
                var machine = new TestMachine(reference ? Profile.Reference : Profile.Documented);
                CapId queue = machine.Queue((ushort)depth, (ushort)size);
                machine.Bind(MessageQueueCalls.BindReceiveVirq, queue, Rx, InterruptTrigger.EdgeRising);
                InterruptTaker taker = machine.Bind(MessageQueueCalls.BindSendVirq, queue, Tx, InterruptTrigger.EdgeRising);
                var model = new Model(depth, size, reference);
                byte content = 0;
                foreach ((Operation operation, int number) in operations)
                    Step(machine, queue, taker, model, operation, number, content++);
            }, iter: 400);

    private static void Step(TestMachine machine, CapId queue, InterruptTaker taker, Model model, Operation operation,
        int number, byte content)
    {
        switch (operation)
        {
            case Operation.Send or Operation.Push or Operation.SendTooLarge:
                int size = operation == Operation.SendTooLarge ? model.Size + 1 + number : 1 + (number % model.Size);
                byte[] message = [.. Enumerable.Repeat(content, size)];
                Assert.Equal(model.Send(message, operation == Operation.Push),
                    machine.Send(queue, message, operation == Operation.Push ? 1UL : 0));
                break;
            case Operation.Receive or Operation.ReceiveShort:
                int buffer = operation == Operation.Receive ? 64 : number % model.Size;
                (GunyahError error, ulong got, ulong notEmpty, byte[] received) = machine.Receive(queue, (ulong)buffer);
                (GunyahError Error, byte[] Message, ulong NotEmpty) expected = model.Receive(buffer);
                Assert.Equal((expected.Error, (ulong)expected.Message.Length, expected.NotEmpty), (error, got, notEmpty));
                Assert.Equal(expected.Message, received);
                break;
            case Operation.Flush:
                TestMachine.Ok(machine.Root.MessageQueueFlush(queue));
                model.Flush();
                break;
            case Operation.ConfigureSend:
                Assert.Equal(model.ConfigureSend(number), machine.Root.MessageQueueConfigureSend(queue, (uint)number));
                break;
            case Operation.ConfigureReceive:
                Assert.Equal(model.ConfigureReceive(number), machine.Root.MessageQueueConfigureReceive(queue, (uint)number));
                break;
            case Operation.TakeReceive:
                Assert.Equal(Take(ref model.ReceiveLatch), taker.Take(Rx) > 0);
                model.SendLatch = false; // Take ends whatever there is.
                break;
            case Operation.TakeSend:
                Assert.Equal(Take(ref model.SendLatch), taker.Take(Tx) > 0);
                model.ReceiveLatch = false;
                break;
        }
    }

    private static bool Take(ref bool latch)
    {
        bool was = latch;
        latch = false;
        return was;
    }

    private sealed class Model(int depth, int size, bool reference)
    {
        public bool ReceiveLatch;
        public bool SendLatch;
        private readonly Queue<byte[]> _messages = new();
        private int _notFull = depth - 1;
        private int _notEmpty = 1;

        public int Size => size;

        public (GunyahError Error, ulong NotFull) Send(byte[] message, bool push)
        {
            if (_messages.Count == depth)
                return (GunyahError.MessageQueueFull, 0);
            if (message.Length > size)
                return (reference ? GunyahError.Ok : GunyahError.ArgumentSize, 1);
            _messages.Enqueue(message);
            ReceiveLatch |= push || _messages.Count == _notEmpty;
            return (GunyahError.Ok, _messages.Count < depth ? 1UL : 0);
        }

        public (GunyahError Error, byte[] Message, ulong NotEmpty) Receive(int buffer)
        {
            if (_messages.Count == 0)
                return (GunyahError.MessageQueueEmpty, [], 0);
            if (buffer < _messages.Peek().Length)
                return (reference ? GunyahError.Ok : buffer == 0 ? GunyahError.ArgumentSize : GunyahError.AddressOverflow, [], 1);
            byte[] message = _messages.Dequeue();
            SendLatch |= _messages.Count == _notFull;
            return (GunyahError.Ok, message, _messages.Count > 0 ? 1UL : 0);
        }

        public void Flush()
        {
            SendLatch |= reference && _messages.Count > 0;
            _messages.Clear();
        }

        public GunyahError ConfigureSend(int threshold)
        {
            if (threshold >= depth)
                return GunyahError.ArgumentInvalid;
            _notFull = threshold;
            SendLatch |= _messages.Count <= threshold;
            return GunyahError.Ok;
        }

        public GunyahError ConfigureReceive(int threshold)
        {
            if (threshold == 0 || threshold > depth)
                return GunyahError.ArgumentInvalid;
            _notEmpty = threshold;
            ReceiveLatch |= _messages.Count >= threshold;
            return GunyahError.Ok;
        }
    }
}
