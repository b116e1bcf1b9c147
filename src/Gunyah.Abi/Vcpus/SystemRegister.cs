using System.Diagnostics.CodeAnalysis;

namespace Gunyah.Abi.Vcpus;

/// <summary>
/// AArch64 system registers that lead out of a core: those of its GICv3 CPU interface and of its generic timer, and the
/// affinity that it has among the VM's cores. A member's value
/// is what stands in bits 20 to 5 of an MRS or MSR instruction: op0, op1, CRn, CRm and op2.
/// </summary>
[SuppressMessage("Design", "CA1028:Enum Storage should be Int32", Justification = "The field of the instruction has 16 bits.")]
public enum SystemRegister : ushort
{
#pragma warning disable CS1591 // The names are the Arm manual's, and SystemRegisters says what each can do.
    None = 0,
    Mpidr = 0xC005,
    IccPmr = 0xC230,
    IccIar0 = 0xC640,
    IccEoir0 = 0xC641,
    IccHppir0 = 0xC642,
    IccBpr0 = 0xC643,
    IccAp0r0 = 0xC644,
    IccAp1r0 = 0xC648,
    IccDir = 0xC659,
    IccRpr = 0xC65B,
    IccSgi1r = 0xC65D,
    IccAsgi1r = 0xC65E,
    IccSgi0r = 0xC65F,
    IccIar1 = 0xC660,
    IccEoir1 = 0xC661,
    IccHppir1 = 0xC662,
    IccBpr1 = 0xC663,
    IccCtlr = 0xC664,
    IccSre = 0xC665,
    IccIgrpen0 = 0xC666,
    IccIgrpen1 = 0xC667,
    CntFrq = 0xDF00,
    CntPct = 0xDF01,
    CntVct = 0xDF02,
    CntpTval = 0xDF10,
    CntpCtl = 0xDF11,
    CntpCval = 0xDF12,
    CntvTval = 0xDF18,
    CntvCtl = 0xDF19,
    CntvCval = 0xDF1A,
#pragma warning restore CS1591
}

/// <summary>What an instruction can do with a system register.</summary>
[Flags]
public enum SystemRegisterAccess
{
    /// <summary>Nothing: the register does not exist.</summary>
    None = 0,

    /// <summary>MRS.</summary>
    Read = 1,

    /// <summary>MSR.</summary>
    Write = 2,

    /// <summary>Both.</summary>
    ReadWrite = Read | Write,
}
