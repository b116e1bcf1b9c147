namespace Gunyah.Abi.Memory;

/// <summary>
/// Stage 1 of address translation: an engine with an MMU has it. Guest addresses in hypercalls are virtual and go through it,
/// page by page, as accesses of EL1 (gunyah-abi.md 4.3.4). For an engine without it they are intermediate physical ones.
/// </summary>
public interface IStageOne
{
    /// <summary>
    /// Translates with the vCPU's current registers and tables. Called during a hypercall of that vCPU, on its thread; it may
    /// read guest memory, and may neither wait nor call the hypervisor. The guest sees no effect but the access flags that
    /// hardware sets.
    /// </summary>
    /// <param name="address">A virtual address.</param>
    /// <param name="access"><see cref="MemoryAccess.Read"/> or <see cref="MemoryAccess.Write"/>.</param>
    /// <param name="intermediate">The intermediate physical address, good up to the end of its 4 KiB page.</param>
    /// <returns>The fault that EL1 would take there, or <see cref="StageOneFault.None"/>.</returns>
    StageOneFault Translate(ulong address, MemoryAccess access, out ulong intermediate);
}

/// <summary>Why a virtual address has no translation.</summary>
public enum StageOneFault
{
    /// <summary>It has one.</summary>
    None,

    /// <summary>An entry on the way is not valid, or the address lies in no region.</summary>
    Translation,

    /// <summary>The access flag is clear and hardware does not set it.</summary>
    AccessFlag,

    /// <summary>The tables do not allow the access.</summary>
    Permission,

    /// <summary>An address in an entry is too large.</summary>
    AddressSize,

    /// <summary>Stage 2 has no mapping for an entry on the way.</summary>
    WalkTranslation,

    /// <summary>Stage 2 does not let the walk read an entry on the way.</summary>
    WalkPermission,
}
