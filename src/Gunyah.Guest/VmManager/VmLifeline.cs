using System.Collections.Immutable;
using Gunyah.Abi.Rpc;
using Gunyah.Guest.Kernel;
using Gunyah.Guest.Rpc;

namespace Gunyah.Guest.VmManager;

/// <summary>
/// What the owner holds of a VM at the Resource Manager (the id, the parcels) and hears of it, and how all of that is given
/// back from any state.
/// </summary>
internal sealed class VmLifeline(GuestContext context, ResourceManagerClient client, TimeSpan timeLimit)
{
    /// <summary>The longest way out: INIT, READY, RESETTING, RESET; some more where the VM itself moves meanwhile.</summary>
    private const int MaxStates = 8;

    private readonly List<uint> _parcels = [];
    private readonly AsyncEvent _reset = new(context, autoReset: false);
    private IDisposable? _statusSubscription;
    private IDisposable? _exitSubscription;

    public ushort Vmid { get; private set; }

    public VmState State { get; private set; }

    public VmExitedNotification? Exit { get; private set; }

    /// <summary>Set once the VM has ended.</summary>
    public AsyncEvent Exited { get; } = new(context, autoReset: false);

    /// <summary>The parcels that the VM got, in order.</summary>
    public IReadOnlyList<uint> Parcels => _parcels;

    /// <summary>Takes over a VM that was just allocated.</summary>
    public void Begin(ushort vmid)
    {
        (Vmid, State) = (vmid, VmState.Load);
        _statusSubscription = client.Subscribe<VmStatusNotification>(RmMessageId.VmStatus, OnStatus);
        _exitSubscription = client.Subscribe<VmExitedNotification>(RmMessageId.VmExited, OnExited);
    }

    /// <summary>Lends or shares a range of the owner's memory.</summary>
    public async Task<VmFailure?> GiveAsync(VmMemoryRegion region)
    {
        RpcList<AclEntry> access = [new(Vmid, MemoryRights.All)];
        if (region.IsShared)
        {
            // Who shares keeps access only by listing itself.
            RpcReply<VmidReply> self = await client.CallAsync<EmptyPayload, VmidReply>(RmMessageId.VmGetVmid, default);
            if (!self.IsOk)
                return VmFailure.Of(VmStep.GiveMemory, self.WithoutData);
            access = [new(Vmid, MemoryRights.All), new(self.Value.Vmid, MemoryRights.All)];
        }

        var request = new MemoryCreateRequest(
            MemoryType.Normal, MemoryCreateFlags.None, region.Label, access, [new(region.Address, region.Size)], []);
        RpcReply<MemoryHandleReply> reply = await client.CallAsync<MemoryCreateRequest, MemoryHandleReply>(
            region.IsShared ? RmMessageId.MemShare : RmMessageId.MemLend, request);
        if (!reply.IsOk)
            return VmFailure.Of(VmStep.GiveMemory, reply.WithoutData);
        _parcels.Add(reply.Value.Handle);
        return null;
    }

    /// <summary>VM_STOP.</summary>
    public async Task<VmFailure?> StopAsync(VmStopFlags flags, VmStopReason reason)
    {
        RpcReply reply = await client.CallAsync(RmMessageId.VmStop, new VmStopRequest(Vmid, flags, reason));
        return reply.IsOk ? null : VmFailure.Of(VmStep.Stop, reply);
    }

    /// <summary>Leads the VM to a state in which it can be given up, then gives back its memory and its id.</summary>
    public async Task<ImmutableArray<VmFailure>> EndAsync(ImmutableArray<VcpuRunner> vcpus)
    {
        if (_statusSubscription is null)
            return [];
        var failures = ImmutableArray.CreateBuilder<VmFailure>();
        if (await SettleAsync(vcpus) is { } unsettled)
            failures.Add(unsettled);

        for (int i = _parcels.Count - 1; i >= 0; i--)
        {
            RpcReply reply = await client.CallAsync(
                RmMessageId.MemReclaim, new MemoryReturnRequest(_parcels[i], MemoryReturnFlags.None));
            if (reply.IsOk)
                _parcels.RemoveAt(i);
            else
                failures.Add(VmFailure.Of(VmStep.Reclaim, reply));
        }

        RpcReply deallocated = await client.CallAsync(RmMessageId.VmDeallocate, new VmidRequest(Vmid));
        if (deallocated.IsOk)
            Forget();
        else
            failures.Add(VmFailure.Of(VmStep.Deallocate, deallocated));
        return failures.ToImmutable();
    }

    /// <summary>
    /// Asks for the state and does what leads on, until the VM is in LOAD or RESET. The state is asked for because a step that
    /// failed may or may not have changed it.
    /// </summary>
    private async Task<VmFailure?> SettleAsync(ImmutableArray<VcpuRunner> vcpus)
    {
        for (int i = 0; i < MaxStates; i++)
        {
            RpcReply<VmStateReply> reply = await client.CallAsync<VmidRequest, VmStateReply>(RmMessageId.VmGetState, new(Vmid));
            if (!reply.IsOk)
                return VmFailure.Of(VmStep.Reset, reply.WithoutData);
            State = reply.Value.State;
            VmFailure? failure = null;
            switch (State)
            {
                case VmState.Load or VmState.Reset:
                    return null;
                case VmState.Running or VmState.Paused:
                    failure = await EndRunningAsync(vcpus);
                    break;
                case VmState.Ready or VmState.InitFailed or VmState.Exited:
                    failure = await ResetAsync(vcpus);
                    break;
                case VmState.Resetting:
                    failure = await WaitForResetAsync();
                    break;
                case VmState.Init:
                    // No way leads back from here: forward, to READY or INIT_FAILED, and out from there.
                    await client.CallAsync(RmMessageId.VmInit, new VmInitRequest(Vmid));
                    break;
                default:
                    return new(VmStep.Reset, null, $"no way leads out of the state {State}");
            }
            if (failure is not null)
                return failure;
        }
        return new(VmStep.Reset, null, $"the VM does not settle, it is in the state {State}");
    }

    private async Task<VmFailure?> EndRunningAsync(ImmutableArray<VcpuRunner> vcpus)
    {
        // Where the reply to VM_START was lost, nobody runs the vCPUs yet; once killed they must be.
        foreach (VcpuRunner vcpu in vcpus)
            vcpu.Start();
        if (await StopAsync(VmStopFlags.Force, VmStopReason.ForcedStop) is { } failure)
        {
            // The VM may have ended by itself in between.
            return failure.Reply is { Error: RmError.VmState } ? null : failure;
        }
        if (await Exited.WaitAsync(context.Timers.After(timeLimit)) != WaitResult.Done)
            return new(VmStep.Stop, null, "the VM's end was not told in time");
        return await WaitForVcpusAsync(vcpus);
    }

    /// <summary>A killed vCPU that the owner runs must be run until it has left its last call.</summary>
    private async Task<VmFailure?> WaitForVcpusAsync(ImmutableArray<VcpuRunner> vcpus)
    {
        Deadline deadline = context.Timers.After(timeLimit);
        foreach (VcpuRunner vcpu in vcpus)
        {
            if (await vcpu.WaitForEndAsync(deadline) != WaitResult.Done)
                return new(VmStep.Stop, null, $"vCPU {vcpu.Vcpu.Label} did not end in time");
        }
        return null;
    }

    private async Task<VmFailure?> ResetAsync(ImmutableArray<VcpuRunner> vcpus)
    {
        if (State == VmState.Exited && await WaitForVcpusAsync(vcpus) is { } failure)
            return failure;
        _reset.Reset();
        RpcReply reply = await client.CallAsync(RmMessageId.VmReset, new VmidRequest(Vmid));
        return reply.IsOk ? await WaitForResetAsync() : VmFailure.Of(VmStep.Reset, reply);
    }

    private async Task<VmFailure?> WaitForResetAsync() =>
        await _reset.WaitAsync(context.Timers.After(timeLimit)) == WaitResult.Done
            ? null
            : new(VmStep.Reset, null, "the reset was not done in time");

    private void OnStatus(VmStatusNotification status)
    {
        if (status.Vmid != Vmid)
            return;
        State = status.State;
        if (State == VmState.Reset)
            _reset.Set();
    }

    private void OnExited(VmExitedNotification exit)
    {
        if (exit.Vmid != Vmid)
            return;
        Exit = exit;
        Exited.Set();
    }

    private void Forget()
    {
        State = VmState.None;
        _statusSubscription?.Dispose();
        _exitSubscription?.Dispose();
        (_statusSubscription, _exitSubscription) = (null, null);
    }
}
