using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Hypervisor.Hypercalls;
using Gunyah.Hypervisor.Interrupts;
using Gunyah.Hypervisor.Objects;
using Gunyah.Hypervisor.Threads;

namespace Gunyah.Hypervisor.VpmGroups;

/// <summary>VPM groups (gunyah-abi.md 4.9).</summary>
internal sealed class VpmGroupRoom(HypervisorContext context) : IRoom
{
    /// <inheritdoc/>
    public void Declare(CallBook calls)
    {
        calls.BindCreation(
            VpmGroupCalls.Create, context, ObjectType.VpmGroup, VpmGroup.Footprint,
            heap => new VpmGroup(context, heap));
        calls.Bind<VpmGroup>(VpmGroupCalls.Configure, static (in call, group) => group.Configure(call.X1));
        calls.Bind<VpmGroup, IGroupUser>(
            VpmGroupCalls.AttachVcpu, static (in call, group, vcpu) => vcpu.Attach(group, (uint)call.X2));
        calls.BindSource<VpmGroup>(VpmGroupCalls.BindVirq, VpmGroupCalls.UnbindVirq, static group => group.Source);
        calls.Bind<VpmGroup>(VpmGroupCalls.GetState, static (in call, group) => call.Answer(group.PowerState));
    }
}
