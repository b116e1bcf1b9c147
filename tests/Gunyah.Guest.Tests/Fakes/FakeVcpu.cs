using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Guest.Tests.Fakes;

/// <summary>A vCPU without a hypervisor: what it answers is what the test put there.</summary>
internal sealed class FakeVcpu : IVcpu
{
    private readonly Dictionary<ulong, FakeQueue> _queues = [];
    private GuestRegisters _registers;
    private ulong? _timer;

    public FakeInterruptController Controller { get; } = new();

    public FakeMemory Memory { get; } = new();

    public List<string> Notes { get; } = [];

    public int TimerCalls { get; private set; }

    public Func<HypercallRow, HypercallArguments, HypercallResult>? OnCall { get; set; }

    public delegate void HypercallHandler(ushort immediate, ref GuestRegisters registers);

    public HypercallHandler? OnHypercall { get; set; }

    public ref GuestRegisters Registers => ref _registers;

    public bool IsHalted { get; set; }

    public IInterruptController Interrupts => Controller;

    public IVcpuHardware Hardware => throw new InvalidOperationException("there is no hardware here");

    public ulong Now { get; private set; }

    public IGuestPages Pages => throw new InvalidOperationException("there are no host addresses here");

    public ulong? Timer => _timer;

    public FakeQueue AddQueue(ulong cap, FakeQueue queue)
    {
        _queues[cap] = queue;
        return queue;
    }

    public void Advance(TimeSpan time)
    {
        Now += (ulong)time.Ticks * 100;
        FireTimer();
    }

    public void SetTimer(ulong deadline)
    {
        TimerCalls++;
        _timer = deadline;
        FireTimer();
    }

    public void CancelTimer()
    {
        TimerCalls++;
        _timer = null;
        Controller.SetPending(InterruptIds.VirtualTimer, false);
    }

    public bool TryRead(ulong address, Span<byte> destination) => Memory.TryRead(address, destination);

    public bool TryWrite(ulong address, ReadOnlySpan<byte> source) => Memory.TryWrite(address, source);

    public bool Observes(EventKind kind) => kind == EventKind.Note;

    public void Report(EventKind kind, in EventValues values, string? text = null, ReadOnlyMemory<byte> data = default) =>
        Notes.Add(text ?? "");

    public void Hypercall(ushort immediate, ref GuestRegisters registers)
    {
        if (OnHypercall is null)
            registers.X[0] = ulong.MaxValue;
        else
            OnHypercall(immediate, ref registers);
    }

    public HypercallResult Call(HypercallRow number, in HypercallArguments arguments) =>
        OnCall?.Invoke(number, arguments) ?? GunyahError.Unimplemented;

    public SendResult Send(CapId queue, ReadOnlySpan<byte> message, bool push = false) =>
        _queues.TryGetValue(queue.Value, out FakeQueue? found) ? found.Send(message, push) : new(GunyahError.CapNull, false);

    public ReceiveResult Receive(CapId queue, Span<byte> buffer) =>
        _queues.TryGetValue(queue.Value, out FakeQueue? found) ? found.Receive(buffer) : new(GunyahError.CapNull, 0, false);

    /// <summary>Runs a program until it has nothing left to do.</summary>
    public void RunToIdle(IVcpuProgram program)
    {
        for (int i = 0; i < 10_000; i++)
        {
            if (program.Run(this, 100) == VcpuStep.WaitForInterrupt || IsHalted)
                return;
        }
        Assert.Fail("the program never came to rest");
    }

    private void FireTimer()
    {
        if (_timer > Now || _timer is null)
            return;
        _timer = null;
        Controller.Assert(InterruptIds.VirtualTimer);
    }
}
