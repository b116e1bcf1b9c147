namespace Gunyah.Hypervisor.Threads;

/// <summary>Threads that manage their power together, as those threads and PSCI know them (gunyah-abi.md 4.9).</summary>
internal interface IPowerGroup
{
    /// <summary>Takes the place of an index in the group.</summary>
    /// <returns>False if another member has it.</returns>
    bool TryJoin(IGroupMember member, int index);

    /// <summary>Frees the member's place.</summary>
    void Leave(IGroupMember member, int index);

    /// <summary>The member of an index, or null. May be on its way out: take a reference before acting on it.</summary>
    IGroupMember? Member(int index);

    /// <summary>Counts a member that is powered on.</summary>
    void CountOn();

    /// <summary>Counts a member that is gone whatever the others do.</summary>
    void CountOff();

    /// <summary>Counts a member that asks to go off.</summary>
    /// <param name="last">It says that it is the last one that is on.</param>
    /// <returns>False, with nothing counted, if it may not.</returns>
    bool TryCountOff(bool last);

    /// <summary>Makes a member the one that ends the whole VM; one at a time does.</summary>
    bool TryBeginEnd(IGroupMember member);

    /// <summary>The member has ended the VM: the others are dead, and it is off itself.</summary>
    void CompleteEnd();

    /// <summary>Keeps the group alive; the caller knows that it is.</summary>
    void Acquire();

    /// <summary>Ends what <see cref="Acquire"/> began. Must not be called with a lock held.</summary>
    void Release();
}
