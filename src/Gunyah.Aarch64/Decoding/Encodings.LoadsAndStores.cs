namespace Gunyah.Aarch64.Decoding;

internal static partial class Encodings
{
    /// <summary>Loads and stores of general registers.</summary>
    private static EncodingRow[] LoadsAndStores =>
    [
        new("LDR (immediate, unsigned offset)", "1 x 111 0 01 01 imm12:12 Rn:5 Rt:5", Operation.LoadImmediateUnsigned),
        new("STR (immediate, unsigned offset)", "size:2 111 0 01 00 imm12:12 Rn:5 Rt:5", Operation.StoreImmediateUnsigned),
    ];
}
