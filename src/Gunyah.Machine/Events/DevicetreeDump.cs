using System.Collections.Concurrent;
using System.Collections.Immutable;
using Gunyah.Abi;
using Gunyah.Abi.Events;

namespace Gunyah.Machine.Events;

/// <summary>
/// Keeps the last final devicetree and overlay of each VM, under the VM's name. The primary VM is called
/// <see cref="PrimaryName"/>.
/// </summary>
public sealed class DevicetreeDump : IEventReader
{
    /// <summary>What the primary VM's files are called, whatever its name is.</summary>
    public const string PrimaryName = "primary";

    private const string TreeExtension = ".dtb";
    private const string OverlayExtension = ".dtbo";

    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _files = new(StringComparer.Ordinal);

    /// <summary>What the names of a VM's files end with.</summary>
    public static ImmutableArray<string> Extensions { get; } = [TreeExtension, OverlayExtension];

    /// <inheritdoc/>
    public ulong Wanted => EventStream.Bit(EventKind.Devicetree);

    /// <summary>The files: <c>NAME.dtb</c> and <c>NAME.dtbo</c>, sorted by name.</summary>
    public IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> Files =>
        _files.OrderBy(file => file.Key, StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Read(in GunyahEvent e)
    {
        string? extension = (DevicetreeStage)e.Values.B switch
        {
            DevicetreeStage.Final => TreeExtension,
            DevicetreeStage.Overlay => OverlayExtension,
            _ => null,
        };
        if (extension is not null)
            _files[FileName(e.Values.A, e.Text) + extension] = e.Data;
    }

    /// <summary>A VM's name as a file's name: it comes from a configuration, so it may hold anything.</summary>
    private static string FileName(ulong vmid, string? name)
    {
        if (vmid == WellKnownVmids.Primary)
            return PrimaryName;
        string safe = new([.. (name ?? "").Select(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_')]);
        return safe.Length == 0 ? $"vm-{vmid:x}" : safe;
    }
}
