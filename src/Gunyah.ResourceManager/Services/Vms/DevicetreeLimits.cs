using Devicetree.Flattened;
using Gunyah.Guest.Platform;

namespace Gunyah.ResourceManager.Services.Vms;

/// <summary>What the Resource Manager is ready to read from a VM, or from a board, as a devicetree.</summary>
internal static class DevicetreeLimits
{
    /// <summary>The arm64 boot protocol's limit: no guest reads a larger one.</summary>
    public const int MaxSize = DevicetreeLoader.MaxSize;

    public static FdtReaderOptions Reading { get; } = new() { MaxTotalSize = MaxSize, MaxNodes = 65_536, MaxDepth = 64 };
}
