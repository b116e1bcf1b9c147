using Gunyah.Aarch64.Decoding;

namespace Gunyah.Aarch64.Tests.Oracles;

/// <summary>
/// Instructions that <c>qemu-aarch64 -cpu max</c> 7.2 has and our ID registers deny, by mnemonic: words of these may run there.
/// </summary>
internal static partial class DeniedExtensions
{
    /// <summary>All patterns.</summary>
    public static IReadOnlyList<EncodingRow> All { get; } =
    [
        Denied("SVE", "xxx 0010 xxxxxxxxxxxxxxxxxxxxxxxxx"),

        // FEAT_MTE
        Denied("ADDG, SUBG", "1 op 0 100011 0 uimm6:6 op3:2 uimm4:4 Rn:5 Rd:5"),
        Denied("SUBP", "1 0 S 11010110 Rm:5 000000 Rn:5 Rd:5"),
        Denied("IRG, GMI", "1 0 0 11010110 Rm:5 00010 op Rn:5 Rd:5"),
        Denied("STG, LDG, STZG, ST2G, STZ2G, STGM, LDGM, STZGM", "11011001 opc:2 1 imm9:9 op2:2 Rn:5 Rt:5"),
        Denied("STGP", "01 101 0 0 index:2 0 imm7:7 Rt2:5 Rn:5 Rt:5"),

        // FEAT_PAuth
        Denied("BRAA, BRAB, BRAAZ, BRABZ", "1101011 Z 0 00 11111 00001 M Rn:5 Rm:5"),
        Denied("BLRAA, BLRAB, BLRAAZ, BLRABZ", "1101011 Z 0 01 11111 00001 M Rn:5 Rm:5"),
        Denied("RETAA, RETAB", "1101011 0 0 10 11111 00001 M 11111 11111"),
        Denied("PACIA and its like, AUTIA and its like, XPACI, XPACD", "1 1 0 11010110 00001 opcode:6 Rn:5 Rd:5"),
        Denied("PACGA", "1 0 0 11010110 Rm:5 001100 Rn:5 Rd:5"),
        Denied("LDRAA, LDRAB", "11 111 0 00 M S 1 imm9:9 W 1 Rn:5 Rt:5"),

        // FEAT_LRCPC, FEAT_LRCPC2, FEAT_LOR
        Denied("LDAPR", "size:2 111 0 00 1 0 1 Rs:5 1 100 00 Rn:5 Rt:5"),
        Denied("LDAPUR, STLUR", "size:2 011 0 01 opc:2 0 imm9:9 00 Rn:5 Rt:5"),
        Denied("LDLAR, STLLR", "size:2 001000 1 L 0 Rs:5 0 Rt2:5 Rn:5 Rt:5"),

        // FEAT_FlagM, FEAT_SB
        Denied("RMIF", "1 0 1 11010000 imm6:6 00001 Rn:5 0 mask:4"),
        Denied("SETF8, SETF16", "0 0 1 11010000 00000 0 sz 0010 Rn:5 0 1101"),
        Denied("SB", "1101010100 0 00 011 0011 CRm:4 111 11111"),

        .. SystemSpace,
        .. Vectors,
    ];

    /// <summary>True for a row of words that end QEMU itself.</summary>
    public static bool IsUnasked(EncodingRow row) => row.Operation == Operation.Hint;

    private static EncodingRow Denied(string mnemonic, string pattern, Func<Word, bool>? condition = null) =>
        new(mnemonic, pattern, Operation.Undefined) { Condition = condition };

    /// <summary>Words that QEMU 7.2 must not be asked about; the operation is a mark.</summary>
    private static EncodingRow Unasked(string why, string pattern) => new(why, pattern, Operation.Hint);
}
