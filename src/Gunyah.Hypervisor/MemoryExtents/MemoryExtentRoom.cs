using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Hypervisor.AddressSpaces;
using Gunyah.Hypervisor.Hypercalls;
using Gunyah.Hypervisor.Memory;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.MemoryExtents;

/// <summary>Memory extents, and their mappings in address spaces (gunyah-abi.md 4.6.2 to 4.6.5).</summary>
internal sealed class MemoryExtentRoom(HypervisorContext context, PhysicalMemory physical, MemoryMap map) : IRoom
{
    private const ulong PartialFlag = 1;

    public MemoryExtent Make(IObjectHeap heap) => new(context, heap, physical, map);

    /// <inheritdoc/>
    public void Declare(CallBook calls)
    {
        calls.BindCreation(MemoryExtentCalls.Create, context, ObjectType.MemoryExtent, MemoryExtent.Footprint, Make);
        calls.Bind<MemoryExtent>(MemoryExtentCalls.Configure, static (in call, extent) =>
            extent.Configure(new(call.X1, call.X2), (uint)call.X3));
        calls.Bind<MemoryExtent, MemoryExtent>(MemoryExtentCalls.ConfigureDerive, static (in call, extent, parent) =>
            extent.ConfigureDerived(parent, call.X2, call.X3, (uint)call.X4));
        calls.Bind<MemoryExtent>(MemoryExtentCalls.Modify, static (in call, extent) =>
            extent.Modify(call.Caller, call.X1, call.X2, call.X3));
        DeclareMappings(calls);
    }

    private static void DeclareMappings(CallBook calls)
    {
        calls.Bind<AddressSpace, MemoryExtent>(AddressSpaceCalls.Map, static (in call, space, extent) =>
            (call.X4 & PartialFlag) != 0
            ? extent.RefusePartial(call.X2, call.X5, call.X6, extent.Allows(call.X3))
            : extent.Map(call.Caller, space, call.X2, call.X3));
        calls.Bind<AddressSpace, MemoryExtent>(AddressSpaceCalls.Unmap, static (in call, space, extent) =>
            (call.X3 & PartialFlag) != 0
            ? extent.RefusePartial(call.X2, call.X4, call.X5, attributesAllowed: true)
            : extent.Unmap(call.Caller, space, call.X2));
        calls.Bind<AddressSpace, MemoryExtent>(AddressSpaceCalls.UpdateAccess, static (in call, space, extent) =>
            (call.X4 & PartialFlag) != 0
            ? extent.RefusePartial(call.X2, call.X5, call.X6, extent.AllowsAccess(call.X3))
            : extent.UpdateAccess(space, call.X2, call.X3));
        calls.Bind<AddressSpace, MemoryExtent>(AddressSpaceCalls.Lookup, static (in call, space, extent) =>
        {
            GunyahError error = extent.Lookup(
                space, new(call.X2, call.X3), out ulong offset, out ulong size, out ulong attributes);
            return call.Answer(error, offset, size, attributes);
        });
    }
}
