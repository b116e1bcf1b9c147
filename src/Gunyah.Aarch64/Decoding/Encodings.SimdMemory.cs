namespace Gunyah.Aarch64.Decoding;

internal static partial class Encodings
{
    /// <summary>Loads and stores of SIMD and floating-point registers.</summary>
    private static EncodingRow[] SimdLoadsAndStores =>
    [
        new(
            "LDR (immediate, SIMD&FP, unsigned offset)",
            "size:2 111 1 01 opc1 1 imm12:12 Rn:5 Rt:5", Operation.LoadVectorUnsigned,
            Feature.FloatingPoint)
        {
            Condition = IsVectorSize,
        },
        new("LDUR (SIMD&FP)", "size:2 111 1 00 opc1 1 0 imm9:9 00 Rn:5 Rt:5", Operation.LoadVectorUnscaled, Feature.FloatingPoint)
        {
            Condition = IsVectorSize,
        },
        new(
            "LDR (immediate, SIMD&FP, post-index)", "size:2 111 1 00 opc1 1 0 imm9:9 01 Rn:5 Rt:5", Operation.LoadVectorPostIndex,
            Feature.FloatingPoint)
        {
            Condition = IsVectorSize,
        },
        new(
            "LDR (immediate, SIMD&FP, pre-index)", "size:2 111 1 00 opc1 1 0 imm9:9 11 Rn:5 Rt:5", Operation.LoadVectorPreIndex,
            Feature.FloatingPoint)
        {
            Condition = IsVectorSize,
        },
        new(
            "LDR (register, SIMD&FP)", "size:2 111 1 00 opc1 1 1 Rm:5 option:3 S 10 Rn:5 Rt:5", Operation.LoadVectorRegister,
            Feature.FloatingPoint)
        {
            Condition = static w => IsVectorSize(w) && w.Bit(14),
        },
        new("LDNP (SIMD&FP)", "opc:2 101 1 000 1 imm7:7 Rt2:5 Rn:5 Rt:5", Operation.LoadVectorPairOffset, Feature.FloatingPoint)
        {
            Condition = IsVectorPairSize,
        },
        new(
            "LDP (SIMD&FP, post-index)", "opc:2 101 1 001 1 imm7:7 Rt2:5 Rn:5 Rt:5", Operation.LoadVectorPairPostIndex,
            Feature.FloatingPoint)
        {
            Condition = IsVectorPairSize,
        },
        new(
            "LDP (SIMD&FP, signed offset)", "opc:2 101 1 010 1 imm7:7 Rt2:5 Rn:5 Rt:5", Operation.LoadVectorPairOffset,
            Feature.FloatingPoint)
        {
            Condition = IsVectorPairSize,
        },
        new(
            "LDP (SIMD&FP, pre-index)", "opc:2 101 1 011 1 imm7:7 Rt2:5 Rn:5 Rt:5", Operation.LoadVectorPairPreIndex,
            Feature.FloatingPoint)
        {
            Condition = IsVectorPairSize,
        },
        new(
            "STR (immediate, SIMD&FP, unsigned offset)",
            "size:2 111 1 01 opc1 0 imm12:12 Rn:5 Rt:5", Operation.StoreVectorUnsigned,
            Feature.FloatingPoint)
        {
            Condition = IsVectorSize,
        },
        new(
            "STUR (SIMD&FP)", "size:2 111 1 00 opc1 0 0 imm9:9 00 Rn:5 Rt:5", Operation.StoreVectorUnscaled,
            Feature.FloatingPoint)
        {
            Condition = IsVectorSize,
        },
        new(
            "STR (immediate, SIMD&FP, post-index)",
            "size:2 111 1 00 opc1 0 0 imm9:9 01 Rn:5 Rt:5", Operation.StoreVectorPostIndex,
            Feature.FloatingPoint)
        {
            Condition = IsVectorSize,
        },
        new(
            "STR (immediate, SIMD&FP, pre-index)", "size:2 111 1 00 opc1 0 0 imm9:9 11 Rn:5 Rt:5", Operation.StoreVectorPreIndex,
            Feature.FloatingPoint)
        {
            Condition = IsVectorSize,
        },
        new(
            "STR (register, SIMD&FP)", "size:2 111 1 00 opc1 0 1 Rm:5 option:3 S 10 Rn:5 Rt:5", Operation.StoreVectorRegister,
            Feature.FloatingPoint)
        {
            Condition = static w => IsVectorSize(w) && w.Bit(14),
        },
        new("STNP (SIMD&FP)", "opc:2 101 1 000 0 imm7:7 Rt2:5 Rn:5 Rt:5", Operation.StoreVectorPairOffset, Feature.FloatingPoint)
        {
            Condition = IsVectorPairSize,
        },
        new(
            "STP (SIMD&FP, post-index)", "opc:2 101 1 001 0 imm7:7 Rt2:5 Rn:5 Rt:5", Operation.StoreVectorPairPostIndex,
            Feature.FloatingPoint)
        {
            Condition = IsVectorPairSize,
        },
        new(
            "STP (SIMD&FP, signed offset)", "opc:2 101 1 010 0 imm7:7 Rt2:5 Rn:5 Rt:5", Operation.StoreVectorPairOffset,
            Feature.FloatingPoint)
        {
            Condition = IsVectorPairSize,
        },
        new(
            "STP (SIMD&FP, pre-index)", "opc:2 101 1 011 0 imm7:7 Rt2:5 Rn:5 Rt:5", Operation.StoreVectorPairPreIndex,
            Feature.FloatingPoint)
        {
            Condition = IsVectorPairSize,
        },
        new("LDR (literal, SIMD&FP)", "opc:2 011 1 00 imm19:19 Rt:5", Operation.LoadVectorLiteral, Feature.FloatingPoint)
        {
            Condition = IsVectorPairSize,
        },
        new(
            "LD4 (multiple structures)", "0 Q 001100 0 1 000000 0000 size:2 Rn:5 Rt:5", Operation.LoadStructures,
            Feature.FloatingPoint)
        {
            Condition = HasStructureElements,
        },
        new(
            "LD4 (multiple structures, post-index)", "0 Q 001100 1 1 0 Rm:5 0000 size:2 Rn:5 Rt:5", Operation.LoadStructures,
            Feature.FloatingPoint)
        {
            Condition = HasStructureElements,
        },
        new(
            "LD1 (multiple structures, 4 registers)", "0 Q 001100 0 1 000000 0010 size:2 Rn:5 Rt:5", Operation.LoadStructures,
            Feature.FloatingPoint),
        new(
            "LD1 (multiple structures, 4 registers, post-index)",
            "0 Q 001100 1 1 0 Rm:5 0010 size:2 Rn:5 Rt:5", Operation.LoadStructures,
            Feature.FloatingPoint),
        new(
            "LD3 (multiple structures)", "0 Q 001100 0 1 000000 0100 size:2 Rn:5 Rt:5", Operation.LoadStructures,
            Feature.FloatingPoint)
        {
            Condition = HasStructureElements,
        },
        new(
            "LD3 (multiple structures, post-index)", "0 Q 001100 1 1 0 Rm:5 0100 size:2 Rn:5 Rt:5", Operation.LoadStructures,
            Feature.FloatingPoint)
        {
            Condition = HasStructureElements,
        },
        new(
            "LD1 (multiple structures, 3 registers)", "0 Q 001100 0 1 000000 0110 size:2 Rn:5 Rt:5", Operation.LoadStructures,
            Feature.FloatingPoint),
        new(
            "LD1 (multiple structures, 3 registers, post-index)",
            "0 Q 001100 1 1 0 Rm:5 0110 size:2 Rn:5 Rt:5", Operation.LoadStructures,
            Feature.FloatingPoint),
        new(
            "LD1 (multiple structures, 1 register)", "0 Q 001100 0 1 000000 0111 size:2 Rn:5 Rt:5", Operation.LoadStructures,
            Feature.FloatingPoint),
        new(
            "LD1 (multiple structures, 1 register, post-index)",
            "0 Q 001100 1 1 0 Rm:5 0111 size:2 Rn:5 Rt:5", Operation.LoadStructures,
            Feature.FloatingPoint),
        new(
            "LD2 (multiple structures)", "0 Q 001100 0 1 000000 1000 size:2 Rn:5 Rt:5", Operation.LoadStructures,
            Feature.FloatingPoint)
        {
            Condition = HasStructureElements,
        },
        new(
            "LD2 (multiple structures, post-index)", "0 Q 001100 1 1 0 Rm:5 1000 size:2 Rn:5 Rt:5", Operation.LoadStructures,
            Feature.FloatingPoint)
        {
            Condition = HasStructureElements,
        },
        new(
            "LD1 (multiple structures, 2 registers)", "0 Q 001100 0 1 000000 1010 size:2 Rn:5 Rt:5", Operation.LoadStructures,
            Feature.FloatingPoint),
        new(
            "LD1 (multiple structures, 2 registers, post-index)",
            "0 Q 001100 1 1 0 Rm:5 1010 size:2 Rn:5 Rt:5", Operation.LoadStructures,
            Feature.FloatingPoint),
        new(
            "ST4 (multiple structures)", "0 Q 001100 0 0 000000 0000 size:2 Rn:5 Rt:5", Operation.StoreStructures,
            Feature.FloatingPoint)
        {
            Condition = HasStructureElements,
        },
        new(
            "ST4 (multiple structures, post-index)", "0 Q 001100 1 0 0 Rm:5 0000 size:2 Rn:5 Rt:5", Operation.StoreStructures,
            Feature.FloatingPoint)
        {
            Condition = HasStructureElements,
        },
        new(
            "ST1 (multiple structures, 4 registers)", "0 Q 001100 0 0 000000 0010 size:2 Rn:5 Rt:5", Operation.StoreStructures,
            Feature.FloatingPoint),
        new(
            "ST1 (multiple structures, 4 registers, post-index)",
            "0 Q 001100 1 0 0 Rm:5 0010 size:2 Rn:5 Rt:5", Operation.StoreStructures,
            Feature.FloatingPoint),
        new(
            "ST3 (multiple structures)", "0 Q 001100 0 0 000000 0100 size:2 Rn:5 Rt:5", Operation.StoreStructures,
            Feature.FloatingPoint)
        {
            Condition = HasStructureElements,
        },
        new(
            "ST3 (multiple structures, post-index)", "0 Q 001100 1 0 0 Rm:5 0100 size:2 Rn:5 Rt:5", Operation.StoreStructures,
            Feature.FloatingPoint)
        {
            Condition = HasStructureElements,
        },
        new(
            "ST1 (multiple structures, 3 registers)", "0 Q 001100 0 0 000000 0110 size:2 Rn:5 Rt:5", Operation.StoreStructures,
            Feature.FloatingPoint),
        new(
            "ST1 (multiple structures, 3 registers, post-index)",
            "0 Q 001100 1 0 0 Rm:5 0110 size:2 Rn:5 Rt:5", Operation.StoreStructures,
            Feature.FloatingPoint),
        new(
            "ST1 (multiple structures, 1 register)", "0 Q 001100 0 0 000000 0111 size:2 Rn:5 Rt:5", Operation.StoreStructures,
            Feature.FloatingPoint),
        new(
            "ST1 (multiple structures, 1 register, post-index)",
            "0 Q 001100 1 0 0 Rm:5 0111 size:2 Rn:5 Rt:5", Operation.StoreStructures,
            Feature.FloatingPoint),
        new(
            "ST2 (multiple structures)", "0 Q 001100 0 0 000000 1000 size:2 Rn:5 Rt:5", Operation.StoreStructures,
            Feature.FloatingPoint)
        {
            Condition = HasStructureElements,
        },
        new(
            "ST2 (multiple structures, post-index)", "0 Q 001100 1 0 0 Rm:5 1000 size:2 Rn:5 Rt:5", Operation.StoreStructures,
            Feature.FloatingPoint)
        {
            Condition = HasStructureElements,
        },
        new(
            "ST1 (multiple structures, 2 registers)", "0 Q 001100 0 0 000000 1010 size:2 Rn:5 Rt:5", Operation.StoreStructures,
            Feature.FloatingPoint),
        new(
            "ST1 (multiple structures, 2 registers, post-index)",
            "0 Q 001100 1 0 0 Rm:5 1010 size:2 Rn:5 Rt:5", Operation.StoreStructures,
            Feature.FloatingPoint),
        new(
            "LD1 (single structure)", "0 Q 001101 0 1 0 00000 scale:2 0 S size:2 Rn:5 Rt:5", Operation.LoadElementStructure,
            Feature.FloatingPoint)
        {
            Condition = IsElementStructure,
        },
        new(
            "LD1 (single structure, post-index)",
            "0 Q 001101 1 1 0 Rm:5 scale:2 0 S size:2 Rn:5 Rt:5", Operation.LoadElementStructure,
            Feature.FloatingPoint)
        {
            Condition = IsElementStructure,
        },
        new(
            "LD3 (single structure)", "0 Q 001101 0 1 0 00000 scale:2 1 S size:2 Rn:5 Rt:5", Operation.LoadElementStructure,
            Feature.FloatingPoint)
        {
            Condition = IsElementStructure,
        },
        new(
            "LD3 (single structure, post-index)",
            "0 Q 001101 1 1 0 Rm:5 scale:2 1 S size:2 Rn:5 Rt:5", Operation.LoadElementStructure,
            Feature.FloatingPoint)
        {
            Condition = IsElementStructure,
        },
        new(
            "LD2 (single structure)", "0 Q 001101 0 1 1 00000 scale:2 0 S size:2 Rn:5 Rt:5", Operation.LoadElementStructure,
            Feature.FloatingPoint)
        {
            Condition = IsElementStructure,
        },
        new(
            "LD2 (single structure, post-index)",
            "0 Q 001101 1 1 1 Rm:5 scale:2 0 S size:2 Rn:5 Rt:5", Operation.LoadElementStructure,
            Feature.FloatingPoint)
        {
            Condition = IsElementStructure,
        },
        new(
            "LD4 (single structure)", "0 Q 001101 0 1 1 00000 scale:2 1 S size:2 Rn:5 Rt:5", Operation.LoadElementStructure,
            Feature.FloatingPoint)
        {
            Condition = IsElementStructure,
        },
        new(
            "LD4 (single structure, post-index)",
            "0 Q 001101 1 1 1 Rm:5 scale:2 1 S size:2 Rn:5 Rt:5", Operation.LoadElementStructure,
            Feature.FloatingPoint)
        {
            Condition = IsElementStructure,
        },
        new(
            "ST1 (single structure)", "0 Q 001101 0 0 0 00000 scale:2 0 S size:2 Rn:5 Rt:5", Operation.StoreElementStructure,
            Feature.FloatingPoint)
        {
            Condition = IsElementStructure,
        },
        new(
            "ST1 (single structure, post-index)",
            "0 Q 001101 1 0 0 Rm:5 scale:2 0 S size:2 Rn:5 Rt:5", Operation.StoreElementStructure,
            Feature.FloatingPoint)
        {
            Condition = IsElementStructure,
        },
        new(
            "ST3 (single structure)", "0 Q 001101 0 0 0 00000 scale:2 1 S size:2 Rn:5 Rt:5", Operation.StoreElementStructure,
            Feature.FloatingPoint)
        {
            Condition = IsElementStructure,
        },
        new(
            "ST3 (single structure, post-index)",
            "0 Q 001101 1 0 0 Rm:5 scale:2 1 S size:2 Rn:5 Rt:5", Operation.StoreElementStructure,
            Feature.FloatingPoint)
        {
            Condition = IsElementStructure,
        },
        new(
            "ST2 (single structure)", "0 Q 001101 0 0 1 00000 scale:2 0 S size:2 Rn:5 Rt:5", Operation.StoreElementStructure,
            Feature.FloatingPoint)
        {
            Condition = IsElementStructure,
        },
        new(
            "ST2 (single structure, post-index)",
            "0 Q 001101 1 0 1 Rm:5 scale:2 0 S size:2 Rn:5 Rt:5", Operation.StoreElementStructure,
            Feature.FloatingPoint)
        {
            Condition = IsElementStructure,
        },
        new(
            "ST4 (single structure)", "0 Q 001101 0 0 1 00000 scale:2 1 S size:2 Rn:5 Rt:5", Operation.StoreElementStructure,
            Feature.FloatingPoint)
        {
            Condition = IsElementStructure,
        },
        new(
            "ST4 (single structure, post-index)",
            "0 Q 001101 1 0 1 Rm:5 scale:2 1 S size:2 Rn:5 Rt:5", Operation.StoreElementStructure,
            Feature.FloatingPoint)
        {
            Condition = IsElementStructure,
        },
        new("LD1R", "0 Q 001101 0 1 0 00000 11 0 0 size:2 Rn:5 Rt:5", Operation.LoadReplicated, Feature.FloatingPoint),
        new(
            "LD1R (post-index)", "0 Q 001101 1 1 0 Rm:5 11 0 0 size:2 Rn:5 Rt:5", Operation.LoadReplicated,
            Feature.FloatingPoint),
        new("LD3R", "0 Q 001101 0 1 0 00000 11 1 0 size:2 Rn:5 Rt:5", Operation.LoadReplicated, Feature.FloatingPoint),
        new(
            "LD3R (post-index)", "0 Q 001101 1 1 0 Rm:5 11 1 0 size:2 Rn:5 Rt:5", Operation.LoadReplicated,
            Feature.FloatingPoint),
        new("LD2R", "0 Q 001101 0 1 1 00000 11 0 0 size:2 Rn:5 Rt:5", Operation.LoadReplicated, Feature.FloatingPoint),
        new(
            "LD2R (post-index)", "0 Q 001101 1 1 1 Rm:5 11 0 0 size:2 Rn:5 Rt:5", Operation.LoadReplicated,
            Feature.FloatingPoint),
        new("LD4R", "0 Q 001101 0 1 1 00000 11 1 0 size:2 Rn:5 Rt:5", Operation.LoadReplicated, Feature.FloatingPoint),
        new(
            "LD4R (post-index)", "0 Q 001101 1 1 1 Rm:5 11 1 0 size:2 Rn:5 Rt:5", Operation.LoadReplicated,
            Feature.FloatingPoint),
    ];

    /// <summary>B, H, S and D by <c>size</c>, and Q as the first of a second round.</summary>
    private static bool IsVectorSize(Word word) => !word.Bit(23) || word.Bits(30, 2) == 0;

    /// <summary>S, D and Q.</summary>
    private static bool IsVectorPairSize(Word word) => word.Bits(30, 2) != 3;

    /// <summary>There is nothing to interleave where registers hold one element each.</summary>
    private static bool HasStructureElements(Word word) => word.Q || word.Bits(10, 2) != 3;

    /// <summary>The index of the element takes the bits of <c>size</c> that elements of its scale leave.</summary>
    private static bool IsElementStructure(Word word) => word.Bits(14, 2) switch
    {
        0 => true,
        1 => !word.Bit(10),
        2 => !word.Bit(11) && (!word.Bit(10) || !word.Bit(12)),
        _ => false,
    };
}
