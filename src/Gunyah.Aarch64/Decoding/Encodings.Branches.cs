namespace Gunyah.Aarch64.Decoding;

internal static partial class Encodings
{
    /// <summary>Branches.</summary>
    private static EncodingRow[] Branches =>
    [
        new("B", "0 00101 imm26:26", Operation.Branch),
        new("BL", "1 00101 imm26:26", Operation.BranchWithLink),
        new("B.cond", "0101010 0 imm19:19 0 cond:4", Operation.BranchConditional),
        new("CBZ/CBNZ", "sf 011010 op imm19:19 Rt:5", Operation.CompareBranch),
        new("TBZ/TBNZ", "b5 011011 op b40:5 imm14:14 Rt:5", Operation.TestBranch),
        new("BR", "1101011 0 0 00 11111 000000 Rn:5 00000", Operation.BranchRegister),
        new("BLR", "1101011 0 0 01 11111 000000 Rn:5 00000", Operation.BranchLinkRegister),
        new("RET", "1101011 0 0 10 11111 000000 Rn:5 00000", Operation.Return),
    ];
}
