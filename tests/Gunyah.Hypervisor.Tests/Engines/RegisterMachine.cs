using System.Buffers.Binary;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Hypervisor.Tests.Engines;

/// <summary>
/// The smallest engine that runs code from guest memory: a machine of 31 registers with loads, stores, branches, subroutines,
/// hypercalls and an MMU of one table (<see cref="RegisterMemory"/>). Each instruction is a word: operation, then a, b and c,
/// or a and a signed distance in words; one step each.
/// </summary>
internal sealed class RegisterMachine : IVcpuEngine, IStageOne
{
    /// <summary>Where an abort leaves the address of its instruction.</summary>
    public const int AbortRegister = 29;

    private const int WordSize = 4;
    private const int LinkRegister = 30;

    private readonly RegisterMemory _memory = new();
    private ulong _vector;
    private int? _loads;
    private ulong? _loaded;
    private bool _isAborted;

    /// <inheritdoc/>
    public VcpuExit Run(IVcpu vcpu, int budget)
    {
        _memory.Enter(vcpu.Pages);
        for (int steps = 1; steps <= budget; steps++)
        {
            if (vcpu.IsHalted)
                return Exit(new(VcpuExitKind.Halted, steps));
            if (Step(vcpu) is { } exit)
                return Exit(exit with { Steps = steps });
            _memory.Poll();
        }

        return Exit(new(VcpuExitKind.BudgetUsed, budget));
    }

    /// <inheritdoc/>
    public void Complete(DeviceAnswer answer, ulong value)
    {
        _isAborted = answer != DeviceAnswer.Done;
        if (!_isAborted && _loads is not null)
            _loaded = value;
    }

    /// <inheritdoc/>
    public StageOneFault Translate(ulong address, MemoryAccess access, out ulong intermediate) =>
        _memory.Translate(address, access, out intermediate);

    private VcpuExit Exit(in VcpuExit exit)
    {
        _memory.Leave();
        return exit;
    }

    private VcpuExit? Step(IVcpu vcpu)
    {
        ref GuestRegisters r = ref vcpu.Registers;
        if (_isAborted)
        {
            _isAborted = false;
            return Abort(ref r, r.Pc - WordSize);
        }

        if (_loaded is { } value)
        {
            r.X[_loads!.Value] = value;
            (_loaded, _loads) = (null, null);
        }

        ulong here = r.Pc;
        Span<byte> word = stackalloc byte[WordSize];
        if (_memory.Read(here, word, out _) != RegisterAccess.Done)
            return new(VcpuExitKind.Fault, 0, Reason: $"no code at 0x{here:x}");
        r.Pc += WordSize;
        (int a, int b, int c) = (word[1], word[2], word[3]);
        ulong there = here + (ulong)(BinaryPrimitives.ReadInt16LittleEndian(word[2..]) * WordSize);
        var register = (SystemRegister)BinaryPrimitives.ReadUInt16LittleEndian(word[2..]);
        switch ((Operation)word[0])
        {
            case Operation.Literal:
                Span<byte> literal = stackalloc byte[sizeof(ulong)];
                _memory.Read(r.Pc, literal, out _);
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
                return Load(ref r, here, a, r.X[b], c);
            case Operation.Store:
                return Store(ref r, here, r.X[a], r.X[b], c);
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
            case Operation.BranchTo:
                r.Pc = r.X[a];
                return null;
            case Operation.Hypercall:
                return new(VcpuExitKind.Hypercall, 0, BinaryPrimitives.ReadUInt16LittleEndian(word[2..]));
            case Operation.WaitForInterrupt:
                return new(VcpuExitKind.WaitForInterrupt, 0);
            case Operation.ReadSystem when vcpu.Hardware.TryRead(register, out ulong read):
                r.X[a] = read;
                return null;
            case Operation.WriteSystem when vcpu.Hardware.TryWrite(register, r.X[a]):
                return null;
            case Operation.SetTable:
                _memory.SetTable(r.X[a]);
                return null;
            case Operation.SetVector:
                _vector = r.X[a];
                return null;
            default:
                return new(VcpuExitKind.Fault, 0, Reason: $"undefined instruction at 0x{here:x}");
        }
    }

    private VcpuExit? Load(ref GuestRegisters r, ulong here, int target, ulong address, int size)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        bytes.Clear();
        RegisterAccess access = _memory.Read(address, bytes[..size], out ulong intermediate);
        if (access == RegisterAccess.Done)
            r.X[target] = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (access != RegisterAccess.NoMemory)
            return access == RegisterAccess.Done ? null : Abort(ref r, here);
        _loads = target;
        return new(VcpuExitKind.DeviceAccess, 0, Access: new(intermediate, size, IsWrite: false));
    }

    private VcpuExit? Store(ref GuestRegisters r, ulong here, ulong value, ulong address, int size)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        RegisterAccess access = _memory.Write(address, bytes[..size], out ulong intermediate);
        if (access != RegisterAccess.NoMemory)
            return access == RegisterAccess.Done ? null : Abort(ref r, here);
        _loads = null;
        return new(VcpuExitKind.DeviceAccess, 0, Access: new(intermediate, size, IsWrite: true, value));
    }

    /// <summary>Goes on at the vector; without one the guest does not take aborts.</summary>
    private VcpuExit? Abort(ref GuestRegisters r, ulong here)
    {
        if (_vector == 0)
            return new(VcpuExitKind.Fault, 0, Reason: "an abort that the guest does not take");
        r.X[AbortRegister] = here;
        r.Pc = _vector;
        return null;
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
    BranchTo,
    SetTable,
    SetVector,
}
