using Gunyah.Abi.Programs;

namespace Gunyah.Hypervisor.Vcpus;

/// <summary>Knows guests in C# and nothing else.</summary>
internal sealed class ProgramVmLoader(IVcpuProgramLoader loader) : IVmEngineLoader
{
    /// <inheritdoc/>
    public IVmEngine? Choose(ReadOnlySpan<byte> image) => new ProgramVm(loader, image.ToArray());
}
