using System.Diagnostics;
using System.Numerics;
using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.Interrupts;

/// <summary>
/// A virtual interrupt controller (gunyah-abi.md 4.2 and 4.5). One lock guards all its state. Sources of objects
/// come in here with their object's lock held; out of here it calls only polls, which take no lock. Whom a change wakes is
/// told after this lock, and the object's, were let go of.
/// </summary>
internal sealed partial class Vic(HypervisorContext context, IObjectHeap heap)
    : HypervisorObject(context, ObjectType.Vic, heap, Footprint)
{
    /// <summary>What the object is charged for.</summary>
    public const ulong Footprint = 64 * 1024;

    private const int SharedCount = (int)(InterruptIds.LastSpi - InterruptIds.FirstSpi + 1);
    private const int BitsPerWord = 64;
    private const uint MsiCountValid = 1;
    private const ulong KnownOptions = 3;

    private readonly Lock _gate = new();
    private readonly VirqState[] _shared = new VirqState[SharedCount];

    /// <summary>Shared interrupts that can be taken, one bit each.</summary>
    private readonly ulong[] _candidates = new ulong[(SharedCount + BitsPerWord - 1) / BitsPerWord];
    private readonly VcpuInterface?[] _vcpus = new VcpuInterface?[VcpuLimits.MaxVcpus];
    private int _maxVcpus = 1;
    private int _maxShared;
    private bool _group0;
    private bool _group1;

    public int MaxVcpus => _maxVcpus;

    /// <summary>Which affinity each vCPU has.</summary>
    public AffinityMap Affinities { get; private set; } = AffinityMap.Default;

    /// <summary>Sources bound at this moment, without the private ones.</summary>
    public int BoundSources
    {
        get
        {
            lock (_gate)
                return _shared.Count(state => state.Source is not null);
        }
    }

    /// <summary>vic_configure. Fields before a bad one stay changed (gunyah-abi.md 4.5.1).</summary>
    public GunyahError Configure(uint maxVcpus, uint maxShared, ulong options, uint maxMsis)
    {
        if ((options & ~KnownOptions) != 0)
            return GunyahError.ArgumentInvalid;
        using Lock.Scope scope = EnterConfiguration();
        if (State != ObjectState.Init)
            return GunyahError.ObjectState;
        if (maxVcpus is 0 or > VcpuLimits.MaxVcpus)
            return GunyahError.ArgumentInvalid;
        _maxVcpus = (int)maxVcpus;
        if (maxShared > SharedCount)
            return GunyahError.ArgumentInvalid;
        _maxShared = (int)maxShared;
        _hasFixedAddresses = (options & NoFixedAddresses) == 0;
        return (options & MsiCountValid) != 0 && maxMsis != 0 ? GunyahError.ArgumentInvalid : GunyahError.Ok;
    }

    /// <summary>vgic_set_mpidr_mapping.</summary>
    public GunyahError SetAffinities(ulong mask, ReadOnlySpan<uint> shifts, bool isMultithreaded)
    {
        using Lock.Scope scope = EnterConfiguration();
        if (State != ObjectState.Init)
            return GunyahError.ObjectState;
        if (AffinityMap.TryMake(mask, shifts, isMultithreaded) is not { } made)
            return GunyahError.ArgumentInvalid;
        Affinities = made;
        return GunyahError.Ok;
    }

    /// <summary>Gives a vCPU that is being activated its interface.</summary>
    /// <returns>Null if the index is taken.</returns>
    public VcpuInterface? TryAttach(IInterruptTarget vcpu, int index)
    {
        lock (_gate)
        {
            if (_vcpus[index] is not null)
                return null;
            return _vcpus[index] = new VcpuInterface(vcpu, index);
        }
    }

    public void Detach(VcpuInterface local)
    {
        int woken;
        lock (_gate)
        {
            foreach (ref VirqState state in local.Private.AsSpan())
            {
                state.Source?.OnRemoved();
                state.Source = null;
            }

            local.Frame?.Remove();
            _vcpus[local.Index] = null;
            woken = ResetTaken(local);
        }

        Wake(woken);
    }

    /// <summary>Binds a private source at vCPU activation.</summary>
    public void PlacePrivate(VirqSource source, VcpuInterface local, uint intid)
    {
        lock (_gate)
        {
            local.Private[intid].Source = source;
            source.OnPlaced(this, intid, local);
        }
    }

    /// <summary>Rules 3 to 5 of binding a shared source.</summary>
    public GunyahError TryPlace(VirqSource source, uint number, out WakeUp wakeUp)
    {
        wakeUp = default;
        int index = (int)(number - InterruptIds.FirstSpi);
        if (index >= _maxShared)
            return GunyahError.ArgumentInvalid;
        lock (_gate)
        {
            ref VirqState state = ref _shared[index];
            if (state.Source is not null)
                return GunyahError.Busy;
            if (source.IsHardware && state.Forwarded)
                return GunyahError.Retry;
            state.Source = source;
            if (source.FixedTrigger is { } trigger)
                state.Configure(trigger == InterruptTrigger.EdgeRising);
            source.OnPlaced(this, number, null);

            // An edge that an earlier source left behind shows now where the interrupt was a level until here.
            wakeUp = new(this, Settle(null, number));
            return GunyahError.Ok;
        }
    }

    public void Remove(VirqSource source)
    {
        lock (_gate)
        {
            ref VirqState state = ref Find(source.Local, source.Number);
            if (state.Source != source)
                return;
            state.Source = null;
            state.LevelSource = false;
            source.OnRemoved();
            Withdraw(source);
        }
    }

    public WakeUp Assert(VirqSource source, bool level)
    {
        int woken;
        uint number;
        lock (_gate)
        {
            number = source.Number;
            ref VirqState state = ref Find(source.Local, number);
            if (state.Source != source)
                return default;
            state.Edge = true;
            state.LevelSource |= level;
            woken = Settle(source.Local, number);
        }

        if (Context.Events.Wants(EventKind.InterruptAsserted))
            Context.Emit(null, EventKind.InterruptAsserted, new((ulong)Id, number));
        return new(this, woken);
    }

    public void Clear(VirqSource source)
    {
        lock (_gate)
        {
            ref VirqState state = ref Find(source.Local, source.Number);
            if (state.Source != source)
                return;
            state.LevelSource = false;
            Withdraw(source);
        }
    }

    /// <summary>
    /// Makes a vCPU wait for an interrupt, unless one can be delivered already. From here on the first that becomes
    /// deliverable wakes it.
    /// </summary>
    public bool TryWait(VcpuInterface local)
    {
        lock (_gate)
            return local.IsWaiting = FindMostUrgent(local) < 0;
    }

    public bool CanDeliver(VcpuInterface local)
    {
        lock (_gate)
            return FindMostUrgent(local) >= 0;
    }

    public bool IsWaiting(VcpuInterface local)
    {
        lock (_gate)
            return local.IsWaiting;
    }

    /// <summary>The vCPU stops or starts: it waits for nothing and its CPU interface is as after reset.</summary>
    public void Reset(VcpuInterface local)
    {
        int woken;
        lock (_gate)
        {
            local.IsWaiting = false;
            woken = ResetTaken(local);
        }

        Wake(woken);
    }

    /// <summary>Ends the wait of the vCPU at an index.</summary>
    /// <returns>Whom that wakes in turn, where the vCPU is proxy-scheduled.</returns>
    public WakeUp End(int index) => Volatile.Read(ref _vcpus[index])?.Vcpu.OnWoken() ?? default;

    private protected override GunyahError OnActivate() => GunyahError.Ok;

    private protected override void OnDeactivate()
    {
        lock (_gate)
        {
            foreach (ref VirqState state in _shared.AsSpan())
            {
                state.Source?.OnRemoved();
                state.Source = null;
            }

            _distributor?.Remove();
        }
    }

    /// <summary>The vCPU is gone, or begins anew: what it was handling is over.</summary>
    private int ResetTaken(VcpuInterface local)
    {
        int woken = 0;
        for (uint intid = 0; local.TakenCount > 0 && intid <= InterruptIds.LastSpi; intid++)
        {
            ref VirqState state = ref Find(local, intid);
            if (state.Active && state.Taken.IsBy(local))
                woken |= Deactivate(local, intid);
        }

        local.Reset();
        return woken;
    }

    /// <summary>An interrupt is over: by its end, or because its vCPU is.</summary>
    private int Deactivate(VcpuInterface local, uint intid)
    {
        ref VirqState state = ref Find(local, intid);
        if (state.Taken.IsBy(local))
            local.Forget(ref state);
        state.Active = state.Forwarded = false;
        state.Poll();
        return Settle(local, intid);
    }

    private ref VirqState Find(VcpuInterface? local, uint intid)
    {
        if (intid < InterruptIds.FirstSpi)
            return ref local!.Private[intid];
        return ref _shared[intid - InterruptIds.FirstSpi];
    }

    /// <summary>
    /// The end of every change of an interrupt, whatever changed it: the candidate bits are brought in step, and the vCPU that
    /// can take the interrupt now waits no longer.
    /// </summary>
    /// <returns>The index of that vCPU as a bit.</returns>
    private int Settle(VcpuInterface? local, uint intid)
    {
        Refresh(local, intid);
        VcpuInterface? target = local;
        if (intid >= InterruptIds.FirstSpi)
        {
            int route = _shared[intid - InterruptIds.FirstSpi].Route;
            target = route >= 0 ? _vcpus[route] : null;
        }

        if (target is null)
            return 0;
        target.AgeLine();
        return TakeWoken(target);
    }

    /// <summary>As <see cref="Settle"/>, for a source that only took something back.</summary>
    private void Withdraw(VirqSource source)
    {
        int woken = Settle(source.Local, source.Number);
        Debug.Assert(woken == 0, "what is withdrawn wakes nobody");
    }

    /// <summary>Keeps the candidate bits in step with an interrupt's state; only <see cref="Settle"/> calls it.</summary>
    private void Refresh(VcpuInterface? local, uint intid)
    {
        if (intid < InterruptIds.FirstSpi)
        {
            uint bit = 1u << (int)intid;
            local!.Candidates = local.Private[intid].CanBeTaken ? local.Candidates | bit : local.Candidates & ~bit;
            return;
        }

        int index = (int)(intid - InterruptIds.FirstSpi);
        ulong mask = 1UL << (index % BitsPerWord);
        ref ulong word = ref _candidates[index / BitsPerWord];
        word = _shared[index].CanBeTaken ? word | mask : word & ~mask;
    }

    /// <summary>The interrupt to deliver to a vCPU next; −1 if none.</summary>
    private int FindMostUrgent(VcpuInterface local)
    {
        int found = FindHighestPending(local);
        if (found < 0)
            return found;
        ref VirqState state = ref Find(local, (uint)found);
        return state.Priority < local.PriorityMask
            && local.GroupPriority(state.Priority, state.Group1) < local.RunningPriority ? found : -1;
    }

    /// <summary>
    /// What waits for a vCPU, whatever it is handling: the smallest priority number, then the smallest INTID; −1 if nothing.
    /// </summary>
    private int FindHighestPending(VcpuInterface local)
    {
        int found = -1;
        int limit = VcpuInterface.Idle;
        uint privates = local.Candidates;
        while (privates != 0)
        {
            int intid = BitOperations.TrailingZeroCount(privates);
            privates &= privates - 1;
            Consider(ref local.Private[intid], intid, local, ref limit, ref found);
        }

        for (int word = 0; word < _candidates.Length; word++)
        {
            ulong bits = _candidates[word];
            while (bits != 0)
            {
                int index = (word * BitsPerWord) + BitOperations.TrailingZeroCount(bits);
                bits &= bits - 1;
                ref VirqState state = ref _shared[index];
                if (state.Route == local.Index)
                    Consider(ref state, index + (int)InterruptIds.FirstSpi, local, ref limit, ref found);
            }
        }

        return found;
    }

    private void Consider(ref readonly VirqState state, int intid, VcpuInterface local, ref int limit, ref int found)
    {
        bool groupEnabled = state.Group1 ? _group1 && local.Group1 : _group0 && local.Group0;
        if (!groupEnabled || state.Priority >= limit)
            return;
        limit = state.Priority;
        found = intid;
    }

    private int TakeWoken(VcpuInterface target)
    {
        if (!target.IsWaiting || FindMostUrgent(target) < 0)
            return 0;
        target.IsWaiting = false;
        return 1 << target.Index;
    }

    private void Wake(int woken) => new WakeUp(this, woken).Deliver();
}
