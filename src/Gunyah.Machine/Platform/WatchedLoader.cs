using Gunyah.Abi.Images;
using Gunyah.Abi.Programs;
using Gunyah.Hypervisor.Vcpus;
using Gunyah.ResourceManager;

namespace Gunyah.Machine.Platform;

/// <summary>A loader that tells when the first program but the Resource Manager is about to begin.</summary>
/// <param name="programs">Makes the programs.</param>
internal sealed class WatchedLoader(IVcpuProgramLoader programs) : IVcpuProgramLoader
{
    private Action? _onFirstGuest;

    /// <summary>Sets what to do when the first guest begins; before anything runs.</summary>
    public void OnFirstGuest(Action action) => _onFirstGuest = action;

    /// <inheritdoc/>
    public IVcpuProgram? Load(ReadOnlySpan<byte> imageAtEntry)
    {
        if (!GuestImage.TryReadProgram(imageAtEntry, out string? name) || name != ResourceManagerProgram.Name)
            Interlocked.Exchange(ref _onFirstGuest, null)?.Invoke();
        return programs.Load(imageAtEntry);
    }
}
