using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Benchmarks;

/// <summary>
/// One send and one receive through a queue. By registers it is what a guest's code does around its two HVC instructions: it sets
/// the registers of the call, one by one, in a register file that is there anyway.
/// </summary>
internal sealed class QueuePair
{
    private const ulong SendBuffer = BenchMachine.MemoryBase + 0x1000;
    private const ulong ReceiveBuffer = BenchMachine.MemoryBase + 0x2000;

    private readonly VcpuPort _vcpu;
    private readonly CapId _queue;
    private readonly byte[] _message;
    private readonly byte[] _buffer = new byte[1023];
    private GuestRegisters _registers;

    public QueuePair(BenchMachine machine, int size)
        : this(machine, machine.Root, size)
    {
    }

    public QueuePair(BenchMachine machine, VcpuPort vcpu, int size)
    {
        _vcpu = vcpu;
        _queue = machine.NewQueue();
        _message = new byte[size];
        bool hasBuffers = _vcpu.TryWrite(SendBuffer, _message) && _vcpu.TryWrite(ReceiveBuffer, _buffer);
        if (TypedFace() != size || (hasBuffers && RegisterFace() != (ulong)size))
            throw new InvalidOperationException("a message does not pass through the queue");
    }

    public int TypedFace()
    {
        _vcpu.Send(_queue, _message);
        return _vcpu.Receive(_queue, _buffer).Size;
    }

    public void RepeatTyped(int count)
    {
        for (int i = 0; i < count; i++)
            TypedFace();
    }

    public void RepeatByRegisters(int count)
    {
        for (int i = 0; i < count; i++)
            RegisterFace();
    }

    public ulong RegisterFace()
    {
        ref GeneralRegisters x = ref _registers.X;
        x[0] = _queue.Value;
        x[1] = (ulong)_message.Length;
        x[2] = SendBuffer;
        x[3] = 0;
        x[4] = 0;
        _vcpu.Hypercall(MessageQueueCalls.Send.Immediate, ref _registers);

        x[0] = _queue.Value;
        x[1] = ReceiveBuffer;
        x[2] = (ulong)_buffer.Length;
        x[3] = 0;
        _vcpu.Hypercall(MessageQueueCalls.Receive.Immediate, ref _registers);
        return x[1];
    }
}
