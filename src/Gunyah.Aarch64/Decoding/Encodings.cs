namespace Gunyah.Aarch64.Decoding;

/// <summary>Every encoding that there is, one row each; the groups are those of the manual's chapter C4.</summary>
internal static partial class Encodings
{
    /// <summary>All rows, in the order of the groups.</summary>
    public static IReadOnlyList<EncodingRow> All { get; } =
    [
        .. IntegerImmediate, .. IntegerRegister, .. Branches, .. LoadsAndStores, .. Pairs, .. Atomics, .. SystemInstructions,
        .. SimdLoadsAndStores,
        .. SimdThree, .. SimdTwo, .. SimdScalar, .. SimdShiftAndElement, .. SimdCopyAndPermute, .. Cryptography,
        .. FloatingPoint, .. FloatingPointThree, .. FloatingPointTwo,
    ];
}
