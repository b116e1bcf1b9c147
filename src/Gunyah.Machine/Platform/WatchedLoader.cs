using Gunyah.Abi.Images;
using Gunyah.Abi.Programs;
using Gunyah.ResourceManager;

namespace Gunyah.Machine.Platform;

/// <summary>A loader that tells when the first VM but the Resource Manager's is about to begin, whatever executes it.</summary>
/// <param name="engines">Chooses what executes a VM.</param>
internal sealed class WatchedLoader(IVmEngineLoader engines) : IVmEngineLoader
{
    private Action? _onFirstGuest;

    /// <summary>Sets what to do when the first guest begins; before anything runs.</summary>
    public void OnFirstGuest(Action action) => _onFirstGuest = action;

    /// <inheritdoc/>
    public IVmEngine? Choose(ReadOnlySpan<byte> image)
    {
        if (!GuestImage.TryReadProgram(image, out string? name) || name != ResourceManagerProgram.Name)
            Interlocked.Exchange(ref _onFirstGuest, null)?.Invoke();
        return engines.Choose(image);
    }
}
