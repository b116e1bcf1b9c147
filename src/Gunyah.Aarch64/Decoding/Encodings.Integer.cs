namespace Gunyah.Aarch64.Decoding;

internal static partial class Encodings
{
    /// <summary>Data processing of general registers.</summary>
    private static EncodingRow[] Integer =>
    [
        new("ADD (immediate)", "sf 0 0 100010 sh imm12:12 Rn:5 Rd:5", Operation.AddImmediate),
        new("ADR", "0 immlo:2 10000 immhi:19 Rd:5", Operation.Adr),
        new("ADRP", "1 immlo:2 10000 immhi:19 Rd:5", Operation.Adrp),
    ];
}
