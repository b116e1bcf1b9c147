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
    AddImmediate,
    Adr,
    Adrp,

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
    LoadImmediateUnsigned,
    StoreImmediateUnsigned,

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
