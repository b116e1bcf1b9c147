using Gunyah.Abi.Memory;

namespace Gunyah.Aarch64.Exceptions;

/// <summary>ESR_EL1, as the manual has it (Arm ARM DDI 0487, D19.2.40).</summary>
internal static class Syndrome
{
    private const int ClassShift = 26;
    private const ulong Is32Bit = 1ul << 25;
    private const ulong IsWrite = 1ul << 6;
    private const ulong IsCacheMaintenance = 1ul << 8;
    private const uint ExternalAbort = 0b010000;
    private const uint AlignmentFault = 0b100001;

    /// <summary>An instruction that no encoding describes, or that is denied where it runs.</summary>
    public const ulong Undefined = Is32Bit;

    /// <summary>An access to floating point that CPACR_EL1 traps.</summary>
    public const ulong FloatingPointTrap = 0x07ul << ClassShift | Is32Bit | 1ul << 24 | 0xE << 20;

    /// <summary>A return with an impossible SPSR, or an instruction while PSTATE.IL is set.</summary>
    public const ulong IllegalState = 0x0Eul << ClassShift | Is32Bit;

    /// <summary>A program counter that is not a multiple of four.</summary>
    public const ulong PcAlignment = 0x22ul << ClassShift | Is32Bit;

    /// <summary>A stack pointer that is not a multiple of sixteen.</summary>
    public const ulong SpAlignment = 0x26ul << ClassShift | Is32Bit;

    /// <summary>SVC.</summary>
    public static ulong SupervisorCall(uint immediate) => 0x15ul << ClassShift | Is32Bit | immediate;

    /// <summary>BRK.</summary>
    public static ulong Breakpoint(uint immediate) => 0x3Cul << ClassShift | Is32Bit | immediate;

    /// <summary>An access by MRS, MSR or a system instruction that EL1 traps from EL0.</summary>
    /// <param name="word">The instruction.</param>
    public static ulong SystemTrap(uint word)
    {
        uint op0 = word >> 19 & 3;
        uint op2 = word >> 5 & 7;
        uint op1 = word >> 16 & 7;
        uint crn = word >> 12 & 15;
        uint crm = word >> 8 & 15;
        return 0x18ul << ClassShift | Is32Bit | op0 << 20 | op2 << 17 | op1 << 14 | crn << 10 | (word & 31) << 5 | crm << 1
            | word >> 21 & 1;
    }

    /// <summary>WFI or WFE that EL1 traps from EL0.</summary>
    public static ulong WaitTrap(bool isEvent) => 0x01ul << ClassShift | Is32Bit | 1ul << 24 | 0xE << 20 | (isEvent ? 1u : 0);

    /// <summary>A fetch that faults.</summary>
    /// <param name="fault">The fault's status code.</param>
    /// <param name="fromUser">True from EL0.</param>
    public static ulong InstructionAbort(uint fault, bool fromUser) =>
        (fromUser ? 0x20ul : 0x21ul) << ClassShift | Is32Bit | fault;

    /// <summary>A load or store that faults.</summary>
    /// <param name="fault">The fault's status code.</param>
    /// <param name="fromUser">True from EL0.</param>
    /// <param name="isWrite">True for a store.</param>
    /// <param name="isMaintenance">True for an instruction that maintains caches or translates.</param>
    public static ulong DataAbort(uint fault, bool fromUser, bool isWrite, bool isMaintenance = false) =>
        (fromUser ? 0x24ul : 0x25ul) << ClassShift | Is32Bit | fault | (isWrite ? IsWrite : 0)
        | (isMaintenance ? IsCacheMaintenance | IsWrite : 0);

    /// <summary>The status code of a fault of stage 1.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="level">The level of the table entry where it was found.</param>
    public static uint Status(StageOneFault fault, int level) => fault switch
    {
        StageOneFault.AddressSize => (uint)level,
        StageOneFault.Translation => 0b000100 | (uint)level,
        StageOneFault.AccessFlag => 0b001000 | (uint)level,
        StageOneFault.Permission => 0b001100 | (uint)level,
        _ => 0b010100 | (uint)level,
    };

    /// <summary>The status code of an access that the hypervisor or a device refused.</summary>
    public static uint External => ExternalAbort;

    /// <summary>The status code of an access that must be aligned.</summary>
    public static uint Alignment => AlignmentFault;
}
