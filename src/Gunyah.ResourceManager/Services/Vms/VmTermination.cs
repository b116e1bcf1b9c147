using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Rpc;
using Gunyah.Abi.Vcpus;
using Gunyah.ResourceManager.Configuration;
using Gunyah.ResourceManager.Platform;
using Gunyah.ResourceManager.Records;
using Gunyah.ResourceManager.Services.Memory;

namespace Gunyah.ResourceManager.Services.Vms;

/// <summary>The end of a VM: VM_STOP, VM_EXIT, halts, and VM_RESET with its stages (gunyah-rm.md 2.1, 2.4 and 5.3).</summary>
internal sealed class VmTermination(
    RootVm root, WorkQueue work, VmRegistry vms, VmNotifier notifier, ParcelStore parcels, ParcelAcceptance acceptance,
    ParcelNotices notices)
{
    /// <summary>In the first state word of a PSCI reset: SYSTEM_RESET, not SYSTEM_RESET2.</summary>
    private const ulong PlainReset = 1UL << 63;

    /// <summary>In the same word: the 64-bit form of SYSTEM_RESET2.</summary>
    private const ulong LongReset = 1UL << 62;

    /// <summary>Stops a VM at once, or asks it to stop.</summary>
    public RpcAnswer Stop(VirtualMachine caller, in VmStopRequest request)
    {
        if (vms.Find(request.Vmid) is not VirtualMachine vm || vm.Owner != caller.Vmid)
            return RmError.VmidInvalid;
        bool canStop = vm.State is VmState.Running or VmState.Paused
            && (vm.Attributes & (VmAttributes.NoShutdown | VmAttributes.CrashFatal)) == 0;
        if (!canStop)
            return RmError.VmState;
        if (request.Flags.HasFlag(VmStopFlags.Force))
        {
            End(vm, new(vm.Vmid, VmExitType.VmStopForced, VmExitFlags.None, VmExitCode.Normal));
            return RmError.Ok;
        }
        // The original ends itself when the VM has no link (gunyah-rm.md Q-04). Here whoever asked learns that nobody heard.
        return notifier.Send(vm, RmMessageId.VmShutdown, new VmShutdownNotification(request.Reason))
            ? RmError.Ok
            : RmError.NoResource;
    }

    /// <summary>A VM ends itself.</summary>
    public RpcAnswer Exit(VirtualMachine caller, in VmExitRequest request)
    {
        if (caller.Attributes.HasFlag(VmAttributes.CrashFatal))
            return RmError.ArgumentInvalid;
        if (!request.IsAcceptable)
            return RmError.MsgInvalid;
        caller.Attributes &= ~VmAttributes.NoShutdown;
        if (caller.State is VmState.Running or VmState.Paused)
            End(caller, new(caller.Vmid, VmExitType.VmExit, request.Flags, request.Code));
        return RmError.Ok;
    }

    /// <summary>A vCPU of a VM faulted or ended its VM: that is the end of the VM, and the vCPU says which.</summary>
    public void OnHalted(VirtualMachine vm, CapId vcpu)
    {
        // One that answers busy was killed since by another that ended the VM, whose own halt tells; or it runs again.
        if (vm.State is not (VmState.Running or VmState.Paused)
            || root.Vcpu.VcpuRunCheck(vcpu, out VcpuRunResult result) != GunyahError.Ok)
            return;
        VmExitCode code = vm.CrashMessage.Length > 0 ? VmExitCode.SoftwareError : VmExitCode.Normal;
        End(vm, result.State switch
        {
            VcpuRunState.PsciSystemReset => Reset(vm, result, code),
            VcpuRunState.PoweredOff => new(vm.Vmid, VmExitType.PlatformOff, VmExitFlags.None, code),
            VcpuRunState.Fault => new(vm.Vmid, VmExitType.SoftwareError, VmExitFlags.None, code),
            _ => new(vm.Vmid, VmExitType.SoftwareError, VmExitFlags.None, VmExitCode.UnknownError),
        });
    }

    /// <summary>Begins to clean a VM up; the rest happens step by step after the reply.</summary>
    public RpcAnswer Reset(VirtualMachine caller, in VmidRequest request)
    {
        if (vms.Find(request.Vmid) is not VirtualMachine vm || vm.Owner != caller.Vmid)
            return RmError.VmidInvalid;
        if (vm.Attributes.HasFlag(VmAttributes.NoReset))
            return RmError.Denied;
        if (vm.State is not (VmState.Exited or VmState.Ready or VmState.InitFailed))
            return RmError.VmState;
        notifier.ChangeState(vm, VmState.Resetting);
        work.Post(() => DestroyVdevices(vm));
        return RmError.Ok;
    }

    private static VmExitedNotification Reset(VirtualMachine vm, in VcpuRunResult result, VmExitCode code)
    {
        if ((result.Data0 & PlainReset) != 0)
            return new(vm.Vmid, VmExitType.PlatformReset, VmExitFlags.None, code);
        bool isLong = (result.Data0 & LongReset) != 0;
        return new(
            vm.Vmid,
            VmExitType.PsciSystemReset2,
            isLong ? VmExitFlags.PsciReset64 : VmExitFlags.None,
            code,
            new VmSystemReset((uint)result.Data0, isLong ? result.Data1 : (uint)result.Data1));
    }

    private void End(VirtualMachine vm, in VmExitedNotification exited)
    {
        vm.Objects?.KillAll(root.Vcpu);
        if (root.Vcpu.Observes(EventKind.VmExited))
            root.Vcpu.Report(EventKind.VmExited, new(vm.Vmid, (ulong)exited.Type, (ulong)exited.Code), vm.DisplayName);
        notifier.ChangeState(vm, VmState.Exited);
        notifier.Send(vm.Owner, RmMessageId.VmExited, exited);
    }

    /// <summary>Stage 2: one vdevice a step, so that others get their turn.</summary>
    private void DestroyVdevices(VirtualMachine vm)
    {
        if (vm.Vdevices.Count == 0)
        {
            work.Post(() => ReleaseParcels(vm));
            return;
        }
        Vdevice last = vm.Vdevices[^1];
        vm.Vdevices.RemoveAt(vm.Vdevices.Count - 1);
        last.Ledger.Release();
        work.Post(() => DestroyVdevices(vm));
    }

    /// <summary>Stage 3: the owners get their memory back, but not their parcels.</summary>
    private void ReleaseParcels(VirtualMachine vm)
    {
        foreach (MemoryParcel parcel in parcels.Naming(vm.Vmid))
        {
            if (parcel.AcceptanceOf(vm.Vmid) is not Acceptance held)
                continue;
            acceptance.Drop(parcel, held);
            notices.TellOwner(parcel, vm.Vmid, RmMessageId.MemReleased);
        }
        if (vm.Image is not null)
            vm.Image.Parcel.Locks--;
        work.Post(() => DestroyObjects(vm));
    }

    /// <summary>Stages 5 to 7: the objects, everything that was known of the VM, and the last word to the peers.</summary>
    private void DestroyObjects(VirtualMachine vm)
    {
        // A vCPU that was killed in the middle of its turn, on another CPU, holds the VM's address space and with it the VMID
        // until the turn is over. No interrupt tells when; a turn is short.
        if (vm.Objects is VmObjects objects && objects.IsAnyVcpuRunning(root.Vcpu))
        {
            work.Post(() => DestroyObjects(vm));
            return;
        }

        vm.Objects?.Ledger.Release();
        (vm.Objects, vm.Memory, vm.Configuration, vm.Image) = (null, null, null, null);
        (vm.Names, vm.CrashMessage, vm.Attributes) = (VmNames.Initial, default, VmAttributes.None);
        (vm.Os, vm.AppStatus) = (OsState.None, 0);
        notifier.ChangeState(vm, VmState.Reset);
        vms.ForgetPeers(vm);
    }
}
