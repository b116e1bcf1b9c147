using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;

namespace Gunyah.ResourceManager.Tests.Harness;

/// <summary>A vCPU without a hypervisor: every call succeeds and is kept.</summary>
internal sealed class RecordingVcpu : IVcpu
{
    private GuestRegisters _registers;

    public List<(HypercallRow Number, HypercallArguments Arguments)> Calls { get; } = [];

    public ref GuestRegisters Registers => ref _registers;

    public bool IsHalted => false;

    public IInterruptController Interrupts => throw new InvalidOperationException("there are no interrupts here");

    public IVcpuHardware Hardware => throw new InvalidOperationException("there is no hardware here");

    public ulong Now => 0;

    public IGuestPages Pages => throw new InvalidOperationException("there is no memory here");

    public HypercallResult Call(HypercallRow number, in HypercallArguments arguments)
    {
        Calls.Add((number, arguments));
        return GunyahError.Ok;
    }

    public void Hypercall(ushort immediate, ref GuestRegisters registers)
    {
    }

    public SendResult Send(CapId queue, ReadOnlySpan<byte> message, bool push = false) => default;

    public ReceiveResult Receive(CapId queue, Span<byte> buffer) => default;

    public void SetTimer(ulong deadline)
    {
    }

    public void CancelTimer()
    {
    }

    public bool TryRead(ulong address, Span<byte> destination) => true;

    public bool TryWrite(ulong address, ReadOnlySpan<byte> source) => true;

    public bool Observes(EventKind kind) => false;

    public void Report(EventKind kind, in EventValues values, string? text = null, ReadOnlyMemory<byte> data = default)
    {
    }
}
