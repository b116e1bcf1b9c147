using Gunyah.Aarch64.State;
using Gunyah.Abi.Memory;

namespace Gunyah.Aarch64.Memory;

/// <summary>What a translation regime allows with a page.</summary>
[Flags]
internal enum PageAccess
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>EL1 reads.</summary>
    KernelRead = 1,

    /// <summary>EL1 writes.</summary>
    KernelWrite = 2,

    /// <summary>EL1 fetches.</summary>
    KernelExecute = 4,

    /// <summary>EL0 reads.</summary>
    UserRead = 8,

    /// <summary>EL0 writes.</summary>
    UserWrite = 16,

    /// <summary>EL0 fetches.</summary>
    UserExecute = 32,
}

/// <summary>Where a walk came to.</summary>
/// <param name="Fault">Why it has no translation; the other parts but the level say nothing then.</param>
/// <param name="Level">The level of the last entry that was looked at, 0 to 3.</param>
/// <param name="Address">The intermediate physical address.</param>
/// <param name="Access">What the tables allow; with a page that EL0 may read, PAN is for the caller.</param>
/// <param name="Attributes">The MAIR byte of the page.</param>
internal readonly record struct Walk(
    StageOneFault Fault, int Level, ulong Address = 0, PageAccess Access = PageAccess.None, byte Attributes = 0);

/// <summary>
/// Stage 1 of address translation at EL1 and EL0, with tables of 4 KiB (Arm ARM DDI 0487, D8.2 and D8.3), as Armv8.0 has it: the
/// access flag is software's, and no hierarchical permission can be switched off.
/// </summary>
internal sealed unsafe class Walker(CoreState* state, StageTwo stageTwo)
{
    private const int LevelBits = 9;
    private const int MaximumBits = 48;
    private const ulong Valid = 1;
    private const ulong TableOrPage = 2;
    private const ulong AddressBits = 0x0000_FFFF_FFFF_F000;
    private const ulong ReadOnly = 1ul << 7;
    private const ulong UserAllowed = 1ul << 6;
    private const ulong AccessFlag = 1ul << 10;
    private const ulong PrivilegedNoExecute = 1ul << 53;
    private const ulong UserNoExecute = 1ul << 54;
    private const ulong TablePrivilegedNoExecute = 1ul << 59;
    private const ulong TableUserNoExecute = 1ul << 60;
    private const ulong TableUserDenied = 1ul << 61;
    private const ulong TableReadOnly = 1ul << 62;
    private const ulong MmuOn = 1;
    private const ulong WriteImpliesNoExecute = 1ul << 19;
    private const byte DeviceMemory = 0;
    private const PageAccess Everything = PageAccess.KernelRead | PageAccess.KernelWrite | PageAccess.KernelExecute
        | PageAccess.UserRead | PageAccess.UserWrite | PageAccess.UserExecute;

    /// <summary>Translates.</summary>
    /// <param name="address">Any virtual address.</param>
    public Walk Translate(ulong address)
    {
        ulong control = CoreState.Sys(state, Register.Sctlr);
        ulong tcr = CoreState.Sys(state, Register.Tcr);
        bool isHigh = (address >> 55 & 1) != 0;
        bool ignoresTop = (tcr >> (isHigh ? 38 : 37) & 1) != 0;
        if ((control & MmuOn) == 0)
            return Flat(address);

        int size = 64 - Math.Clamp((int)(tcr >> (isHigh ? 16 : 0) & 0x3F), 16, 39);
        // What is above the region must all be copies of bit 55, but for a top byte that is ignored.
        ulong canonical = isHigh ? address | ~0ul << size : address & ~(~0ul << size);
        ulong looked = ignoresTop ? (ulong)((long)(address << 8) >> 8) : address;
        bool isDisabled = (tcr >> (isHigh ? 23 : 7) & 1) != 0;
        if (looked != canonical || isDisabled)
            return new(StageOneFault.Translation, 0);

        ulong root = CoreState.Sys(state, isHigh ? Register.Ttbr1 : Register.Ttbr0);
        int level = 4 - (size - Tlb.PageShift + LevelBits - 1) / LevelBits;
        int outputBits = OutputBits((int)(tcr >> 32 & 7));
        return Descend(canonical & ~(~0ul << size), root & AddressBits, level, outputBits, control);
    }

    private Walk Descend(ulong offset, ulong table, int level, int outputBits, ulong control)
    {
        ulong inherited = 0;
        for (; ; level++)
        {
            int shift = Tlb.PageShift + LevelBits * (3 - level);
            if (table >> outputBits != 0)
                return new(StageOneFault.AddressSize, level == 0 ? 0 : level - 1);
            ulong index = offset >> shift & (1ul << Math.Min(LevelBits, MaximumBits - shift)) - 1;
            StageOneFault read = stageTwo.ReadEntry(table + index * sizeof(ulong), out ulong entry);
            if (read != StageOneFault.None)
                return new(read, level);
            bool isTable = (entry & TableOrPage) != 0;
            if ((entry & Valid) == 0 || (level == 3 && !isTable) || (level == 0 && !isTable))
                return new(StageOneFault.Translation, level);
            if (level < 3 && isTable)
            {
                inherited |= entry & (TablePrivilegedNoExecute | TableUserNoExecute | TableUserDenied | TableReadOnly);
                table = entry & AddressBits;
                continue;
            }

            ulong block = entry & AddressBits & ~0ul << shift;
            if (block >> outputBits != 0)
                return new(StageOneFault.AddressSize, level);
            if ((entry & AccessFlag) == 0)
                return new(StageOneFault.AccessFlag, level);
            byte attributes = (byte)(CoreState.Sys(state, Register.Mair) >> (int)((entry >> 2 & 7) * 8));
            ulong reached = block | offset & ~(~0ul << shift);
            return new(StageOneFault.None, level, reached, Allowed(entry, inherited, control), attributes);
        }
    }

    private static PageAccess Allowed(ulong entry, ulong inherited, ulong control)
    {
        bool writes = (entry & ReadOnly) == 0 && (inherited & TableReadOnly) == 0;
        bool user = (entry & UserAllowed) != 0 && (inherited & TableUserDenied) == 0;
        bool wxn = (control & WriteImpliesNoExecute) != 0;
        PageAccess access = PageAccess.KernelRead;
        if (writes)
            access |= PageAccess.KernelWrite;
        if (user)
            access |= writes ? PageAccess.UserRead | PageAccess.UserWrite : PageAccess.UserRead;
        // EL1 never fetches what EL0 may write.
        bool kernelDenied = (entry & PrivilegedNoExecute) != 0 || (inherited & TablePrivilegedNoExecute) != 0;
        if (!kernelDenied && !(user && writes) && !(wxn && writes))
            access |= PageAccess.KernelExecute;
        bool userDenied = (entry & UserNoExecute) != 0 || (inherited & TableUserNoExecute) != 0;
        if (!userDenied && !(wxn && user && writes))
            access |= PageAccess.UserExecute;
        return access;
    }

    /// <summary>With the MMU off an address is physical, and must be one.</summary>
    private static Walk Flat(ulong address) =>
        (address & 0x00FF_FFFF_FFFF_FFFF) >> IdentificationRegisters.PhysicalBits != 0
            ? new(StageOneFault.AddressSize, 0)
            : new(StageOneFault.None, 3, address & 0x00FF_FFFF_FFFF_FFFF, Everything, DeviceMemory);

    /// <summary>TCR_EL1.IPS, but no more than the core has.</summary>
    private static int OutputBits(int field) =>
        Math.Min(field switch { 0 => 32, 1 => 36, 2 => 40, 3 => 42, 4 => 44, _ => 48 }, IdentificationRegisters.PhysicalBits);
}
