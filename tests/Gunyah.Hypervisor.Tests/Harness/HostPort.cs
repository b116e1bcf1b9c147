using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Tests.Harness;

/// <summary>The test calls through the vCPU without running anything on it.</summary>
internal sealed class HostPort(VcpuPort vcpu) : IGuestPort
{
    public IInterruptController Interrupts => vcpu.Interrupts;

    public void Hypercall(ushort immediate, ref GuestRegisters registers) => vcpu.Hypercall(immediate, ref registers);

    public HypercallResult Call(HypercallRow call, in HypercallArguments arguments) => vcpu.Call(call, arguments);

    public SendResult Send(CapId queue, ReadOnlySpan<byte> message, bool push = false) => vcpu.Send(queue, message, push);

    public ReceiveResult Receive(CapId queue, Span<byte> buffer) => vcpu.Receive(queue, buffer);

    public bool TryRead(ulong address, Span<byte> destination) => vcpu.TryRead(address, destination);

    public bool TryWrite(ulong address, ReadOnlySpan<byte> source) => vcpu.TryWrite(address, source);
}
