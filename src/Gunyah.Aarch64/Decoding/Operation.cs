namespace Gunyah.Aarch64.Decoding;

/// <summary>
/// What an instruction does, as far as it differs in more than its operands. Several rows may have the same one.
/// </summary>
internal enum Operation
{
    /// <summary>No row fits, or the core denies the row's feature.</summary>
    Undefined,

#pragma warning disable CS1591 // The names are the manual's.
    // Data processing, immediate.
    Adr,
    Adrp,
    AddImmediate,
    LogicalImmediate,
    MoveWide,
    Bitfield,
    Extract,

    // Data processing, register.
    LogicalShifted,
    AddShifted,
    AddExtended,
    AddCarry,
    ConditionalCompare,
    ConditionalSelect,
    TwoSource,
    OneSource,
    ThreeSource,

    // Branches.
    Branch,
    BranchConditional,
    BranchWithLink,
    BranchRegister,
    BranchLinkRegister,
    Return,
    CompareBranch,
    TestBranch,

    // Loads and stores.
    LoadUnsignedOffset,
    LoadPostIndex,
    LoadPreIndex,
    LoadRegisterOffset,
    LoadUnscaled,
    LoadUnprivileged,
    LoadLiteral,
    StoreUnsignedOffset,
    StorePostIndex,
    StorePreIndex,
    StoreRegisterOffset,
    StoreUnscaled,
    StoreUnprivileged,
    Prefetch,
    LoadPairOffset,
    LoadPairPostIndex,
    LoadPairPreIndex,
    StorePairOffset,
    StorePairPostIndex,
    StorePairPreIndex,

    // Ordered, exclusive and atomic accesses.
    LoadAcquire,
    StoreRelease,
    LoadExclusive,
    StoreExclusive,
    LoadExclusivePair,
    StoreExclusivePair,
    CompareAndSwap,
    CompareAndSwapPair,
    Atomic,
    Swap,

    // Exceptions and system.
    SupervisorCall,
    HypervisorCall,
    SecureMonitorCall,
    Breakpoint,
    HaltDebug,
    ExceptionReturn,
    Hint,
    WaitForEvent,
    WaitForInterrupt,
    SendEvent,
    SendEventLocal,
    ClearExclusive,
    DataMemoryBarrier,
    DataSynchronizationBarrier,
    InstructionBarrier,
    MoveToPstate,
    MoveToSystem,
    MoveFromSystem,
    SystemInstruction,
#pragma warning restore CS1591
}
