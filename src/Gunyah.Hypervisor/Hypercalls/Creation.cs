using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>partition_create_*: an object of a partition's memory, and its master capability (gunyah-abi.md 3.5).</summary>
internal static class Creation
{
    /// <summary>Binds the call that makes objects of one type.</summary>
    /// <param name="calls">The calls.</param>
    /// <param name="row">The call.</param>
    /// <param name="context">Who hears of the new object.</param>
    /// <param name="type">The type.</param>
    /// <param name="footprint">What an object is charged for.</param>
    /// <param name="make">Makes one.</param>
    public static void BindCreation<T>(
        this CallBook calls, HypercallRow row, HypervisorContext context, ObjectType type, ulong footprint,
        Func<IObjectHeap, T> make)
        where T : HypervisorObject
    {
        calls.Introduce<T>(type);
        calls.Bind<IObjectHeap, ICapabilityTable>(row, (in call, heap, space) =>
        {
            GunyahError error = TryCreate(heap, space, footprint, make, out T? created, out CapId cap);
            if (created is not null && context.Events.Wants(EventKind.ObjectCreated))
                context.Emit(call.Caller, EventKind.ObjectCreated, new((ulong)created.Id, (ulong)type));
            return call.Answer(error, cap.Value);
        });
    }

    /// <summary>Makes an object of a partition's memory.</summary>
    /// <returns>Null if that much is not left.</returns>
    public static T? TryMake<T>(this IObjectHeap heap, ulong footprint, Func<IObjectHeap, T> make)
        where T : HypervisorObject
    {
        if (!heap.TryCharge(footprint))
            return null;

        // The object gives the memory and this reference back when it goes.
        heap.Enter();
        return make(heap);
    }

    private static GunyahError TryCreate<T>(
        IObjectHeap heap, ICapabilityTable space, ulong footprint, Func<IObjectHeap, T> make, out T? created, out CapId cap)
        where T : HypervisorObject
    {
        cap = CapId.Invalid;
        created = heap.TryMake(footprint, make);
        if (created is null)
            return GunyahError.NoMemory;
        GunyahError error = space.AddMaster(created, out cap);
        if (error != GunyahError.Ok)
        {
            created.Release();
            created = null;
        }

        return error;
    }
}
