using Gunyah.Abi.Rpc;

namespace Gunyah.Guest.Tests.Fakes;

/// <summary>
/// One VM's life as the Resource Manager keeps it (gunyah-rm.md 5.2), with a failure at any message on demand.
/// </summary>
internal sealed class FakeResourceManager
{
    public const ushort Vmid = 0x80;

    private readonly FakeServer _server;
    private readonly HashSet<uint> _parcels = [];
    private uint _nextParcel;

    public FakeResourceManager(FakeServer server)
    {
        _server = server;
        server.OnRequest = Answer;
    }

    public VmState State { get; private set; }

    public IReadOnlyCollection<uint> Parcels => _parcels;

    /// <summary>Messages that fail, with the error.</summary>
    public Dictionary<RmMessageId, RmError> Failures { get; } = [];

    /// <summary>Messages that are carried out but never answered.</summary>
    public HashSet<RmMessageId> Unanswered { get; } = [];

    /// <summary>True if a failed step leaves the state INIT_FAILED, as the Resource Manager does after its state check.</summary>
    public bool FailuresChangeState { get; set; } = true;

    /// <summary>True to keep the VM in RESETTING.</summary>
    public bool ResetHangs { get; set; }

    public HypervisorResource[] Resources { get; set; } = [];

    public List<RmMessageId> Log { get; } = [];

    public MemoryCreateRequest? LastParcel { get; private set; }

    public VmConfigImageRequest? Image { get; private set; }

    /// <summary>Called when the VM is started or killed, as the hypervisor's side of it.</summary>
    public Action<bool>? OnPower { get; set; }

    public void VmExits(VmExitType type)
    {
        SetState(VmState.Exited);
        OnPower?.Invoke(false);
        _server.Notify(RmMessageId.VmExited, new VmExitedNotification(Vmid, type, default, default));
    }

    private byte[]? Answer(RpcHeader header, byte[] payload)
    {
        RmMessageId id = header.MessageId;
        Log.Add(id);
        byte[] reply;
        if (Failures.TryGetValue(id, out RmError failure))
        {
            if (FailuresChangeState && id is RmMessageId.VmConfigImage or RmMessageId.VmInit or RmMessageId.VmStart)
                SetState(VmState.InitFailed);
            reply = Error(failure);
        }
        else
        {
            reply = CarryOut(id, payload);
        }
        return Unanswered.Contains(id) ? null : reply;
    }

    private byte[] CarryOut(RmMessageId id, byte[] payload)
    {
        switch (id)
        {
            case RmMessageId.VmAllocate:
                State = VmState.Load;
                return Ok(new VmidReply(Vmid));
            case RmMessageId.VmGetVmid:
                return Ok(new VmidReply(3));
            case RmMessageId.MemLend or RmMessageId.MemShare:
                Assert.Equal(RmError.Ok, RpcPayload.TryRead(payload, out MemoryCreateRequest parcel));
                LastParcel = parcel;
                _parcels.Add(_nextParcel);
                return Ok(new MemoryHandleReply(_nextParcel++));
            case RmMessageId.MemReclaim:
                Assert.Equal(RmError.Ok, RpcPayload.TryRead(payload, out MemoryReturnRequest returned));
                if (State is not (VmState.Load or VmState.Reset))
                    return Error(RmError.Denied);
                return Error(_parcels.Remove(returned.Handle) ? RmError.Ok : RmError.HandleInvalid);
            case RmMessageId.VmConfigImage:
                Assert.Equal(RmError.Ok, RpcPayload.TryRead(payload, out VmConfigImageRequest image));
                Image = image;
                return Step(VmState.Load, VmState.Init);
            case RmMessageId.VmInit:
                return Step(VmState.Init, VmState.Ready);
            case RmMessageId.VmGetHypResources:
                return Ok(new HypervisorResourcesReply(Resources));
            case RmMessageId.VmStart:
                OnPower?.Invoke(true);
                return Step(VmState.Ready, VmState.Running);
            case RmMessageId.VmStop:
                if (State != VmState.Running)
                    return Error(RmError.VmState);
                VmExits(VmExitType.VmStopForced);
                return Error(RmError.Ok);
            case RmMessageId.VmReset:
                if (State is not (VmState.Exited or VmState.Ready or VmState.InitFailed))
                    return Error(RmError.VmState);
                SetState(VmState.Resetting);
                if (!ResetHangs)
                    SetState(VmState.Reset);
                return Error(RmError.Ok);
            case RmMessageId.VmGetState:
                return Ok(new VmStateReply(State, OsState.None, 0));
            case RmMessageId.VmDeallocate:
                if (State is not (VmState.Load or VmState.Reset))
                    return Error(RmError.VmState);
                State = VmState.None;
                return Error(RmError.Ok);
            default:
                return Error(RmError.Unimplemented);
        }
    }

    private byte[] Step(VmState from, VmState to)
    {
        if (State != from)
            return Error(RmError.VmState);
        SetState(to);
        return Error(RmError.Ok);
    }

    private void SetState(VmState state)
    {
        State = state;
        _server.Notify(RmMessageId.VmStatus, new VmStatusNotification(Vmid, state, OsState.None, 0));
    }

    private static byte[] Error(RmError error)
    {
        var bytes = new byte[RmReply.ErrorSize];
        RmReply.Write(bytes, error);
        return bytes;
    }

    private static byte[] Ok<T>(T data)
        where T : struct, IRpcPayload<T> => [.. Error(RmError.Ok), .. data.ToBytes()];
}
