using Gunyah.Abi.Programs;

namespace Gunyah.Machine.Platform;

/// <summary>
/// Several kinds of images: the first loader that knows one decides. One that takes whatever it is given, a raw binary for
/// instance, comes last.
/// </summary>
internal sealed class EngineLoaders(IReadOnlyList<IVmEngineLoader> loaders) : IVmEngineLoader
{
    /// <inheritdoc/>
    public IVmEngine? Choose(ReadOnlySpan<byte> image)
    {
        foreach (IVmEngineLoader loader in loaders)
        {
            if (loader.Choose(image) is { } engine)
                return engine;
        }

        return null;
    }
}
