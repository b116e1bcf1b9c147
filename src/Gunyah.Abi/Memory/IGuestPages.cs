namespace Gunyah.Abi.Memory;

/// <summary>
/// Guest RAM by host address, for an engine that keeps what it found (its TLB). What is found stands until the mappings of
/// the VM change; whoever changes them waits until no vCPU uses an old address any more, before the memory goes to anybody
/// else.
/// <para>
/// An engine uses addresses inside slices only: from <see cref="Enter"/> to <see cref="Leave"/>. In a slice it must come to a
/// safe point, <see cref="Poll"/>, after a bounded number of guest instructions, and may not wait for anything. Both answer the
/// generation of the mappings: when it is another one than before, the engine drops everything it found, before it uses any of
/// it. Addresses may be kept from slice to slice under the same rule. A hypercall, by either face, ends the slice, as does the
/// end of the vCPU's turn: the engine enters again.
/// </para>
/// Only the engine of the vCPU may use it, in its turn.
/// </summary>
public interface IGuestPages
{
    /// <summary>
    /// The generation of the VM's mappings, to be read volatile: while it is what <see cref="Enter"/> or <see cref="Poll"/>
    /// last answered, there is nothing to poll for. Never 0; never comes back to an earlier value.
    /// </summary>
    /// <exception cref="InvalidOperationException">The vCPU has no address space: it never ran.</exception>
    ref readonly ulong Generation { get; }

    /// <summary>Begins a slice; in one, the same as <see cref="Poll"/>.</summary>
    /// <returns>The generation; what was found in another one is to be dropped.</returns>
    ulong Enter();

    /// <summary>A safe point: no address found so far is in use at this moment.</summary>
    /// <returns>The generation; what was found in another one is to be dropped.</returns>
    /// <exception cref="InvalidOperationException">There is no slice.</exception>
    ulong Poll();

    /// <summary>Ends the slice; without one it does nothing.</summary>
    void Leave();

    /// <summary>Finds a page of guest RAM and commits host memory for it.</summary>
    /// <param name="address">An intermediate physical address anywhere in the page.</param>
    /// <param name="access">What is needed.</param>
    /// <param name="isUser">True for an access by EL0; false for one by EL1.</param>
    /// <param name="page">The page, on <see cref="GunyahError.Ok"/>.</param>
    /// <returns>
    /// ADDR_INVALID where nothing, or no RAM, is mapped (a stage-2 translation fault); DENIED where the mapping does not have
    /// the access (a stage-2 permission fault). A refusal is not to be kept: mappings that only add change no generation.
    /// </returns>
    /// <exception cref="InvalidOperationException">There is no slice.</exception>
    GunyahError Find(ulong address, MemoryAccess access, bool isUser, out HostPage page);
}

/// <summary>A page of guest RAM in the host's memory.</summary>
/// <param name="Address">The host address of its first byte, a multiple of <see cref="Page.Size"/>.</param>
/// <param name="Attributes">The attribute word of its mapping (<see cref="MapAttributes"/>): all access that it allows, and the
/// memory type.</param>
public readonly record struct HostPage(nint Address, ulong Attributes);
