using Gunyah.Abi.Rpc;
using Gunyah.ResourceManager.Records;

namespace Gunyah.ResourceManager.Services.Vms;

/// <summary>VM_ALLOCATE and VM_DEALLOCATE (gunyah-rm.md 2.1).</summary>
internal sealed class VmAllocation(VmRegistry vms, VmNotifier notifier)
{
    private readonly VmidPool _pool = new();

    /// <summary>Makes an empty VM. The VMID is told only to who has not asked for one.</summary>
    public RpcAnswer Allocate(VirtualMachine caller, in VmidRequest request)
    {
        ushort vmid = request.Vmid;
        bool isAny = vmid == Vmids.Hypervisor;
        if (!(isAny ? _pool.TryTakeAny(out vmid) : _pool.TryTake(vmid)))
            return RmError.NoResource;
        var vm = new VirtualMachine(vmid, caller.Vmid);
        vms.Add(vm);
        VmRegistry.Befriend(caller, vm);
        notifier.SetState(vm, VmState.Load);
        return isAny ? RpcAnswer.With(new VmidReply(vmid)) : RmError.Ok;
    }

    /// <summary>
    /// Ends a VM that has nothing any more. The original asserts that it exists (gunyah-rm.md Q-01); here that is an error.
    /// </summary>
    public RpcAnswer Deallocate(VirtualMachine caller, in VmidRequest request)
    {
        if (vms.Find(request.Vmid) is not VirtualMachine vm)
            return RmError.VmidInvalid;
        if (vm.Owner != caller.Vmid)
            return RmError.Denied;
        if (vm.State is not (VmState.Load or VmState.Reset))
            return RmError.VmState;
        vms.ForgetPeers(vm);
        vms.Remove(vm);
        notifier.SetState(vm, VmState.None);
        _pool.Return(vm.Vmid);
        return RmError.Ok;
    }
}
