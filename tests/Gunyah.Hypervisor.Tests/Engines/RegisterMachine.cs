using System.Buffers.Binary;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Hypervisor.Tests.Engines;

/// <summary>
/// The smallest engine that runs code from guest memory: a machine of 31 registers with loads, stores, branches, subroutines and
/// hypercalls. Each instruction is a word: operation, then a, b and c, or a and a signed distance in words; one step each.
/// </summary>
internal sealed class RegisterMachine : IVcpuEngine
{
    private const int WordSize = 4;
    private const int LinkRegister = 30;

    private int? _loads;
    private bool _isAborted;

    /// <inheritdoc/>
    public VcpuExit Run(IVcpu vcpu, int budget)
    {
        for (int steps = 1; steps <= budget; steps++)
        {
            if (vcpu.IsHalted)
                return new(VcpuExitKind.Halted, steps);
            if (_isAborted)
                return new(VcpuExitKind.Fault, steps, Reason: "an abort that the guest does not take");
            if (Step(vcpu) is { } exit)
                return exit with { Steps = steps };
        }

        return new(VcpuExitKind.BudgetUsed, budget);
    }

    /// <inheritdoc/>
    public void Complete(DeviceAnswer answer, ulong value)
    {
        _isAborted = answer != DeviceAnswer.Done;
        if (!_isAborted && _loads is not null)
            Loaded = value;
    }

    /// <summary>What a load from a device read, until the next step puts it into its register.</summary>
    private ulong? Loaded { get; set; }

    private VcpuExit? Step(IVcpu vcpu)
    {
        ref GuestRegisters r = ref vcpu.Registers;
        if (Loaded is { } value)
        {
            r.X[_loads!.Value] = value;
            (Loaded, _loads) = (null, null);
        }

        Span<byte> word = stackalloc byte[WordSize];
        if (!vcpu.TryRead(r.Pc, word))
            return new(VcpuExitKind.Fault, 0, Reason: $"no code at 0x{r.Pc:x}");
        ulong here = r.Pc;
        r.Pc += WordSize;
        (int a, int b, int c) = (word[1], word[2], word[3]);
        ulong there = here + (ulong)(BinaryPrimitives.ReadInt16LittleEndian(word[2..]) * WordSize);
        switch ((Operation)word[0])
        {
            case Operation.Literal:
                Span<byte> literal = stackalloc byte[sizeof(ulong)];
                vcpu.TryRead(r.Pc, literal);
                r.X[a] = BinaryPrimitives.ReadUInt64LittleEndian(literal);
                r.Pc += sizeof(ulong);
                return null;
            case Operation.Move:
                r.X[a] = r.X[b];
                return null;
            case Operation.Add:
                r.X[a] = r.X[b] + r.X[c];
                return null;
            case Operation.Subtract:
                r.X[a] = r.X[b] - r.X[c];
                return null;
            case Operation.Load:
                return Load(vcpu, ref r, a, r.X[b], c);
            case Operation.Store:
                return Store(vcpu, r.X[a], r.X[b], c);
            case Operation.Branch:
                r.Pc = there;
                return null;
            case Operation.BranchIfNotZero:
                r.Pc = r.X[a] != 0 ? there : r.Pc;
                return null;
            case Operation.Call:
                r.X[LinkRegister] = r.Pc;
                r.Pc = there;
                return null;
            case Operation.Return:
                r.Pc = r.X[LinkRegister];
                return null;
            case Operation.Hypercall:
                return new(VcpuExitKind.Hypercall, 0, BinaryPrimitives.ReadUInt16LittleEndian(word[2..]));
            case Operation.WaitForInterrupt:
                return new(VcpuExitKind.WaitForInterrupt, 0);
            case Operation.ReadSystem when vcpu.Hardware.TryRead(
                (SystemRegister)BinaryPrimitives.ReadUInt16LittleEndian(word[2..]), out ulong read):
                r.X[a] = read;
                return null;
            case Operation.WriteSystem when vcpu.Hardware.TryWrite(
                (SystemRegister)BinaryPrimitives.ReadUInt16LittleEndian(word[2..]), r.X[a]):
                return null;
            default:
                return new(VcpuExitKind.Fault, 0, Reason: $"undefined instruction at 0x{here:x}");
        }
    }

    private VcpuExit? Load(IVcpu vcpu, ref GuestRegisters r, int target, ulong address, int size)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        bytes.Clear();
        if (vcpu.TryRead(address, bytes[..size]))
        {
            r.X[target] = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            return null;
        }

        _loads = target;
        return new(VcpuExitKind.DeviceAccess, 0, Access: new(address, size, IsWrite: false));
    }

    private static VcpuExit? Store(IVcpu vcpu, ulong value, ulong address, int size)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return vcpu.TryWrite(address, bytes[..size])
            ? null
            : new(VcpuExitKind.DeviceAccess, 0, Access: new(address, size, IsWrite: true, value));
    }
}

/// <summary>The operations of <see cref="RegisterMachine"/>.</summary>
internal enum Operation
{
    Undefined,
    Literal,
    Move,
    Add,
    Subtract,
    Load,
    Store,
    Branch,
    BranchIfNotZero,
    Call,
    Return,
    Hypercall,
    WaitForInterrupt,
    ReadSystem,
    WriteSystem,
}
