using System.Globalization;

namespace Devicetree.Compatibility;

/// <summary>A version of dtc, libfdt and fdtoverlay, which are released together.</summary>
/// <param name="Major">The first number.</param>
/// <param name="Minor">The second number.</param>
/// <param name="Patch">The third number.</param>
public readonly record struct DtcVersion(int Major, int Minor, int Patch) : IComparable<DtcVersion>
{
    /// <summary>
    /// Every release that is known here, oldest first. Behaviour is the releases', so no other version can be asked for.
    /// </summary>
    public static IReadOnlyList<DtcVersion> Known { get; } =
        [new(1, 6, 1), new(1, 7, 0), new(1, 7, 1), new(1, 7, 2), new(1, 8, 0), new(1, 8, 1)];

    /// <summary>1.6.1, the release of Debian 12, which tests beside an installed dtc compare with.</summary>
    public static DtcVersion Debian => Known[0];

    /// <summary>
    /// The newest release that is known here: the default of the library, of every tool and of the drop-in names.
    /// </summary>
    public static DtcVersion Newest => Known[^1];

    /// <summary>True when this version behaves as a change says.</summary>
    internal bool Has(DtcChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return CompareTo(change.Since) >= 0;
    }

    /// <summary>The releases as a message names them: <c>1.6.1, 1.7.0, …</c>.</summary>
    public static string KnownText => string.Join(", ", Known);

    /// <summary>The position of a release in <see cref="Known"/>; -1 for a version that was never released.</summary>
    internal static int IndexOf(DtcVersion version)
    {
        for (int i = 0; i < Known.Count; i++)
        {
            if (Known[i] == version)
                return i;
        }
        return -1;
    }

    /// <summary>Reads the version of a release: <c>1.6.1</c>.</summary>
    /// <returns>False for another text, and for a version that was never released.</returns>
    public static bool TryParseKnown(string? text, out DtcVersion version) =>
        TryParse(text, out version) && IndexOf(version) >= 0;

    /// <summary>Reads <c>1.6.1</c>.</summary>
    public static bool TryParse(string? text, out DtcVersion version)
    {
        version = default;
        string[] parts = text?.Split('.') ?? [];
        var numbers = new int[3];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (parts.Length != numbers.Length
                || !int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
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
