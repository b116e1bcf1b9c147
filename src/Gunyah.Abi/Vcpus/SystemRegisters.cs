using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Gunyah.Abi.Vcpus;

/// <summary>The declaration of a system register.</summary>
/// <param name="Register">The register.</param>
/// <param name="Name">Its name in the Arm manual.</param>
/// <param name="Access">What an instruction can do with it; anything else is UNDEFINED.</param>
public sealed record SystemRegisterRow(SystemRegister Register, string Name, SystemRegisterAccess Access);

/// <summary>Every system register that a vCPU answers for its engine, one row each.</summary>
public static class SystemRegisters
{
    private static readonly FrozenDictionary<SystemRegister, SystemRegisterRow> _byNumber;

    static SystemRegisters() => _byNumber = Rows.ToFrozenDictionary(static row => row.Register);

    /// <summary>
    /// The rows. With five bits of priority there is one register of active priorities a group; the others do not exist. Whether
    /// a program at EL0 may use the counter and the timers is the engine's business (CNTKCTL_EL1).
    /// </summary>
    public static ImmutableArray<SystemRegisterRow> Rows { get; } =
    [
        new(SystemRegister.Mpidr, "MPIDR_EL1", SystemRegisterAccess.Read),
        new(SystemRegister.IccPmr, "ICC_PMR_EL1", SystemRegisterAccess.ReadWrite),
        new(SystemRegister.IccIar0, "ICC_IAR0_EL1", SystemRegisterAccess.Read),
        new(SystemRegister.IccEoir0, "ICC_EOIR0_EL1", SystemRegisterAccess.Write),
        new(SystemRegister.IccHppir0, "ICC_HPPIR0_EL1", SystemRegisterAccess.Read),
        new(SystemRegister.IccBpr0, "ICC_BPR0_EL1", SystemRegisterAccess.ReadWrite),
        new(SystemRegister.IccAp0r0, "ICC_AP0R0_EL1", SystemRegisterAccess.ReadWrite),
        new(SystemRegister.IccAp1r0, "ICC_AP1R0_EL1", SystemRegisterAccess.ReadWrite),
        new(SystemRegister.IccDir, "ICC_DIR_EL1", SystemRegisterAccess.Write),
        new(SystemRegister.IccRpr, "ICC_RPR_EL1", SystemRegisterAccess.Read),
        new(SystemRegister.IccSgi1r, "ICC_SGI1R_EL1", SystemRegisterAccess.Write),
        new(SystemRegister.IccAsgi1r, "ICC_ASGI1R_EL1", SystemRegisterAccess.Write),
        new(SystemRegister.IccSgi0r, "ICC_SGI0R_EL1", SystemRegisterAccess.Write),
        new(SystemRegister.IccIar1, "ICC_IAR1_EL1", SystemRegisterAccess.Read),
        new(SystemRegister.IccEoir1, "ICC_EOIR1_EL1", SystemRegisterAccess.Write),
        new(SystemRegister.IccHppir1, "ICC_HPPIR1_EL1", SystemRegisterAccess.Read),
        new(SystemRegister.IccBpr1, "ICC_BPR1_EL1", SystemRegisterAccess.ReadWrite),
        new(SystemRegister.IccCtlr, "ICC_CTLR_EL1", SystemRegisterAccess.ReadWrite),
        new(SystemRegister.IccSre, "ICC_SRE_EL1", SystemRegisterAccess.ReadWrite),
        new(SystemRegister.IccIgrpen0, "ICC_IGRPEN0_EL1", SystemRegisterAccess.ReadWrite),
        new(SystemRegister.IccIgrpen1, "ICC_IGRPEN1_EL1", SystemRegisterAccess.ReadWrite),
        new(SystemRegister.CntFrq, "CNTFRQ_EL0", SystemRegisterAccess.Read),
        new(SystemRegister.CntPct, "CNTPCT_EL0", SystemRegisterAccess.Read),
        new(SystemRegister.CntVct, "CNTVCT_EL0", SystemRegisterAccess.Read),
        new(SystemRegister.CntpTval, "CNTP_TVAL_EL0", SystemRegisterAccess.ReadWrite),
        new(SystemRegister.CntpCtl, "CNTP_CTL_EL0", SystemRegisterAccess.ReadWrite),
        new(SystemRegister.CntpCval, "CNTP_CVAL_EL0", SystemRegisterAccess.ReadWrite),
        new(SystemRegister.CntvTval, "CNTV_TVAL_EL0", SystemRegisterAccess.ReadWrite),
        new(SystemRegister.CntvCtl, "CNTV_CTL_EL0", SystemRegisterAccess.ReadWrite),
        new(SystemRegister.CntvCval, "CNTV_CVAL_EL0", SystemRegisterAccess.ReadWrite),
    ];

    /// <summary>What an instruction can do with a register.</summary>
    /// <param name="register">Any number, as an instruction has it.</param>
    public static SystemRegisterAccess AccessTo(SystemRegister register) =>
        _byNumber.TryGetValue(register, out SystemRegisterRow? row) ? row.Access : SystemRegisterAccess.None;
}
