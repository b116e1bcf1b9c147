using System.Runtime.InteropServices;
using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Profiles;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>One type of object: its calls, and what it keeps for all of them. Without it its calls are unknown.</summary>
internal interface IRoom
{
    /// <summary>Binds each call of the room to its row.</summary>
    void Declare(CallBook calls);
}

/// <summary>
/// What carries out each call, as the rooms of a hypervisor have declared it. A room that binds a row has nothing else to list:
/// number, checks, look-ups and trace are the row's.
/// </summary>
internal sealed class CallBook
{
    private readonly Profile _profile;
    private readonly BoundCall?[] _byNumber = new BoundCall?[HypercallTable.Size];
    private readonly Dictionary<ObjectType, Type> _classes = [];
    private readonly List<ISmcccService> _services = [];

    public CallBook(Profile profile, IEnumerable<IRoom> rooms)
    {
        _profile = profile;
        foreach (IRoom room in rooms)
            room.Declare(this);
        foreach (BoundCall? call in _byNumber)
        {
            if (call is not null)
                Check(call);
        }
    }

    /// <summary>Who answers SMCCC functions that are no hypercalls; asked in this order.</summary>
    public ReadOnlySpan<ISmcccService> Services => CollectionsMarshal.AsSpan(_services);

    /// <summary>The typed face of message queues; null where nobody has any.</summary>
    public IMessageFace? Messages { get; set; }

    /// <summary>The call of a number, or null where none is bound.</summary>
    public BoundCall? Find(int number) => (uint)number < (uint)_byNumber.Length ? _byNumber[number] : null;

    /// <summary>Says of which class the objects of a type are.</summary>
    public void Introduce<T>(ObjectType type)
        where T : HypervisorObject => _classes.Add(type, typeof(T));

    public void Bind(HypercallRow row, CallHandler handler) => Add(new PlainCall(row, new(row, _profile), handler));

    public void Bind<T>(HypercallRow row, CallHandler<T> handler)
        where T : class => Add(new BoundCall<T>(row, new(row, _profile), handler));

    /// <summary>
    /// As <see cref="Bind{T}"/>, for a handler that finds out under the object's own lock whether it has ended.
    /// </summary>
    public void BindPeeking<T>(HypercallRow row, CallHandler<T> handler)
        where T : class => Add(new BoundCall<T>(row, new(row, _profile), handler) { Peeks = true });

    public void Bind<T1, T2>(HypercallRow row, CallHandler<T1, T2> handler)
        where T1 : class
        where T2 : class => Add(new BoundCall<T1, T2>(row, new(row, _profile), handler));

    public void Bind<T1, T2, T3>(HypercallRow row, CallHandler<T1, T2, T3> handler)
        where T1 : class
        where T2 : class
        where T3 : class => Add(new BoundCall<T1, T2, T3>(row, new(row, _profile), handler));

    /// <summary>A call that exists and does nothing.</summary>
    public void BindStub(HypercallRow row)
    {
        ulong x1 = row.CreatesCapability ? CapId.Invalid.Value : 0;
        Bind(row, (in call) => call.Answer(GunyahError.Unimplemented, x1));
    }

    public void Serve(ISmcccService service) => _services.Add(service);

    private void Add(BoundCall call)
    {
        if (_byNumber[call.Row.Number] is not null)
            throw new InvalidOperationException($"{call.Row.Name} is bound twice");
        _byNumber[call.Row.Number] = call;
    }

    /// <summary>The handler takes as many objects as the row looks up, and each as what the objects of its type are.</summary>
    private void Check(BoundCall call)
    {
        if (call.Takes.Length != call.Shape.Lookups.Length)
            throw new InvalidOperationException($"the handler of {call.Row.Name} takes {call.Takes.Length} objects");
        foreach (CallLookup lookup in call.Shape.Lookups)
        {
            Type taken = call.Takes[lookup.Position];
            Type? known = lookup.Needs.Type == ObjectType.Any
                ? typeof(HypervisorObject) : _classes.GetValueOrDefault(lookup.Needs.Type);
            if (known is not null && !known.IsAssignableTo(taken))
                throw new InvalidOperationException($"the handler of {call.Row.Name} takes a {known.Name} as {taken.Name}");
        }
    }
}
