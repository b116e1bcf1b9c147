using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Tests.Oracles;

/// <summary>What must be known of an operation to have it in a program.</summary>
internal enum RowKind
{
    /// <summary>Not of EL0, or not the same everywhere: exceptions, registers of EL1, maintenance.</summary>
    Other,

    /// <summary>Registers alone.</summary>
    Computing,

    /// <summary>Hints, barriers, and the registers that EL0 has.</summary>
    System,

    /// <summary>A load relative to the program counter.</summary>
    Literal,

    /// <summary>An access to any address.</summary>
    Access,

    /// <summary>The same with an index register.</summary>
    Indexed,

    /// <summary>An access that must be aligned.</summary>
    Aligned,

    /// <summary>A store that may need its load.</summary>
    StoreExclusive,

    /// <summary>A branch relative to the program counter.</summary>
    Branch,

    /// <summary>A branch to a register.</summary>
    BranchRegister,
}

/// <summary>Which kind each row of the table is, and which of its fields name general registers.</summary>
internal static class RowKinds
{
    /// <summary>The kind of a row.</summary>
    public static RowKind Of(EncodingRow row) => IsVector(row) ? OfVector(row.Operation) : OfInteger(row.Operation);

    /// <summary>True for a field of a row that names a general register which is written, or a base.</summary>
    public static bool IsGeneral(EncodingRow row, string field)
    {
        if (!IsVector(row))
            return field is "Rd" or "Rt" or "Rt2" or "Rs" or "Rn";
        return field switch
        {
            "Rn" => OfVector(row.Operation) is RowKind.Access or RowKind.Indexed,
            "Rd" => row.Operation is Operation.SimdSmov or Operation.SimdUmov or Operation.ConvertToGeneral
                or Operation.FmovToGeneral,
            _ => false,
        };
    }

    /// <summary>True for a load of two vector registers.</summary>
    public static bool LoadsVectorPair(EncodingRow row) =>
        row.Operation is Operation.LoadVectorPairOffset or Operation.LoadVectorPairPostIndex or Operation.LoadVectorPairPreIndex;

    /// <summary>MRS and MSR of a register that EL0 has, and of which all peers have the same bits.</summary>
    public static uint WithUsersRegister(Operation operation, uint word)
    {
        ReadOnlySpan<ushort> registers = operation switch
        {
            Operation.MoveFromSystem => [SystemRegisterTable.Nzcv, SystemRegisterTable.Fpsr, SystemRegisterTable.Fpcr],
            // QEMU keeps bits of FPSR that are AArch32's.
            Operation.MoveToSystem => [SystemRegisterTable.Nzcv],
            _ => [],
        };
        return registers.IsEmpty ? word : word & ~(0xFFFFu << 5) | (uint)registers[(int)(word >> 5) % registers.Length] << 5;
    }

    private static bool IsVector(EncodingRow row) =>
        row.Feature is Feature.FloatingPoint or Feature.Aes or Feature.Sha1 or Feature.Sha256;

    private static RowKind OfVector(Operation operation) => operation switch
    {
        Operation.LoadVectorLiteral => RowKind.Literal,
        Operation.LoadVectorRegister or Operation.StoreVectorRegister => RowKind.Indexed,
        (>= Operation.LoadVectorUnsigned and <= Operation.StoreVectorPairPreIndex) or Operation.LoadStructures
            or Operation.StoreStructures or Operation.LoadElementStructure or Operation.StoreElementStructure
            or Operation.LoadReplicated => RowKind.Access,
        _ => RowKind.Computing,
    };

    private static RowKind OfInteger(Operation operation) => operation switch
    {
        Operation.Adr or Operation.Adrp or Operation.AddImmediate or Operation.LogicalImmediate or Operation.MoveWide
            or Operation.Bitfield or Operation.Extract or Operation.LogicalShifted or Operation.AddShifted
            or Operation.AddExtended or Operation.AddCarry or Operation.ConditionalCompare or Operation.ConditionalSelect
            or Operation.TwoSource or Operation.OneSource or Operation.ThreeSource or Operation.Prefetch => RowKind.Computing,
        Operation.Hint or Operation.SendEvent or Operation.SendEventLocal or Operation.ClearExclusive
            or Operation.DataMemoryBarrier or Operation.DataSynchronizationBarrier or Operation.InstructionBarrier
            or Operation.MoveFromSystem or Operation.MoveToSystem => RowKind.System,
        Operation.LoadLiteral => RowKind.Literal,
        Operation.LoadUnsignedOffset or Operation.LoadPostIndex or Operation.LoadPreIndex or Operation.LoadUnscaled
            or Operation.LoadUnprivileged or Operation.StoreUnsignedOffset or Operation.StorePostIndex or Operation.StorePreIndex
            or Operation.StoreUnscaled or Operation.StoreUnprivileged or Operation.LoadPairOffset or Operation.LoadPairPostIndex
            or Operation.LoadPairPreIndex or Operation.StorePairOffset or Operation.StorePairPostIndex
            or Operation.StorePairPreIndex => RowKind.Access,
        Operation.LoadRegisterOffset or Operation.StoreRegisterOffset => RowKind.Indexed,
        Operation.LoadAcquire or Operation.StoreRelease or Operation.LoadExclusive or Operation.LoadExclusivePair
            or Operation.CompareAndSwap or Operation.CompareAndSwapPair or Operation.Atomic or Operation.Swap => RowKind.Aligned,
        Operation.StoreExclusive or Operation.StoreExclusivePair => RowKind.StoreExclusive,
        Operation.Branch or Operation.BranchWithLink or Operation.BranchConditional or Operation.CompareBranch
            or Operation.TestBranch => RowKind.Branch,
        Operation.BranchRegister or Operation.BranchLinkRegister or Operation.Return => RowKind.BranchRegister,
        _ => RowKind.Other,
    };
}
