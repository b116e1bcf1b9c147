using System.Globalization;

namespace Gunyah.Abi;

/// <summary>
/// A capability ID: a 64-bit number that means an object only inside one capability space (gunyah-abi.md 4.1.2).
/// </summary>
/// <param name="Value">The number as the guest passes it in a register.</param>
public readonly record struct CapId(ulong Value)
{
    /// <summary>The ID that never decodes: all ones. A failed create call answers it.</summary>
    public static readonly CapId Invalid = new(ulong.MaxValue);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"0x{Value:x}");
}
