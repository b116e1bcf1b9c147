using System.Diagnostics;
using System.Runtime.CompilerServices;
using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>A row and what carries it out.</summary>
internal abstract class BoundCall(HypercallRow row, CallShape shape)
{
    public HypercallRow Row { get; } = row;

    public CallShape Shape { get; } = shape;

    /// <summary>False only for a call whose X0 is a result.</summary>
    public bool AnswersError { get; } = row.AnswersError;

    /// <summary>
    /// True for a call on one object that needs no reference on it (<see cref="ICapabilityTable.Peek"/>).
    /// </summary>
    public bool Peeks { get; init; }

    /// <summary>The classes that the handler takes its objects as, in the order of their registers.</summary>
    public abstract ReadOnlySpan<Type> Takes { get; }

    public abstract GunyahError Invoke(in CallFrame call, ReadOnlySpan<HypervisorObject?> objects);

    /// <summary>
    /// The object as the class that the handler takes; <see cref="CallBook"/> has seen that it fits the type of the row.
    /// </summary>
    protected static T As<T>(HypervisorObject? found)
        where T : class
    {
        Debug.Assert(found is T, "the row says another type than the handler takes");
        return Unsafe.As<T>(found);
    }
}

/// <inheritdoc/>
internal sealed class PlainCall(HypercallRow row, CallShape shape, CallHandler handler) : BoundCall(row, shape)
{
    public override ReadOnlySpan<Type> Takes => [];

    public override GunyahError Invoke(in CallFrame call, ReadOnlySpan<HypervisorObject?> objects) => handler(in call);
}

/// <inheritdoc/>
internal sealed class BoundCall<T>(HypercallRow row, CallShape shape, CallHandler<T> handler) : BoundCall(row, shape)
    where T : class
{
    public override ReadOnlySpan<Type> Takes => new[] { typeof(T) };

    public override GunyahError Invoke(in CallFrame call, ReadOnlySpan<HypervisorObject?> objects) =>
        handler(in call, As<T>(objects[0]));
}

/// <inheritdoc/>
internal sealed class BoundCall<T1, T2>(HypercallRow row, CallShape shape, CallHandler<T1, T2> handler) : BoundCall(row, shape)
    where T1 : class
    where T2 : class
{
    public override ReadOnlySpan<Type> Takes => new[] { typeof(T1), typeof(T2) };

    public override GunyahError Invoke(in CallFrame call, ReadOnlySpan<HypervisorObject?> objects) =>
        handler(in call, As<T1>(objects[0]), As<T2>(objects[1]));
}

/// <inheritdoc/>
internal sealed class BoundCall<T1, T2, T3>(HypercallRow row, CallShape shape, CallHandler<T1, T2, T3> handler)
    : BoundCall(row, shape)
    where T1 : class
    where T2 : class
    where T3 : class
{
    public override ReadOnlySpan<Type> Takes => new[] { typeof(T1), typeof(T2), typeof(T3) };

    public override GunyahError Invoke(in CallFrame call, ReadOnlySpan<HypervisorObject?> objects) =>
        handler(in call, As<T1>(objects[0]), As<T2>(objects[1]), As<T3>(objects[2]));
}
