namespace Gunyah.Aarch64.Decoding;

internal static partial class Encodings
{
    /// <summary>Loads and stores of one general register (Arm ARM DDI 0487, C4.1.94).</summary>
    private static EncodingRow[] LoadsAndStores =>
    [
        new("STRB (immediate, unsigned offset)", "00 111 0 01 00 imm12:12 Rn:5 Rt:5", Operation.StoreUnsignedOffset),
        new("LDRB (immediate, unsigned offset)", "00 111 0 01 01 imm12:12 Rn:5 Rt:5", Operation.LoadUnsignedOffset),
        new("LDRSB (immediate, unsigned offset)", "00 111 0 01 1 opc0 imm12:12 Rn:5 Rt:5", Operation.LoadUnsignedOffset),
        new("STRH (immediate, unsigned offset)", "01 111 0 01 00 imm12:12 Rn:5 Rt:5", Operation.StoreUnsignedOffset),
        new("LDRH (immediate, unsigned offset)", "01 111 0 01 01 imm12:12 Rn:5 Rt:5", Operation.LoadUnsignedOffset),
        new("LDRSH (immediate, unsigned offset)", "01 111 0 01 1 opc0 imm12:12 Rn:5 Rt:5", Operation.LoadUnsignedOffset),
        new("STR (immediate, unsigned offset)", "1 size0 111 0 01 00 imm12:12 Rn:5 Rt:5", Operation.StoreUnsignedOffset),
        new("LDR (immediate, unsigned offset)", "1 size0 111 0 01 01 imm12:12 Rn:5 Rt:5", Operation.LoadUnsignedOffset),
        new("LDRSW (immediate, unsigned offset)", "10 111 0 01 10 imm12:12 Rn:5 Rt:5", Operation.LoadUnsignedOffset),
        new("PRFM (immediate)", "11 111 0 01 10 imm12:12 Rn:5 Rt:5", Operation.Prefetch),

        new("STRB (immediate, post-index)", "00 111 0 00 00 0 imm9:9 01 Rn:5 Rt:5", Operation.StorePostIndex),
        new("LDRB (immediate, post-index)", "00 111 0 00 01 0 imm9:9 01 Rn:5 Rt:5", Operation.LoadPostIndex),
        new("LDRSB (immediate, post-index)", "00 111 0 00 1 opc0 0 imm9:9 01 Rn:5 Rt:5", Operation.LoadPostIndex),
        new("STRH (immediate, post-index)", "01 111 0 00 00 0 imm9:9 01 Rn:5 Rt:5", Operation.StorePostIndex),
        new("LDRH (immediate, post-index)", "01 111 0 00 01 0 imm9:9 01 Rn:5 Rt:5", Operation.LoadPostIndex),
        new("LDRSH (immediate, post-index)", "01 111 0 00 1 opc0 0 imm9:9 01 Rn:5 Rt:5", Operation.LoadPostIndex),
        new("STR (immediate, post-index)", "1 size0 111 0 00 00 0 imm9:9 01 Rn:5 Rt:5", Operation.StorePostIndex),
        new("LDR (immediate, post-index)", "1 size0 111 0 00 01 0 imm9:9 01 Rn:5 Rt:5", Operation.LoadPostIndex),
        new("LDRSW (immediate, post-index)", "10 111 0 00 10 0 imm9:9 01 Rn:5 Rt:5", Operation.LoadPostIndex),

        new("STRB (immediate, pre-index)", "00 111 0 00 00 0 imm9:9 11 Rn:5 Rt:5", Operation.StorePreIndex),
        new("LDRB (immediate, pre-index)", "00 111 0 00 01 0 imm9:9 11 Rn:5 Rt:5", Operation.LoadPreIndex),
        new("LDRSB (immediate, pre-index)", "00 111 0 00 1 opc0 0 imm9:9 11 Rn:5 Rt:5", Operation.LoadPreIndex),
        new("STRH (immediate, pre-index)", "01 111 0 00 00 0 imm9:9 11 Rn:5 Rt:5", Operation.StorePreIndex),
        new("LDRH (immediate, pre-index)", "01 111 0 00 01 0 imm9:9 11 Rn:5 Rt:5", Operation.LoadPreIndex),
        new("LDRSH (immediate, pre-index)", "01 111 0 00 1 opc0 0 imm9:9 11 Rn:5 Rt:5", Operation.LoadPreIndex),
        new("STR (immediate, pre-index)", "1 size0 111 0 00 00 0 imm9:9 11 Rn:5 Rt:5", Operation.StorePreIndex),
        new("LDR (immediate, pre-index)", "1 size0 111 0 00 01 0 imm9:9 11 Rn:5 Rt:5", Operation.LoadPreIndex),
        new("LDRSW (immediate, pre-index)", "10 111 0 00 10 0 imm9:9 11 Rn:5 Rt:5", Operation.LoadPreIndex),

        new("STRB (register)", "00 111 0 00 00 1 Rm:5 option:3 S 10 Rn:5 Rt:5", Operation.StoreRegisterOffset, ExtendsWord),
        new("LDRB (register)", "00 111 0 00 01 1 Rm:5 option:3 S 10 Rn:5 Rt:5", Operation.LoadRegisterOffset, ExtendsWord),
        new("LDRSB (register)", "00 111 0 00 1 opc0 1 Rm:5 option:3 S 10 Rn:5 Rt:5", Operation.LoadRegisterOffset, ExtendsWord),
        new("STRH (register)", "01 111 0 00 00 1 Rm:5 option:3 S 10 Rn:5 Rt:5", Operation.StoreRegisterOffset, ExtendsWord),
        new("LDRH (register)", "01 111 0 00 01 1 Rm:5 option:3 S 10 Rn:5 Rt:5", Operation.LoadRegisterOffset, ExtendsWord),
        new("LDRSH (register)", "01 111 0 00 1 opc0 1 Rm:5 option:3 S 10 Rn:5 Rt:5", Operation.LoadRegisterOffset, ExtendsWord),
        new("STR (register)", "1 size0 111 0 00 00 1 Rm:5 option:3 S 10 Rn:5 Rt:5", Operation.StoreRegisterOffset, ExtendsWord),
        new("LDR (register)", "1 size0 111 0 00 01 1 Rm:5 option:3 S 10 Rn:5 Rt:5", Operation.LoadRegisterOffset, ExtendsWord),
        new("LDRSW (register)", "10 111 0 00 10 1 Rm:5 option:3 S 10 Rn:5 Rt:5", Operation.LoadRegisterOffset, ExtendsWord),
        new("PRFM (register)", "11 111 0 00 10 1 Rm:5 option:3 S 10 Rn:5 Rt:5", Operation.Prefetch, ExtendsWord),

        new("STURB", "00 111 0 00 00 0 imm9:9 00 Rn:5 Rt:5", Operation.StoreUnscaled),
        new("LDURB", "00 111 0 00 01 0 imm9:9 00 Rn:5 Rt:5", Operation.LoadUnscaled),
        new("LDURSB", "00 111 0 00 1 opc0 0 imm9:9 00 Rn:5 Rt:5", Operation.LoadUnscaled),
        new("STURH", "01 111 0 00 00 0 imm9:9 00 Rn:5 Rt:5", Operation.StoreUnscaled),
        new("LDURH", "01 111 0 00 01 0 imm9:9 00 Rn:5 Rt:5", Operation.LoadUnscaled),
        new("LDURSH", "01 111 0 00 1 opc0 0 imm9:9 00 Rn:5 Rt:5", Operation.LoadUnscaled),
        new("STUR", "1 size0 111 0 00 00 0 imm9:9 00 Rn:5 Rt:5", Operation.StoreUnscaled),
        new("LDUR", "1 size0 111 0 00 01 0 imm9:9 00 Rn:5 Rt:5", Operation.LoadUnscaled),
        new("LDURSW", "10 111 0 00 10 0 imm9:9 00 Rn:5 Rt:5", Operation.LoadUnscaled),
        new("PRFUM", "11 111 0 00 10 0 imm9:9 00 Rn:5 Rt:5", Operation.Prefetch),

        new("STTRB", "00 111 0 00 00 0 imm9:9 10 Rn:5 Rt:5", Operation.StoreUnprivileged),
        new("LDTRB", "00 111 0 00 01 0 imm9:9 10 Rn:5 Rt:5", Operation.LoadUnprivileged),
        new("LDTRSB", "00 111 0 00 1 opc0 0 imm9:9 10 Rn:5 Rt:5", Operation.LoadUnprivileged),
        new("STTRH", "01 111 0 00 00 0 imm9:9 10 Rn:5 Rt:5", Operation.StoreUnprivileged),
        new("LDTRH", "01 111 0 00 01 0 imm9:9 10 Rn:5 Rt:5", Operation.LoadUnprivileged),
        new("LDTRSH", "01 111 0 00 1 opc0 0 imm9:9 10 Rn:5 Rt:5", Operation.LoadUnprivileged),
        new("STTR", "1 size0 111 0 00 00 0 imm9:9 10 Rn:5 Rt:5", Operation.StoreUnprivileged),
        new("LDTR", "1 size0 111 0 00 01 0 imm9:9 10 Rn:5 Rt:5", Operation.LoadUnprivileged),
        new("LDTRSW", "10 111 0 00 10 0 imm9:9 10 Rn:5 Rt:5", Operation.LoadUnprivileged),

        new("LDR (literal)", "0 size0 011 0 00 imm19:19 Rt:5", Operation.LoadLiteral),
        new("LDRSW (literal)", "10 011 0 00 imm19:19 Rt:5", Operation.LoadLiteral),
        new("PRFM (literal)", "11 011 0 00 imm19:19 Rt:5", Operation.Prefetch),
    ];

    /// <summary>Loads and stores of two general registers.</summary>
    private static EncodingRow[] Pairs =>
    [
        new("STNP", "sf 0 101 0 000 0 imm7:7 Rt2:5 Rn:5 Rt:5", Operation.StorePairOffset),
        new("LDNP", "sf 0 101 0 000 1 imm7:7 Rt2:5 Rn:5 Rt:5", Operation.LoadPairOffset),
        new("STP (post-index)", "sf 0 101 0 001 0 imm7:7 Rt2:5 Rn:5 Rt:5", Operation.StorePairPostIndex),
        new("LDP (post-index)", "sf 0 101 0 001 1 imm7:7 Rt2:5 Rn:5 Rt:5", Operation.LoadPairPostIndex),
        new("LDPSW (post-index)", "01 101 0 001 1 imm7:7 Rt2:5 Rn:5 Rt:5", Operation.LoadPairPostIndex),
        new("STP (signed offset)", "sf 0 101 0 010 0 imm7:7 Rt2:5 Rn:5 Rt:5", Operation.StorePairOffset),
        new("LDP (signed offset)", "sf 0 101 0 010 1 imm7:7 Rt2:5 Rn:5 Rt:5", Operation.LoadPairOffset),
        new("LDPSW (signed offset)", "01 101 0 010 1 imm7:7 Rt2:5 Rn:5 Rt:5", Operation.LoadPairOffset),
        new("STP (pre-index)", "sf 0 101 0 011 0 imm7:7 Rt2:5 Rn:5 Rt:5", Operation.StorePairPreIndex),
        new("LDP (pre-index)", "sf 0 101 0 011 1 imm7:7 Rt2:5 Rn:5 Rt:5", Operation.LoadPairPreIndex),
        new("LDPSW (pre-index)", "01 101 0 011 1 imm7:7 Rt2:5 Rn:5 Rt:5", Operation.LoadPairPreIndex),
    ];

    /// <summary>An index is a word or a doubleword.</summary>
    private static bool ExtendsWord(Word word) => word.Bit(14);
}
