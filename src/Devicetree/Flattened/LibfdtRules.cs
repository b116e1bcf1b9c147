using Devicetree.Compatibility;

namespace Devicetree.Flattened;

/// <summary>What a version of libfdt does where versions differ, looked up once for a view.</summary>
/// <param name="LengthsAreChecked">See <see cref="DtcChanges.PropertyLengthsChecked"/>.</param>
/// <param name="PathsAreChecked">See <see cref="DtcChanges.PathsChecked"/>.</param>
/// <param name="ReservationsAreChecked">See <see cref="DtcChanges.ReservationsChecked"/>.</param>
internal readonly record struct LibfdtRules(bool LengthsAreChecked, bool PathsAreChecked, bool ReservationsAreChecked)
{
    public static LibfdtRules Of(DtcVersion version) =>
        new(version.Has(DtcChanges.PropertyLengthsChecked), version.Has(DtcChanges.PathsChecked),
        version.Has(DtcChanges.ReservationsChecked));
}
