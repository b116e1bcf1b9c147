using Devicetree.Flattened;

namespace Gunyah.ResourceManager.Services.Vms;

/// <summary>What the Resource Manager is ready to read from a VM, or from a board, as a devicetree.</summary>
internal static class DevicetreeLimits
{
    /// <summary>The arm64 boot protocol's limit, 2 MiB.</summary>
    public const int MaxSize = 2 * 1024 * 1024;

    public static FdtReaderOptions Reading { get; } = new() { MaxTotalSize = MaxSize, MaxNodes = 65_536, MaxDepth = 64 };
}
