using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Hypervisor.Hypercalls;
using Gunyah.Hypervisor.Memory;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.AddressSpaces;

/// <summary>Address spaces without what is mapped in them (gunyah-abi.md 4.6).</summary>
internal sealed class AddressSpaceRoom(HypervisorContext context, MemoryMap map) : IRoom
{
    /// <summary>Which address space has which VMID.</summary>
    public VmidTable Vmids { get; } = new();

    public AddressSpace Make(IObjectHeap heap) => new(context, heap, map, Vmids);

    /// <inheritdoc/>
    public void Declare(CallBook calls)
    {
        calls.BindCreation(AddressSpaceCalls.Create, context, ObjectType.AddressSpace, AddressSpace.Footprint, Make);
        calls.Bind<AddressSpace>(AddressSpaceCalls.Configure, static (in call, space) => space.Configure((ushort)call.X1));
        calls.Bind<AddressSpace, IAddressSpaceUser>(
            AddressSpaceCalls.AttachThread, static (in _, space, thread) => thread.Attach(space));
    }
}
