using Gunyah.Abi.Vcpus;
using Gunyah.Guest.Kernel;
using Gunyah.ResourceManager.Platform;

namespace Gunyah.ResourceManager;

/// <summary>The Resource Manager's interrupts on its kernel.</summary>
internal sealed class KernelInterruptLines(Interrupts interrupts) : IInterruptLines
{
    private readonly Dictionary<uint, InterruptRegistration> _attached = [];

    public void Attach(uint intid, Action handler) =>
        _attached.Add(intid, interrupts.Request(intid, InterruptTrigger.EdgeRising, handler));

    public void Detach(uint intid)
    {
        if (_attached.Remove(intid, out InterruptRegistration? registration))
            registration.Dispose();
    }
}
