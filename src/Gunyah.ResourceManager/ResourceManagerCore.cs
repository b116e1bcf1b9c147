using Gunyah.Abi.Programs;
using Gunyah.Abi.Rpc;
using Gunyah.ResourceManager.Boot;
using Gunyah.ResourceManager.Front;
using Gunyah.ResourceManager.Platform;
using Gunyah.ResourceManager.Records;
using Gunyah.ResourceManager.Services;
using Gunyah.ResourceManager.Services.Memory;
using Gunyah.ResourceManager.Services.Vdevices;
using Gunyah.ResourceManager.Services.Vms;

namespace Gunyah.ResourceManager;

/// <summary>
/// The Resource Manager put together. It knows neither kernel nor tasks: it is told of interrupts and does its work in steps.
/// </summary>
internal sealed class ResourceManagerCore
{
    private readonly PrimaryLauncher _primary;

    /// <param name="vcpu">The root VM's vCPU.</param>
    /// <param name="environment">What the machine told it.</param>
    /// <param name="interrupts">How it hears of its interrupts.</param>
    /// <param name="wake">Called when there is work to do.</param>
    public ResourceManagerCore(IVcpu vcpu, BootEnvironment environment, IInterruptLines interrupts, Action wake)
    {
        var root = new RootVm(vcpu, environment.Capabilities, interrupts);
        Work = new WorkQueue(wake);
        Vms = new VmRegistry();
        Vms.Add(new VirtualMachine(Vmids.ResourceManager, Vmids.ResourceManager) { State = VmState.Running });
        Parcels = new ParcelStore();

        var notifier = new VmNotifier(root, Vms);
        var notices = new ParcelNotices(Vms, Parcels, notifier);
        var creation = new ParcelCreation(root, Vms, Parcels);
        var acceptance = new ParcelAcceptance(root, Parcels, creation);
        var termination = new VmTermination(root, Work, Vms, notifier, Parcels, acceptance, notices);
        var dispatcher = new RequestDispatcher(Vms);
        var links = new LinkFactory(root, environment.Options.Profile, Work, dispatcher.Dispatch);
        var vcpus = new VcpuFactory(root, halted: (vm, vcpu) => Work.Post(() => termination.OnHalted(vm, vcpu)));
        dispatcher.Serve(new RequestServices(
            new VmAllocation(Vms, notifier),
            new VmCreation(root, Vms, notifier, Parcels, vcpus, new VdeviceFactory(root, links)),
            new VmStarter(root, environment.Options, Vms, notifier, Parcels, acceptance),
            termination,
            new VmQueries(Vms),
            new ResourceQueries(Vms),
            new VmSelfServices(notifier),
            creation,
            acceptance,
            notices));
        _primary = new PrimaryLauncher(root, environment, Vms, notifier, vcpus, links);
    }

    /// <summary>What there is to do.</summary>
    public WorkQueue Work { get; }

    public VmRegistry Vms { get; }

    public ParcelStore Parcels { get; }

    /// <summary>Builds and starts the primary VM.</summary>
    /// <returns>Why that is not possible, null when it was.</returns>
    public string? Boot() => _primary.Launch();
}
