using Gunyah.Abi.Images;
using Gunyah.Abi.Programs;

namespace Gunyah.Hypervisor.Programs;

/// <summary>Knows the images of guests in C# (<see cref="GuestImage"/>) and nothing else.</summary>
/// <param name="programs">
/// Makes the program of one vCPU by the name in its image, each time that a vCPU starts there; null where there is none of that
/// name, and the vCPU faults.
/// </param>
public sealed class ProgramVmLoader(Func<string, IVcpuProgram?> programs) : IVmEngineLoader
{
    /// <inheritdoc/>
    public IVmEngine? Choose(ReadOnlySpan<byte> image) =>
        GuestImage.TryReadProgram(image, out string? first) ? new ProgramVm(programs, first) : null;
}
