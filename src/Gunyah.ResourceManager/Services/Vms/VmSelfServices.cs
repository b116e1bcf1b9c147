using Gunyah.Abi.Rpc;
using Gunyah.ResourceManager.Records;

namespace Gunyah.ResourceManager.Services.Vms;

/// <summary>VM_SET_STATUS and VM_SET_CRASH_MSG: what a VM says of itself (gunyah-rm.md 2.4).</summary>
internal sealed class VmSelfServices(VmNotifier notifier)
{
    /// <summary>Sets what the peers see of the VM's inside.</summary>
    public RpcAnswer SetStatus(VirtualMachine caller, in VmSetStatusRequest request)
    {
        if (request.Os != OsState.None)
            caller.Os = request.Os;
        caller.AppStatus = request.AppStatus;
        notifier.SendStatus(caller);
        return RmError.Ok;
    }

    /// <summary>Keeps the beginning of a text for whoever asks why the VM ended.</summary>
    public static RpcAnswer SetCrashMessage(VirtualMachine caller, in CrashMessage request)
    {
        caller.CrashMessage = request.Text.Length <= CrashMessage.MaxStoredLength
            ? request.Text
            : new RpcText(request.Text.Bytes[..CrashMessage.MaxStoredLength]);
        return RmError.Ok;
    }
}
