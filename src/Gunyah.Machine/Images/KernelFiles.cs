namespace Gunyah.Machine.Images;

/// <summary>What a VM that runs a kernel is started with.</summary>
/// <param name="Name">What the kernel is called in diagnostics: its path, for instance.</param>
/// <param name="Kernel">The kernel: an arm64 <c>Image</c>, packed by gzip or not, an ELF file, or a raw binary.</param>
/// <param name="Ramdisk">Its initial RAM disk; null for none.</param>
public sealed record KernelFiles(string Name, GuestFile Kernel, Ramdisk? Ramdisk = null) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Kernel.Dispose();
        Ramdisk?.Dispose();
    }
}
