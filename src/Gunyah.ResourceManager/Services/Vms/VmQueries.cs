using Gunyah.Abi.Rpc;
using Gunyah.ResourceManager.Records;

namespace Gunyah.ResourceManager.Services.Vms;

/// <summary>What VMs may ask about themselves and others (gunyah-rm.md 2.3).</summary>
internal sealed class VmQueries(VmRegistry vms)
{
    public static RpcAnswer GetVmid(VirtualMachine caller, in EmptyPayload request) => RpcAnswer.With(new VmidReply(caller.Vmid));

    public static RpcAnswer GetOwner(VirtualMachine caller, in EmptyPayload request) =>
        RpcAnswer.With(new VmidReply(caller.Owner));

    public static RpcAnswer GetPeers(VirtualMachine caller, in EmptyPayload request) =>
        RpcAnswer.With(new VmidListReply(caller.Peers.Select(peer => new VmidEntry(peer)).ToArray()));

    public static RpcAnswer GetHostType(VirtualMachine caller, in EmptyPayload request) =>
        RpcAnswer.With(new HostTypeReply(HostTypeReply.GunyahAArch64));

    public RpcAnswer GetState(VirtualMachine caller, in VmidRequest request)
    {
        if (Target(caller, request) is not VirtualMachine vm)
            return RmError.NoResource;
        return vm.MayBeQueriedBy(caller)
            ? RpcAnswer.With(new VmStateReply(vm.State, vm.Os, vm.AppStatus))
            : RmError.Denied;
    }

    /// <summary>The state is tested before the right to ask, and without the right the VM seems not to exist.</summary>
    public RpcAnswer GetId(VirtualMachine caller, in VmidRequest request)
    {
        if (Target(caller, request) is not VirtualMachine vm)
            return RmError.NoResource;
        if (vm.State is not (VmState.Ready or VmState.Running or VmState.Paused))
            return RmError.VmState;
        if (!vm.MayBeQueriedBy(caller))
            return RmError.NoResource;

        Span<byte> guid = stackalloc byte[16];
        vm.Names.Guid.TryWriteBytes(guid, bigEndian: true, out _);
        var identities = new List<VmIdentity> { new(VmIdentityType.Guid, new RpcText(guid)) };
        if (vm.Names.Name.Length > 0)
            identities.Add(new(VmIdentityType.Name, vm.Names.Name));
        if (vm.Names.Uri.Length > 0)
            identities.Add(new(VmIdentityType.Uri, vm.Names.Uri));
        identities.Add(new(VmIdentityType.SignAuth, vm.Names.SignAuth));
        return RpcAnswer.With(new VmGetIdReply(identities.ToArray()));
    }

    public RpcAnswer LookUpName(VirtualMachine caller, in VmLookupTextRequest request)
    {
        RpcText wanted = request.Text;
        return LookUp(caller, vm => vm.Names.Name.Length > 0 && vm.Names.Name == wanted);
    }

    public RpcAnswer LookUpUri(VirtualMachine caller, in VmLookupTextRequest request)
    {
        RpcText wanted = request.Text;
        return LookUp(caller, vm => vm.Names.Uri.Length > 0 && vm.Names.Uri == wanted);
    }

    public RpcAnswer LookUpGuid(VirtualMachine caller, in VmLookupGuidRequest request)
    {
        Guid wanted = request.Value;
        return LookUp(caller, vm => vm.Names.Guid != default && vm.Names.Guid == wanted);
    }

    public RpcAnswer GetCrashMessage(VirtualMachine caller, in VmidRequest request) =>
        vms.Find(request.Vmid) is VirtualMachine vm && vm.Owner == caller.Vmid
            ? RpcAnswer.With(new CrashMessage(vm.CrashMessage))
            : RmError.VmidInvalid;

    /// <summary>The VM that a query is about, where 0 means the caller itself.</summary>
    private VirtualMachine? Target(VirtualMachine caller, in VmidRequest request) =>
        request.Vmid == Vmids.Hypervisor ? caller : vms.Find(request.Vmid);

    private RpcAnswer LookUp(VirtualMachine caller, Predicate<VirtualMachine> matches) =>
        RpcAnswer.With(new VmidListReply(
            vms.All.Where(vm => matches(vm) && vm.MayBeQueriedBy(caller)).Select(vm => new VmidEntry(vm.Vmid)).ToArray()));
}
