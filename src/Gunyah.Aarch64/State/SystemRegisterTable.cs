using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Gunyah.Aarch64.State;

/// <summary>Where a system register's value is.</summary>
internal enum RegisterKind
{
    /// <summary>In <see cref="CoreState.System"/>.</summary>
    Stored,

    /// <summary>It never changes: <see cref="SystemRegisterEntry.Reset"/>.</summary>
    Constant,

    /// <summary>In a field of its own of the core's state.</summary>
    State,

    /// <summary>It reads as zero and ignores what is written.</summary>
    Ignored,
}

/// <summary>Who may use a system register.</summary>
[Flags]
internal enum RegisterUse
{
    /// <summary>EL1 reads.</summary>
    KernelRead = 1,

    /// <summary>EL1 writes.</summary>
    KernelWrite = 2,

    /// <summary>EL0 reads.</summary>
    UserRead = 4,

    /// <summary>EL0 writes.</summary>
    UserWrite = 8,

    /// <summary>EL1 does both.</summary>
    Kernel = KernelRead | KernelWrite,

    /// <summary>Everybody does.</summary>
    All = Kernel | UserRead | UserWrite,
}

/// <summary>What a write changes beyond the value.</summary>
internal enum RegisterEffect
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Which tables of the TLB hold.</summary>
    Select,

    /// <summary>Every translation.</summary>
    Translation,

    /// <summary>What floating point may do.</summary>
    FloatingPoint,

    /// <summary>Which interrupts may be taken.</summary>
    Interrupts,
}

/// <summary>The declaration of a system register.</summary>
/// <param name="Name">Its name in the manual.</param>
/// <param name="Number">op0, op1, CRn, CRm and op2, as bits 20 to 5 of MRS have them.</param>
/// <param name="Kind">Where its value is.</param>
/// <param name="Use">Who may use it; anything else is UNDEFINED.</param>
/// <param name="Stored">Its place, for one that is stored.</param>
/// <param name="Reset">Its value after a reset.</param>
/// <param name="Mask">The bits that a write changes.</param>
/// <param name="Effect">What a write changes beyond.</param>
internal sealed record SystemRegisterEntry(
    string Name, ushort Number, RegisterKind Kind, RegisterUse Use, Register Stored = Register.Count, ulong Reset = 0,
    ulong Mask = ulong.MaxValue, RegisterEffect Effect = RegisterEffect.None);

/// <summary>
/// Every system register of a core, one row each, but for those that lead out of it (<see
/// cref="Gunyah.Abi.Vcpus.SystemRegisters"/>).
/// </summary>
internal static class SystemRegisterTable
{
    /// <summary>SCTLR_EL1 as it is after a reset: RES1 bits, everything off.</summary>
    private const ulong SctlrReset = 0x30D0_0980;

    /// <summary>The bits of SCTLR_EL1 that there are with Armv8.0 and PAN.</summary>
    private const ulong SctlrMask = 0x0FDF_DBDF & ~(3ul << 20) | 1ul << 23 | 1ul << 20;

    /// <summary>The number of FPCR.</summary>
    public const ushort Fpcr = 0xDA20;

    /// <summary>The number of FPSR.</summary>
    public const ushort Fpsr = 0xDA21;

    /// <summary>The number of NZCV.</summary>
    public const ushort Nzcv = 0xDA10;

    /// <summary>The number of DAIF.</summary>
    public const ushort Daif = 0xDA11;

    /// <summary>The number of SP_EL0.</summary>
    public const ushort SpEl0 = 0xC208;

    /// <summary>The number of SPSel.</summary>
    public const ushort SpSel = 0xC210;

    /// <summary>The number of CurrentEL.</summary>
    public const ushort CurrentEl = 0xC212;

    /// <summary>The number of PAN.</summary>
    public const ushort Pan = 0xC213;

    /// <summary>The number of ISR_EL1.</summary>
    public const ushort Isr = 0xC608;

    /// <summary>The number of DCZID_EL0.</summary>
    public const ushort Dczid = 0xD807;

    /// <summary>The number of CTR_EL0.</summary>
    public const ushort Ctr = 0xD801;

    private static readonly FrozenDictionary<ushort, SystemRegisterEntry> _byNumber =
        Rows.ToFrozenDictionary(static row => row.Number);

    /// <summary>The rows.</summary>
    public static ImmutableArray<SystemRegisterEntry> Rows =>
    [
        // Control and translation.
        Stored("SCTLR_EL1", 0xC080, Register.Sctlr, SctlrReset, SctlrMask, RegisterEffect.Translation),
        Stored("ACTLR_EL1", 0xC081, Register.Actlr, mask: 0),
        Stored("CPACR_EL1", 0xC082, Register.Cpacr, mask: 3ul << 20, effect: RegisterEffect.FloatingPoint),
        Stored("TTBR0_EL1", 0xC100, Register.Ttbr0, effect: RegisterEffect.Select),
        Stored("TTBR1_EL1", 0xC101, Register.Ttbr1, effect: RegisterEffect.Select),
        Stored("TCR_EL1", 0xC102, Register.Tcr, mask: 0x7F_FFFF_FFFF, effect: RegisterEffect.Translation),
        Stored("MAIR_EL1", 0xC510, Register.Mair),
        Stored("AMAIR_EL1", 0xC518, Register.Amair, mask: 0),
        Stored("CONTEXTIDR_EL1", 0xC681, Register.ContextId, mask: uint.MaxValue),

        // Exceptions.
        Stored("SPSR_EL1", 0xC200, Register.Spsr, mask: uint.MaxValue),
        Stored("ELR_EL1", 0xC201, Register.Elr),
        new("SP_EL0", SpEl0, RegisterKind.State, RegisterUse.Kernel),
        new("SPSel", SpSel, RegisterKind.State, RegisterUse.Kernel),
        new("CurrentEL", CurrentEl, RegisterKind.State, RegisterUse.KernelRead),
        new("PAN", Pan, RegisterKind.State, RegisterUse.Kernel),
        new("NZCV", Nzcv, RegisterKind.State, RegisterUse.All),
        new("DAIF", Daif, RegisterKind.State, RegisterUse.All, Effect: RegisterEffect.Interrupts),
        Stored("AFSR0_EL1", 0xC288, Register.Afsr0, mask: 0),
        Stored("AFSR1_EL1", 0xC289, Register.Afsr1, mask: 0),
        Stored("ESR_EL1", 0xC290, Register.Esr, mask: uint.MaxValue),
        Stored("FAR_EL1", 0xC300, Register.Far),
        Stored("PAR_EL1", 0xC3A0, Register.Par),
        Stored("VBAR_EL1", 0xC600, Register.Vbar, mask: ~0x7FFul),
        Constant("RVBAR_EL1", 0xC601, 0),
        new("ISR_EL1", Isr, RegisterKind.State, RegisterUse.KernelRead),

        // Threads.
        Stored("TPIDR_EL0", 0xDE82, Register.TpidrEl0, use: RegisterUse.All),
        Stored("TPIDRRO_EL0", 0xDE83, Register.TpidrroEl0, use: RegisterUse.Kernel | RegisterUse.UserRead),
        Stored("TPIDR_EL1", 0xC684, Register.TpidrEl1),
        Stored("CNTKCTL_EL1", 0xC708, Register.Cntkctl, mask: 0x3FF),

        // Floating point.
        new("FPCR", Fpcr, RegisterKind.State, RegisterUse.All),
        new("FPSR", Fpsr, RegisterKind.State, RegisterUse.All),

        // What the core is.
        Constant("MIDR_EL1", 0xC000, IdentificationRegisters.Midr),
        Constant("REVIDR_EL1", 0xC006, 0),
        Constant("ID_AA64PFR0_EL1", 0xC020, IdentificationRegisters.ProcessorFeatures0),
        Constant("ID_AA64DFR0_EL1", 0xC028, IdentificationRegisters.DebugFeatures0),
        Constant("ID_AA64ISAR0_EL1", 0xC030, IdentificationRegisters.InstructionSet0),
        Constant("ID_AA64MMFR0_EL1", 0xC038, IdentificationRegisters.MemoryModel0),
        Constant("ID_AA64MMFR1_EL1", 0xC039, IdentificationRegisters.MemoryModel1),
        Constant("CCSIDR_EL1", 0xC800, 0),
        Constant("CLIDR_EL1", 0xC801, IdentificationRegisters.Clidr),
        Constant("AIDR_EL1", 0xC807, 0),
        Stored("CSSELR_EL1", 0xD000, Register.Csselr, mask: 0xF),
        new("CTR_EL0", Ctr, RegisterKind.Constant, RegisterUse.KernelRead | RegisterUse.UserRead,
            Reset: IdentificationRegisters.Ctr),
        new("DCZID_EL0", Dczid, RegisterKind.State, RegisterUse.KernelRead | RegisterUse.UserRead),

        // Debug: breakpoints are kept, and never hit.
        Stored("MDSCR_EL1", 0x8012, Register.Mdscr),
        Stored("MDCCINT_EL1", 0x8010, Register.Mdccint),
        Constant("MDRAR_EL1", 0x8080, 0),
        Stored("OSDLR_EL1", 0x809C, Register.Osdlr, mask: 1),
        Constant("OSLSR_EL1", 0x808C, 8),
        new("OSLAR_EL1", 0x8084, RegisterKind.Ignored, RegisterUse.KernelWrite),
        // The channel to an external debugger, at whose other end nobody is; one number for what is read and what is written.
        new("MDCCSR_EL0", 0x9808, RegisterKind.Ignored, RegisterUse.KernelRead | RegisterUse.UserRead),
        new("DBGDTR_EL0", 0x9820, RegisterKind.Ignored, RegisterUse.All),
        new("DBGDTRTX_EL0, DBGDTRRX_EL0", 0x9828, RegisterKind.Ignored, RegisterUse.All),
        .. DebugPairs(0x8004, "DBGBVR", 2),
        .. DebugPairs(0x8005, "DBGBCR", 2),
        .. DebugPairs(0x8006, "DBGWVR", 2),
        .. DebugPairs(0x8007, "DBGWCR", 2),
    ];

    /// <summary>The row of a register; null where there is none.</summary>
    public static SystemRegisterEntry? Find(ushort number) => _byNumber.GetValueOrDefault(number);

    /// <summary>
    /// True for a number in the space of identification registers: those that are not declared read as zero, for software may
    /// look
    /// for features that came later.
    /// </summary>
    public static bool IsIdentification(ushort number) => (number & 0xFFC0) == 0xC000 && (number >> 3 & 7) != 0;

    /// <summary>True for a register of the channel to an external debugger: MDSCR_EL1.TDCC keeps EL0 from it.</summary>
    public static bool IsDebugChannel(ushort number) => (number & 0xFF80) == 0x9800;

    /// <summary>Puts every stored register into its state after a reset.</summary>
    public static unsafe void Reset(CoreState* state)
    {
        foreach (SystemRegisterEntry row in Rows)
        {
            if (row.Kind == RegisterKind.Stored)
                CoreState.Sys(state, row.Stored) = row.Reset;
        }
    }

    private static SystemRegisterEntry Stored(
        string name, ushort number, Register place, ulong reset = 0, ulong mask = ulong.MaxValue,
        RegisterEffect effect = RegisterEffect.None, RegisterUse use = RegisterUse.Kernel) =>
        new(name, number, RegisterKind.Stored, use, place, reset, mask, effect);

    private static SystemRegisterEntry Constant(string name, ushort number, ulong value) =>
        new(name, number, RegisterKind.Constant, RegisterUse.KernelRead, Reset: value);

    private static IEnumerable<SystemRegisterEntry> DebugPairs(ushort first, string name, int count) =>
        Enumerable.Range(0, count).Select(index => new SystemRegisterEntry(
            $"{name}{index}_EL1", (ushort)(first + (index << 3)), RegisterKind.Ignored, RegisterUse.Kernel));
}
