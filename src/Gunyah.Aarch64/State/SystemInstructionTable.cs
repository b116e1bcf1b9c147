using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Gunyah.Aarch64.State;

/// <summary>What a system instruction does.</summary>
internal enum SystemAction
{
    /// <summary>DC ZVA.</summary>
    Zero,

    /// <summary>Cleans or invalidates data by address.</summary>
    MaintainData,

    /// <summary>The same by set and way.</summary>
    MaintainSets,

    /// <summary>IC by address.</summary>
    InvalidateCode,

    /// <summary>IC of everything.</summary>
    InvalidateAllCode,

    /// <summary>TLBI by address.</summary>
    InvalidateAddress,

    /// <summary>TLBI by ASID.</summary>
    InvalidateAsid,

    /// <summary>TLBI of everything.</summary>
    InvalidateAll,

    /// <summary>AT.</summary>
    Translate,
}

/// <summary>The declaration of a system instruction.</summary>
/// <param name="Name">Its name in the manual.</param>
/// <param name="Number">op0, op1, CRn, CRm and op2, as bits 20 to 5 of SYS have them.</param>
/// <param name="Action">What it does.</param>
/// <param name="Extra">For TLBI: 1 if it means all cores. For AT: 1 for a write.</param>
/// <param name="IsUser">For AT: as EL0.</param>
internal sealed record SystemInstructionRow(
    string Name, ushort Number, SystemAction Action, int Extra = 0, bool IsUser = false);

/// <summary>Every system instruction (SYS), one row each.</summary>
internal static class SystemInstructionTable
{
    private static readonly FrozenDictionary<ushort, SystemInstructionRow> _byNumber =
        Rows.ToFrozenDictionary(static row => row.Number);

    /// <summary>The rows.</summary>
    public static ImmutableArray<SystemInstructionRow> Rows =>
    [
        new("IC IALLUIS", Number(0, 7, 1, 0), SystemAction.InvalidateAllCode),
        new("IC IALLU", Number(0, 7, 5, 0), SystemAction.InvalidateAllCode),
        new("IC IVAU", Number(3, 7, 5, 1), SystemAction.InvalidateCode),
        new("DC ZVA", Number(3, 7, 4, 1), SystemAction.Zero),
        new("DC IVAC", Number(0, 7, 6, 1), SystemAction.MaintainData),
        new("DC ISW", Number(0, 7, 6, 2), SystemAction.MaintainSets),
        new("DC CSW", Number(0, 7, 10, 2), SystemAction.MaintainSets),
        new("DC CISW", Number(0, 7, 14, 2), SystemAction.MaintainSets),
        new("DC CVAC", Number(3, 7, 10, 1), SystemAction.MaintainData),
        new("DC CVAU", Number(3, 7, 11, 1), SystemAction.MaintainData),
        new("DC CIVAC", Number(3, 7, 14, 1), SystemAction.MaintainData),
        new("AT S1E1R", Number(0, 7, 8, 0), SystemAction.Translate),
        new("AT S1E1W", Number(0, 7, 8, 1), SystemAction.Translate, 1),
        new("AT S1E0R", Number(0, 7, 8, 2), SystemAction.Translate, 0, IsUser: true),
        new("AT S1E0W", Number(0, 7, 8, 3), SystemAction.Translate, 1, IsUser: true),
        new("TLBI VMALLE1IS", Number(0, 8, 3, 0), SystemAction.InvalidateAll, 1),
        new("TLBI VAE1IS", Number(0, 8, 3, 1), SystemAction.InvalidateAddress, 1),
        new("TLBI ASIDE1IS", Number(0, 8, 3, 2), SystemAction.InvalidateAsid, 1),
        new("TLBI VAAE1IS", Number(0, 8, 3, 3), SystemAction.InvalidateAddress, 1),
        new("TLBI VALE1IS", Number(0, 8, 3, 5), SystemAction.InvalidateAddress, 1),
        new("TLBI VAALE1IS", Number(0, 8, 3, 7), SystemAction.InvalidateAddress, 1),
        new("TLBI VMALLE1", Number(0, 8, 7, 0), SystemAction.InvalidateAll),
        new("TLBI VAE1", Number(0, 8, 7, 1), SystemAction.InvalidateAddress),
        new("TLBI ASIDE1", Number(0, 8, 7, 2), SystemAction.InvalidateAsid),
        new("TLBI VAAE1", Number(0, 8, 7, 3), SystemAction.InvalidateAddress),
        new("TLBI VALE1", Number(0, 8, 7, 5), SystemAction.InvalidateAddress),
        new("TLBI VAALE1", Number(0, 8, 7, 7), SystemAction.InvalidateAddress),
    ];

    /// <summary>The row of an instruction; null where there is none.</summary>
    public static SystemInstructionRow? Find(ushort number) => _byNumber.GetValueOrDefault(number);

    private static ushort Number(int op1, int crn, int crm, int op2) =>
        (ushort)(1 << 14 | op1 << 11 | crn << 7 | crm << 3 | op2);
}
