using System.Globalization;

namespace Devicetree.Compatibility;

/// <summary>A version of dtc, libfdt and fdtoverlay, which are released together.</summary>
/// <param name="Major">The first number.</param>
/// <param name="Minor">The second number.</param>
/// <param name="Patch">The third number.</param>
public readonly record struct DtcVersion(int Major, int Minor, int Patch) : IComparable<DtcVersion>
{
    /// <summary>1.6.1: the version of Debian 12 and of the kernel's own copy; what the drop-in names are by default.</summary>
    public static readonly DtcVersion Debian = new(1, 6, 1);

    /// <summary>1.8.1: the newest version that is known here; what <c>dt</c>'s own verbs follow.</summary>
    public static readonly DtcVersion Newest = new(1, 8, 1);

    /// <summary>True when this version behaves as a change says.</summary>
    public bool Has(DtcChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return CompareTo(change.Since) >= 0;
    }

    /// <summary>Reads <c>1.6.1</c>.</summary>
    public static bool TryParse(string? text, out DtcVersion version)
    {
        version = default;
        string[] parts = text?.Split('.') ?? [];
        var numbers = new int[3];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (parts.Length != numbers.Length || !int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
                return false;
        }
        version = new(numbers[0], numbers[1], numbers[2]);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(DtcVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}");

    /// <summary>True when the left version is older.</summary>
    public static bool operator <(DtcVersion left, DtcVersion right) => left.CompareTo(right) < 0;

    /// <summary>True when the left version is newer.</summary>
    public static bool operator >(DtcVersion left, DtcVersion right) => left.CompareTo(right) > 0;

    /// <summary>True when the left version is not newer.</summary>
    public static bool operator <=(DtcVersion left, DtcVersion right) => left.CompareTo(right) <= 0;

    /// <summary>True when the left version is not older.</summary>
    public static bool operator >=(DtcVersion left, DtcVersion right) => left.CompareTo(right) >= 0;
}
