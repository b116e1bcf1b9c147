using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Hypervisor.Memory;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>Address spaces and memory extents (gunyah-abi.md 4.6).</summary>
internal static class MemoryCalls
{
    private const ulong PartialFlag = 1;

    public static HypercallResult ConfigureSpace(in HypercallFrame frame) =>
        frame.FirstAs<AddressSpace>().Configure((ushort)frame.Arguments.X1);

    public static HypercallResult AttachThread(in HypercallFrame frame) =>
        frame.SecondAs<Vcpu>().Attach(frame.FirstAs<AddressSpace>());

    public static HypercallResult Map(in HypercallFrame frame)
    {
        HypercallArguments a = frame.Arguments;
        MemoryExtent extent = frame.SecondAs<MemoryExtent>();
        return (a.X4 & PartialFlag) != 0
            ? extent.RefusePartial(a.X2, a.X5, a.X6, extent.Allows(a.X3))
            : extent.Map(frame.Caller, frame.FirstAs<AddressSpace>(), a.X2, a.X3);
    }

    public static HypercallResult Unmap(in HypercallFrame frame)
    {
        HypercallArguments a = frame.Arguments;
        MemoryExtent extent = frame.SecondAs<MemoryExtent>();
        return (a.X3 & PartialFlag) != 0
            ? extent.RefusePartial(a.X2, a.X4, a.X5, attributesAllowed: true)
            : extent.Unmap(frame.Caller, frame.FirstAs<AddressSpace>(), a.X2);
    }

    public static HypercallResult UpdateAccess(in HypercallFrame frame)
    {
        HypercallArguments a = frame.Arguments;
        MemoryExtent extent = frame.SecondAs<MemoryExtent>();
        return (a.X4 & PartialFlag) != 0
            ? extent.RefusePartial(a.X2, a.X5, a.X6, extent.AllowsAccess(a.X3))
            : extent.UpdateAccess(frame.FirstAs<AddressSpace>(), a.X2, a.X3);
    }

    public static HypercallResult Lookup(in HypercallFrame frame)
    {
        HypercallArguments a = frame.Arguments;
        GunyahError error = frame.SecondAs<MemoryExtent>().Lookup(
            frame.FirstAs<AddressSpace>(), new(a.X2, a.X3), out ulong offset, out ulong size, out ulong attributes);
        return new((uint)error, offset, size, attributes);
    }

    public static HypercallResult Modify(in HypercallFrame frame)
    {
        HypercallArguments a = frame.Arguments;
        return frame.FirstAs<MemoryExtent>().Modify(frame.Caller, a.X1, a.X2, a.X3);
    }

    public static HypercallResult Configure(in HypercallFrame frame)
    {
        HypercallArguments a = frame.Arguments;
        return frame.FirstAs<MemoryExtent>().Configure(new(a.X1, a.X2), (uint)a.X3);
    }

    public static HypercallResult ConfigureDerived(in HypercallFrame frame)
    {
        HypercallArguments a = frame.Arguments;
        return frame.FirstAs<MemoryExtent>().ConfigureDerived(frame.SecondAs<MemoryExtent>(), a.X2, a.X3, (uint)a.X4);
    }
}
