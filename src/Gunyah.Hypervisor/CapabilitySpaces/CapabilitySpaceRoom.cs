using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Hypervisor.Hypercalls;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.CapabilitySpaces;

/// <summary>Capability spaces (gunyah-abi.md 4.1.5).</summary>
/// <param name="context">What all objects share.</param>
/// <param name="randomizes">True to give each space its own random numbering (gunyah-abi.md 4.1.2).</param>
internal sealed class CapabilitySpaceRoom(HypervisorContext context, bool randomizes) : IRoom
{
    public CapabilitySpace Make(IObjectHeap heap) => new(context, heap, randomizes);

    /// <inheritdoc/>
    public void Declare(CallBook calls)
    {
        calls.BindCreation(CapabilitySpaceCalls.Create, context, ObjectType.CapabilitySpace, CapabilitySpace.Footprint, Make);
        calls.Bind<CapabilitySpace>(CapabilitySpaceCalls.Configure, static (in call, space) => space.Configure((uint)call.X1));
        calls.Bind<CapabilitySpace>(CapabilitySpaceCalls.DeleteCapFrom, static (in call, space) => space.Delete(new(call.X1)));
        calls.Bind<CapabilitySpace, CapabilitySpace>(CapabilitySpaceCalls.CopyCapFrom, static (in call, source, target) =>
        {
            GunyahError error = source.CopyTo(target, new(call.X1), (uint)call.X3, out CapId copy);
            return call.Answer(error, copy.Value);
        });
        calls.BindStub(CapabilitySpaceCalls.RevokeCapFrom);
        calls.Bind<CapabilitySpace>(
            CapabilitySpaceCalls.RevokeCapsFrom, static (in call, space) => space.RevokeCopies(new(call.X1)));
        calls.Bind<CapabilitySpace, ICapabilitySpaceUser>(
            CapabilitySpaceCalls.AttachThread, static (in _, space, thread) => thread.Attach(space));
    }
}
