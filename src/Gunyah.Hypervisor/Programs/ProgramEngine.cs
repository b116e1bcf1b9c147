using Gunyah.Abi.Images;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Hypervisor.Programs;

/// <summary>
/// The engine of guests in C#. A program makes its calls by the typed face while it runs and reaches no devices, so of the exits
/// it has the few that a step can end with.
/// </summary>
internal sealed class ProgramEngine(IVcpuProgram program) : IVcpuEngine
{
    /// <inheritdoc/>
    public VcpuExit Run(IVcpu vcpu, int budget)
    {
        VcpuStep step = program.Run(vcpu, budget);
        VcpuExitKind kind = vcpu.IsHalted ? VcpuExitKind.Halted
            : step == VcpuStep.WaitForInterrupt ? VcpuExitKind.WaitForInterrupt
            : VcpuExitKind.BudgetUsed;
        return new(kind, budget);
    }

    /// <inheritdoc/>
    public void Complete(DeviceAnswer answer, ulong value) =>
        throw new InvalidOperationException("a program in C# makes no device access");
}

/// <summary>
/// A VM of guests in C#. An image at the entry names the program of a vCPU; where none is, a vCPU runs the program that the VM
/// began with, and finds in its registers where it was started.
/// </summary>
internal sealed class ProgramVm(Func<string, IVcpuProgram?> programs, string first) : IVmEngine
{
    /// <inheritdoc/>
    public IVcpuEngine? Start(ReadOnlySpan<byte> atEntry)
    {
        IVcpuProgram? named = GuestImage.TryReadProgram(atEntry, out string? name) ? programs(name) : null;
        return (named ?? programs(first)) is { } program ? new ProgramEngine(program) : null;
    }
}
