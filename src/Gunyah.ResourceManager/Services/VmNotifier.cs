using Gunyah.Abi.Events;
using Gunyah.Abi.Rpc;
using Gunyah.ResourceManager.Platform;
using Gunyah.ResourceManager.Records;

namespace Gunyah.ResourceManager.Services;

/// <summary>
/// Tells VMs what happens to others (gunyah-rm.md 3). A VM without a link cannot be told and is passed over, where
/// the original ends itself (gunyah-rm.md Q-04).
/// </summary>
internal sealed class VmNotifier(RootVm root, VmRegistry vms)
{
    /// <summary>One series for all VMs: a receiver sees gaps.</summary>
    private ushort _sequence;

    /// <summary>Changes a VM's state and tells its peers.</summary>
    public void ChangeState(VirtualMachine vm, VmState state)
    {
        SetState(vm, state);
        SendStatus(vm);
    }

    /// <summary>Changes a VM's state without a word to anybody but the event stream.</summary>
    public void SetState(VirtualMachine vm, VmState state)
    {
        vm.State = state;
        if (root.Vcpu.Observes(EventKind.VmState))
            root.Vcpu.Report(EventKind.VmState, new(vm.Vmid, (uint)state), vm.DisplayName);
    }

    /// <summary>Sends VM_STATUS to every peer that runs and has a link.</summary>
    public void SendStatus(VirtualMachine vm)
    {
        foreach (ushort peer in vm.Peers)
        {
            if (vms.Find(peer) is { State: VmState.Running } receiver)
                Send(receiver, RmMessageId.VmStatus, new VmStatusNotification(vm.Vmid, vm.State, vm.Os, vm.AppStatus));
        }
    }

    /// <summary>Sends a notification; false where the VM has no link.</summary>
    public bool Send<T>(VirtualMachine receiver, RmMessageId id, in T payload)
        where T : struct, IRpcPayload<T>
    {
        if (receiver.Link is null)
            return false;
        receiver.Link.Notify(_sequence++, id, payload.ToBytes());
        return true;
    }

    /// <summary>Sends a notification to a VM that may be gone.</summary>
    public bool Send<T>(ushort receiver, RmMessageId id, in T payload)
        where T : struct, IRpcPayload<T> =>
        vms.Find(receiver) is VirtualMachine vm && Send(vm, id, payload);
}
