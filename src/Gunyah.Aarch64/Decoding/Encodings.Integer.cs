namespace Gunyah.Aarch64.Decoding;

internal static partial class Encodings
{
    /// <summary>Data processing of general registers, one operand an immediate (Arm ARM DDI 0487, C4.1.86).</summary>
    private static EncodingRow[] IntegerImmediate =>
    [
        new("ADR", "0 immlo:2 10000 immhi:19 Rd:5", Operation.Adr),
        new("ADRP", "1 immlo:2 10000 immhi:19 Rd:5", Operation.Adrp),

        new("ADD (immediate)", "sf 0 0 100010 sh imm12:12 Rn:5 Rd:5", Operation.AddImmediate),
        new("ADDS (immediate)", "sf 0 1 100010 sh imm12:12 Rn:5 Rd:5", Operation.AddImmediate),
        new("SUB (immediate)", "sf 1 0 100010 sh imm12:12 Rn:5 Rd:5", Operation.AddImmediate),
        new("SUBS (immediate)", "sf 1 1 100010 sh imm12:12 Rn:5 Rd:5", Operation.AddImmediate),

        new("AND (immediate)", "sf 00 100100 N immr:6 imms:6 Rn:5 Rd:5", Operation.LogicalImmediate, IsBitmask),
        new("ORR (immediate)", "sf 01 100100 N immr:6 imms:6 Rn:5 Rd:5", Operation.LogicalImmediate, IsBitmask),
        new("EOR (immediate)", "sf 10 100100 N immr:6 imms:6 Rn:5 Rd:5", Operation.LogicalImmediate, IsBitmask),
        new("ANDS (immediate)", "sf 11 100100 N immr:6 imms:6 Rn:5 Rd:5", Operation.LogicalImmediate, IsBitmask),

        new("MOVN", "sf 00 100101 hw:2 imm16:16 Rd:5", Operation.MoveWide, HasHalfWord),
        new("MOVZ", "sf 10 100101 hw:2 imm16:16 Rd:5", Operation.MoveWide, HasHalfWord),
        new("MOVK", "sf 11 100101 hw:2 imm16:16 Rd:5", Operation.MoveWide, HasHalfWord),

        new("SBFM", "sf 00 100110 N immr:6 imms:6 Rn:5 Rd:5", Operation.Bitfield, HasBitPositions),
        new("BFM", "sf 01 100110 N immr:6 imms:6 Rn:5 Rd:5", Operation.Bitfield, HasBitPositions),
        new("UBFM", "sf 10 100110 N immr:6 imms:6 Rn:5 Rd:5", Operation.Bitfield, HasBitPositions),

        new("EXTR", "sf 00 100111 N 0 Rm:5 imms:6 Rn:5 Rd:5", Operation.Extract, HasBitPositionOfExtract),
    ];

    /// <summary>Data processing of general registers alone (Arm ARM DDI 0487, C4.1.95).</summary>
    private static EncodingRow[] IntegerRegister =>
    [
        new("AND (shifted register)", "sf 00 01010 shift:2 0 Rm:5 imm6:6 Rn:5 Rd:5", Operation.LogicalShifted, HasShift),
        new("BIC (shifted register)", "sf 00 01010 shift:2 1 Rm:5 imm6:6 Rn:5 Rd:5", Operation.LogicalShifted, HasShift),
        new("ORR (shifted register)", "sf 01 01010 shift:2 0 Rm:5 imm6:6 Rn:5 Rd:5", Operation.LogicalShifted, HasShift),
        new("ORN (shifted register)", "sf 01 01010 shift:2 1 Rm:5 imm6:6 Rn:5 Rd:5", Operation.LogicalShifted, HasShift),
        new("EOR (shifted register)", "sf 10 01010 shift:2 0 Rm:5 imm6:6 Rn:5 Rd:5", Operation.LogicalShifted, HasShift),
        new("EON (shifted register)", "sf 10 01010 shift:2 1 Rm:5 imm6:6 Rn:5 Rd:5", Operation.LogicalShifted, HasShift),
        new("ANDS (shifted register)", "sf 11 01010 shift:2 0 Rm:5 imm6:6 Rn:5 Rd:5", Operation.LogicalShifted, HasShift),
        new("BICS (shifted register)", "sf 11 01010 shift:2 1 Rm:5 imm6:6 Rn:5 Rd:5", Operation.LogicalShifted, HasShift),

        new("ADD (shifted register)", "sf 0 0 01011 shift:2 0 Rm:5 imm6:6 Rn:5 Rd:5", Operation.AddShifted, HasAddShift),
        new("ADDS (shifted register)", "sf 0 1 01011 shift:2 0 Rm:5 imm6:6 Rn:5 Rd:5", Operation.AddShifted, HasAddShift),
        new("SUB (shifted register)", "sf 1 0 01011 shift:2 0 Rm:5 imm6:6 Rn:5 Rd:5", Operation.AddShifted, HasAddShift),
        new("SUBS (shifted register)", "sf 1 1 01011 shift:2 0 Rm:5 imm6:6 Rn:5 Rd:5", Operation.AddShifted, HasAddShift),

        new("ADD (extended register)", "sf 0 0 01011 00 1 Rm:5 option:3 imm3:3 Rn:5 Rd:5", Operation.AddExtended, HasExtend),
        new("ADDS (extended register)", "sf 0 1 01011 00 1 Rm:5 option:3 imm3:3 Rn:5 Rd:5", Operation.AddExtended, HasExtend),
        new("SUB (extended register)", "sf 1 0 01011 00 1 Rm:5 option:3 imm3:3 Rn:5 Rd:5", Operation.AddExtended, HasExtend),
        new("SUBS (extended register)", "sf 1 1 01011 00 1 Rm:5 option:3 imm3:3 Rn:5 Rd:5", Operation.AddExtended, HasExtend),

        new("ADC", "sf 0 0 11010000 Rm:5 000000 Rn:5 Rd:5", Operation.AddCarry),
        new("ADCS", "sf 0 1 11010000 Rm:5 000000 Rn:5 Rd:5", Operation.AddCarry),
        new("SBC", "sf 1 0 11010000 Rm:5 000000 Rn:5 Rd:5", Operation.AddCarry),
        new("SBCS", "sf 1 1 11010000 Rm:5 000000 Rn:5 Rd:5", Operation.AddCarry),

        new("CCMN (register)", "sf 0 1 11010010 Rm:5 cond:4 0 0 Rn:5 0 nzcv:4", Operation.ConditionalCompare),
        new("CCMP (register)", "sf 1 1 11010010 Rm:5 cond:4 0 0 Rn:5 0 nzcv:4", Operation.ConditionalCompare),
        new("CCMN (immediate)", "sf 0 1 11010010 imm5:5 cond:4 1 0 Rn:5 0 nzcv:4", Operation.ConditionalCompare),
        new("CCMP (immediate)", "sf 1 1 11010010 imm5:5 cond:4 1 0 Rn:5 0 nzcv:4", Operation.ConditionalCompare),

        new("CSEL", "sf 0 0 11010100 Rm:5 cond:4 00 Rn:5 Rd:5", Operation.ConditionalSelect),
        new("CSINC", "sf 0 0 11010100 Rm:5 cond:4 01 Rn:5 Rd:5", Operation.ConditionalSelect),
        new("CSINV", "sf 1 0 11010100 Rm:5 cond:4 00 Rn:5 Rd:5", Operation.ConditionalSelect),
        new("CSNEG", "sf 1 0 11010100 Rm:5 cond:4 01 Rn:5 Rd:5", Operation.ConditionalSelect),

        new("UDIV", "sf 0 0 11010110 Rm:5 00001 0 Rn:5 Rd:5", Operation.TwoSource),
        new("SDIV", "sf 0 0 11010110 Rm:5 00001 1 Rn:5 Rd:5", Operation.TwoSource),
        new("LSLV", "sf 0 0 11010110 Rm:5 0010 00 Rn:5 Rd:5", Operation.TwoSource),
        new("LSRV", "sf 0 0 11010110 Rm:5 0010 01 Rn:5 Rd:5", Operation.TwoSource),
        new("ASRV", "sf 0 0 11010110 Rm:5 0010 10 Rn:5 Rd:5", Operation.TwoSource),
        new("RORV", "sf 0 0 11010110 Rm:5 0010 11 Rn:5 Rd:5", Operation.TwoSource),
        new("CRC32B", "0 0 0 11010110 Rm:5 010 0 00 Rn:5 Rd:5", Operation.TwoSource, Feature.Crc32),
        new("CRC32H", "0 0 0 11010110 Rm:5 010 0 01 Rn:5 Rd:5", Operation.TwoSource, Feature.Crc32),
        new("CRC32W", "0 0 0 11010110 Rm:5 010 0 10 Rn:5 Rd:5", Operation.TwoSource, Feature.Crc32),
        new("CRC32X", "1 0 0 11010110 Rm:5 010 0 11 Rn:5 Rd:5", Operation.TwoSource, Feature.Crc32),
        new("CRC32CB", "0 0 0 11010110 Rm:5 010 1 00 Rn:5 Rd:5", Operation.TwoSource, Feature.Crc32),
        new("CRC32CH", "0 0 0 11010110 Rm:5 010 1 01 Rn:5 Rd:5", Operation.TwoSource, Feature.Crc32),
        new("CRC32CW", "0 0 0 11010110 Rm:5 010 1 10 Rn:5 Rd:5", Operation.TwoSource, Feature.Crc32),
        new("CRC32CX", "1 0 0 11010110 Rm:5 010 1 11 Rn:5 Rd:5", Operation.TwoSource, Feature.Crc32),

        new("RBIT", "sf 1 0 11010110 00000 000000 Rn:5 Rd:5", Operation.OneSource),
        new("REV16", "sf 1 0 11010110 00000 000001 Rn:5 Rd:5", Operation.OneSource),
        new("REV (32 bits)", "0 1 0 11010110 00000 000010 Rn:5 Rd:5", Operation.OneSource),
        new("REV32", "1 1 0 11010110 00000 000010 Rn:5 Rd:5", Operation.OneSource),
        new("REV (64 bits)", "1 1 0 11010110 00000 000011 Rn:5 Rd:5", Operation.OneSource),
        new("CLZ", "sf 1 0 11010110 00000 000100 Rn:5 Rd:5", Operation.OneSource),
        new("CLS", "sf 1 0 11010110 00000 000101 Rn:5 Rd:5", Operation.OneSource),

        new("MADD", "sf 00 11011 000 Rm:5 0 Ra:5 Rn:5 Rd:5", Operation.ThreeSource),
        new("MSUB", "sf 00 11011 000 Rm:5 1 Ra:5 Rn:5 Rd:5", Operation.ThreeSource),
        new("SMADDL", "1 00 11011 001 Rm:5 0 Ra:5 Rn:5 Rd:5", Operation.ThreeSource),
        new("SMSUBL", "1 00 11011 001 Rm:5 1 Ra:5 Rn:5 Rd:5", Operation.ThreeSource),
        new("SMULH", "1 00 11011 010 Rm:5 0 xxxxx Rn:5 Rd:5", Operation.ThreeSource),
        new("UMADDL", "1 00 11011 101 Rm:5 0 Ra:5 Rn:5 Rd:5", Operation.ThreeSource),
        new("UMSUBL", "1 00 11011 101 Rm:5 1 Ra:5 Rn:5 Rd:5", Operation.ThreeSource),
        new("UMULH", "1 00 11011 110 Rm:5 0 xxxxx Rn:5 Rd:5", Operation.ThreeSource),
    ];

    /// <summary>A pattern of 32 bits must not be written as one of 64, and an element is never all ones.</summary>
    private static bool IsBitmask(Word word) => Bitmask.TryDecode(word, out _);

    /// <summary>A register of 32 bits has two halfwords.</summary>
    private static bool HasHalfWord(Word word) => word.Sf || !word.Bit(22);

    private static bool HasBitPositions(Word word) => word.Sf == word.Bit(22) && (word.Sf || (!word.Bit(21) && !word.Bit(15)));

    private static bool HasBitPositionOfExtract(Word word) => word.Sf == word.Bit(22) && (word.Sf || !word.Bit(15));

    /// <summary>A register of 32 bits is shifted by less than that.</summary>
    private static bool HasShift(Word word) => word.Sf || !word.Bit(15);

    /// <summary>What is added is not rotated.</summary>
    private static bool HasAddShift(Word word) => HasShift(word) && word.Bits(22, 2) != 3;

    private static bool HasExtend(Word word) => word.Bits(10, 3) <= 4;
}
