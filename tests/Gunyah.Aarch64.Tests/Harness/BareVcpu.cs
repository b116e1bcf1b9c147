using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Aarch64.Tests.Harness;

/// <summary>A vCPU with flat RAM and an interrupt line, and no hypervisor behind it: for what an engine does.</summary>
/// <param name="shared">RAM of the caller's; null for its own.</param>
internal sealed class BareVcpu(FlatPages? shared = null) : IVcpu, IVcpuHardware, IDisposable
{
    private GuestRegisters _registers;

    public FlatPages Ram { get; } = shared ?? new(BareCore.RamBase, BareCore.RamSize);

    /// <summary>Its number among the VM's cores.</summary>
    public ulong Affinity { get; init; }

    public ulong Steps { get; private set; }

    public ref GuestRegisters Registers => ref _registers;

    public bool IsHalted { get; set; }

    public InterruptLine Line { get; set; }

    public IInterruptController Interrupts => throw new InvalidOperationException("there is no interrupt controller here");

    public IVcpuHardware Hardware => this;

    public ulong Now => 0;

    public IGuestPages Pages => Ram;

    public void SetTimer(ulong deadline)
    {
    }

    public void CancelTimer()
    {
    }

    public bool TryRead(ulong address, Span<byte> destination)
    {
        if (!IsRam(address, destination.Length))
            return false;
        Ram.At(address)[..destination.Length].CopyTo(destination);
        return true;
    }

    public bool TryWrite(ulong address, ReadOnlySpan<byte> source)
    {
        if (!IsRam(address, source.Length))
            return false;
        source.CopyTo(Ram.At(address));
        return true;
    }

    public bool Observes(EventKind kind) => false;

    public void Report(EventKind kind, in EventValues values, string? text = null, ReadOnlyMemory<byte> data = default)
    {
    }

    public void Hypercall(ushort immediate, ref GuestRegisters registers) => registers.X[0] = ulong.MaxValue;

    public HypercallResult Call(HypercallRow number, in HypercallArguments arguments) => GunyahError.Unimplemented;

    public SendResult Send(CapId queue, ReadOnlySpan<byte> message, bool push = false) => new(GunyahError.CapNull, false);

    public ReceiveResult Receive(CapId queue, Span<byte> buffer) => new(GunyahError.CapNull, 0, false);

    public bool TryRead(SystemRegister register, out ulong value)
    {
        value = register == SystemRegister.Mpidr ? 1ul << 31 | Affinity : 0;
        return true;
    }

    public bool TryWrite(SystemRegister register, ulong value) => true;

    public void Advance(int steps) => Steps += (ulong)steps;

    public DeviceAnswer Access(in DeviceAccess access, out ulong value)
    {
        value = 0;
        return DeviceAnswer.NotThere;
    }

    public void Dispose()
    {
        if (shared is null)
            Ram.Dispose();
    }

    private static bool IsRam(ulong address, int length) =>
        address >= BareCore.RamBase && address - BareCore.RamBase <= BareCore.RamSize - (ulong)length;
}
