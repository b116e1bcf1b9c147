using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;
using Gunyah.ResourceManager.Boot;

namespace Gunyah.ResourceManager.Platform;

/// <summary>
/// What the Resource Manager itself is made of: its vCPU, its capabilities, its interrupts and a window for looking into the
/// memory of others. Everything it does to the hypervisor it does as this guest.
/// </summary>
internal sealed class RootVm
{
    public RootVm(IVcpu vcpu, BootCapabilities capabilities, IInterruptLines interrupts)
    {
        Vcpu = vcpu;
        Capabilities = capabilities;
        Interrupts = interrupts;
        Virqs = new VirqPool(InterruptIds.FirstSpi, InterruptIds.FirstSpi + capabilities.SharedInterrupts - 1);
        Entropy = new EntropyPool(vcpu);
        Window = new MemoryWindow(vcpu, capabilities.AddressSpace);
    }

    public IVcpu Vcpu { get; }

    public BootCapabilities Capabilities { get; }

    public IInterruptLines Interrupts { get; }

    /// <summary>The numbers of the Resource Manager's own interrupts.</summary>
    public VirqPool Virqs { get; }

    public MemoryWindow Window { get; }

    public EntropyPool Entropy { get; }

    /// <summary>Tells the event stream what one of the Resource Manager's own objects is for.</summary>
    public void Name(CapId capability, string name)
    {
        if (Vcpu.Observes(EventKind.ObjectNamed))
            Vcpu.Report(EventKind.ObjectNamed, new(capability.Value), name);
    }

    /// <summary>Tells the event stream something that no other event says.</summary>
    public void Note(string text)
    {
        if (Vcpu.Observes(EventKind.Note))
            Vcpu.Report(EventKind.Note, default, text);
    }

    /// <summary>Shows the event stream a VM's devicetree. Ask first whether somebody wants to see it.</summary>
    public void ReportDevicetree(ushort vmid, string name, DevicetreeStage stage, ulong address, byte[] blob) =>
        Vcpu.Report(EventKind.Devicetree, new(vmid, (ulong)stage, address, (ulong)blob.Length), name, blob);
}
