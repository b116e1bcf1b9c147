using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;

namespace Gunyah.Hypervisor.Objects;

/// <summary>The one way from a guest's number to an object.</summary>
internal interface ICapabilityTable
{
    /// <summary>Finds what a capability names. The order of the checks is part of the ABI (gunyah-abi.md 4.1.4).</summary>
    /// <param name="id">The number.</param>
    /// <param name="type">The type wanted.</param>
    /// <param name="rights">The rights wanted, all of them.</param>
    /// <param name="lookup">The kind of look-up.</param>
    /// <param name="found">The object with a reference for the caller to release; null on failure.</param>
    GunyahError Resolve(CapId id, ObjectType type, uint rights, CapabilityLookup lookup, out HypervisorObject? found);
}

/// <summary>Look-ups for one class of objects.</summary>
internal static class CapabilityTableExtensions
{
    /// <inheritdoc cref="ICapabilityTable.Resolve"/>
    public static GunyahError Resolve<T>(
        this ICapabilityTable table, CapId id, ObjectType type, uint rights, CapabilityLookup lookup, out T? found)
        where T : HypervisorObject
    {
        GunyahError error = table.Resolve(id, type, rights, lookup, out HypervisorObject? resolved);
        found = resolved as T;
        return error;
    }
}
