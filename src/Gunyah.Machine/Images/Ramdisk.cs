using Gunyah.Hypervisor.Memory;

namespace Gunyah.Machine.Images;

/// <summary>
/// An initial RAM disk: archives one behind the other, each at a multiple of four bytes, as Linux unpacks them
/// (Documentation/driver-api/early-userspace/buffer-format). Its files are read when it is loaded.
/// </summary>
public sealed class Ramdisk : IDisposable
{
    private const ulong Alignment = 4;

    private readonly List<(ulong Offset, GuestFile File)> _parts = [];

    /// <summary>Its size in bytes.</summary>
    public ulong Size { get; private set; }

    /// <summary>Appends an archive, packed or not, or a part of one, from the next multiple of four bytes on.</summary>
    /// <param name="file">What is in it; closed with this.</param>
    public void Append(GuestFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        Size = (Size + (Alignment - 1)) & ~(Alignment - 1);
        _parts.Add((Size, file));
        Size += file.Size;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((_, GuestFile file) in _parts)
            file.Dispose();
    }

    /// <summary>Puts it into memory that is zero.</summary>
    /// <exception cref="IOException">A file cannot be read any more.</exception>
    internal void Load(PhysicalMemory memory, ulong address)
    {
        foreach ((ulong offset, GuestFile file) in _parts)
            KernelImage.Load(memory, file, new(0, file.Size, address + offset));
    }
}
