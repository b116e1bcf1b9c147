using Gunyah.Abi;
using Gunyah.Abi.Rpc;
using Gunyah.Abi.Vcpus;

namespace Gunyah.ResourceManager.Records;

/// <summary>One VM's end of a hypervisor object.</summary>
/// <param name="Type">What the object is for this VM.</param>
/// <param name="Capability">Its capability in this VM's space.</param>
/// <param name="Virq">The INTID in this VM; 0 where the end has none.</param>
/// <param name="Trigger">How this VM's devicetree describes the interrupt.</param>
internal readonly record struct Endpoint(
    ResourceType Type, CapId Capability, uint Virq, InterruptTrigger Trigger = InterruptTrigger.EdgeRising);

/// <summary>The two ends by which a VM talks to the Resource Manager.</summary>
/// <param name="Transmit">The queue that the VM sends to.</param>
/// <param name="Receive">The queue that the VM receives from.</param>
internal readonly record struct LinkEnds(Endpoint Transmit, Endpoint Receive);
