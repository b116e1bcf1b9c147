using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Hypervisor.Hypercalls;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.Interrupts;

/// <summary>Interrupt controllers (gunyah-abi.md 4.5.1).</summary>
internal sealed class VicRoom(HypervisorContext context) : IRoom
{
    public Vic Make(IObjectHeap heap) => new(context, heap);

    /// <inheritdoc/>
    public void Declare(CallBook calls)
    {
        calls.BindCreation(VicCalls.Create, context, ObjectType.Vic, Vic.Footprint, Make);
        calls.Bind<Vic>(
            VicCalls.Configure, static (in call, vic) => vic.Configure((uint)call.X1, (uint)call.X2, call.X3, (uint)call.X4));
        calls.Bind<Vic>(VicCalls.SetMpidrMapping, static (in call, vic) => vic.SetAffinities(
            call.X1, [(uint)call.X2, (uint)call.X3, (uint)call.X4, (uint)call.X5], call.X6 != 0));
        calls.Bind<Vic, IVicUser>(
            VicCalls.AttachVcpu, static (in call, vic, vcpu) => vcpu.Attach(vic, (uint)call.X2));
    }
}
