using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;

namespace Gunyah.Hypervisor.Objects;

/// <summary>The one way from a guest's number to an object.</summary>
internal interface ICapabilityTable
{
    /// <summary>Finds what a capability names. The order of the checks is part of the ABI (gunyah-abi.md 4.1.4).</summary>
    /// <param name="id">The number.</param>
    /// <param name="needs">The type wanted, and the rights, all of them.</param>
    /// <param name="lookup">The kind of look-up.</param>
    /// <param name="found">The object with a reference for the caller to release; null on failure.</param>
    GunyahError Resolve(CapId id, ObjectRights needs, CapabilityLookup lookup, out HypervisorObject? found);

    /// <summary>
    /// As <see cref="Resolve"/>, without a reference: for one operation of an object that finds out itself, under its own lock,
    /// whether it has ended. The lock is the only thing that such a call shares with others.
    /// </summary>
    /// <inheritdoc cref="Resolve"/>
    GunyahError Peek(CapId id, ObjectRights needs, CapabilityLookup lookup, out HypervisorObject? found);

    /// <summary>Puts the master capability of a new object into the table.</summary>
    /// <param name="created">The object, which nothing names yet.</param>
    /// <param name="id">The number; <see cref="CapId.Invalid"/> on failure.</param>
    GunyahError AddMaster(HypervisorObject created, out CapId id);
}

/// <summary>Look-ups for one class of objects.</summary>
internal static class CapabilityTableExtensions
{
    /// <inheritdoc cref="ICapabilityTable.Resolve"/>
    public static GunyahError Resolve<T>(
        this ICapabilityTable table, CapId id, ObjectRights needs, CapabilityLookup lookup, out T? found)
        where T : HypervisorObject
    {
        GunyahError error = table.Resolve(id, needs, lookup, out HypervisorObject? resolved);
        found = resolved as T;
        return error;
    }
}
