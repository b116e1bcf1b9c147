using Gunyah.Abi;
using Gunyah.Abi.Images;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.AddressSpaces;
using Gunyah.Hypervisor.Memory;
using Gunyah.Hypervisor.Threads;

namespace Gunyah.Hypervisor.Vcpus;

/// <summary>
/// What executes the guest on a vCPU: its registers, and the engine that the VM's first image chose. It runs until it exits, and
/// knows neither the thread that runs it nor what an exit leads to.
/// </summary>
/// <param name="engines">Knows the engines that images ask for.</param>
internal sealed class VcpuCore(IVmEngineLoader engines)
{
    private const int InstructionSize = 4;

    private GuestRegisters _registers;
    private IVcpuEngine? _engine;

    public ref GuestRegisters Registers => ref _registers;

    /// <summary>vcpu_register_write. The thread sees to it that nobody runs the core.</summary>
    public GunyahError Write(VcpuRegisterSet set, uint index, ulong value)
    {
        switch (set)
        {
            case VcpuRegisterSet.General when index < GeneralRegisters.Count:
                _registers.X[(int)index] = value;
                return GunyahError.Ok;
            case VcpuRegisterSet.ProgramCounter when index == 0 && value % 4 == 0:
                _registers.Pc = value;
                return GunyahError.Ok;
            case VcpuRegisterSet.StackPointer when index == 0 && value % 16 == 0:
                _registers.SpEl0 = value;
                return GunyahError.Ok;
            case VcpuRegisterSet.StackPointer when index == 1 && value % 16 == 0:
                _registers.SpEl1 = value;
                return GunyahError.Ok;
            default:
                return GunyahError.ArgumentInvalid;
        }
    }

    /// <summary>Starts anew, with another engine: power-on, or a wake-up from a state that lost the core's content.</summary>
    public void Reset(in VcpuStart start)
    {
        _engine = null;
        _registers.Pc = start.Entry ?? _registers.Pc;
        _registers.X[0] = start.Context ?? _registers.X[0];
    }

    /// <summary>
    /// Makes the engine, if there is none yet. The VM's first image decides what executes it; a vCPU then starts wherever there
    /// is executable memory.
    /// </summary>
    /// <returns>Why nothing can start here; null where there is an engine.</returns>
    public string? Start(GuestMemory memory, AddressSpace space)
    {
        if (_engine is not null)
            return null;

        ulong entry = _registers.Pc;
        Span<byte> bytes = stackalloc byte[GuestImage.HeaderSize];
        if (memory.Read(entry, bytes, MemoryAccess.Execute) != GunyahError.Ok)
        {
            // Code may end before a header would.
            bytes = bytes[..InstructionSize];
            if (memory.Read(entry, bytes, MemoryAccess.Execute) != GunyahError.Ok)
                return $"no executable memory at 0x{entry:x}";
        }

        IVmEngine? vm = space.Engine ?? engines.Choose(bytes);
        IVcpuEngine? engine = vm?.Start(bytes);
        if (engine is not null && space.Decide(vm!) is { } decided && decided != vm)
            engine = decided.Start(bytes);
        if (engine is null)
            return $"no known image at 0x{entry:x}";
        _engine = engine;
        memory.StageOne = engine as IStageOne;
        return null;
    }

    /// <summary>Runs the engine until it exits. It has been started.</summary>
    public VcpuExit Run(IVcpu port, int budget) => Engine.Run(port, budget);

    /// <summary>Ends the device access that the engine exited with.</summary>
    public void Complete(DeviceAnswer answer, ulong value) => Engine.Complete(answer, value);

    private IVcpuEngine Engine => _engine ?? throw new InvalidOperationException("the core was not started");
}
