using Gunyah.Abi.Memory;

namespace Gunyah.Abi.Hypercalls;

public static partial class HypervisorCalls
{
    /// <summary>addrspace_configure: the VMID, 1 to 255.</summary>
    public static GunyahError AddressSpaceConfigure(this IHypervisorPort port, CapId space, ushort vmid) =>
        port.Call(Hypercall.AddrspaceConfigure, new(space.Value, vmid)).Error;

    /// <summary>addrspace_attach_thread.</summary>
    public static GunyahError AddressSpaceAttach(this IHypervisorPort port, CapId space, CapId thread) =>
        port.Call(Hypercall.AddrspaceAttachThread, new(space.Value, thread.Value)).Error;

    /// <summary>addrspace_map of a whole extent as normal write-back memory, with the same access for kernel and user.</summary>
    public static GunyahError Map(this IHypervisorPort port, CapId space, CapId extent, ulong baseAddress, MemoryAccess access) =>
        port.Call(Hypercall.AddrspaceMap, new(space.Value, extent.Value, baseAddress, MapAttributes.NormalMemory(access))).Error;

    /// <summary>addrspace_unmap of a whole extent at the address it was mapped at.</summary>
    public static GunyahError Unmap(this IHypervisorPort port, CapId space, CapId extent, ulong baseAddress) =>
        port.Call(Hypercall.AddrspaceUnmap, new(space.Value, extent.Value, baseAddress)).Error;

    /// <summary>addrspace_update_access of a whole extent at the address it was mapped at.</summary>
    public static GunyahError UpdateAccess(this IHypervisorPort port, CapId space, CapId extent, ulong baseAddress,
        MemoryAccess access) =>
        port.Call(Hypercall.AddrspaceUpdateAccess,
        new(space.Value, extent.Value, baseAddress, MapAttributes.AccessBits(access))).Error;

    /// <summary>memextent_configure: a root extent over physical memory that the partition owns.</summary>
    public static GunyahError ExtentConfigure(this IHypervisorPort port, CapId extent, ulong physicalBase, ulong size,
        MemoryAccess access) =>
        port.Call(Hypercall.MemextentConfigure, new(extent.Value, physicalBase, size, (ulong)access)).Error;

    /// <summary>memextent_configure_derive: an extent that takes a range of its parent.</summary>
    public static GunyahError ExtentDerive(this IHypervisorPort port, CapId extent, CapId parent, ulong offset, ulong size,
        MemoryAccess access) =>
        port.Call(Hypercall.MemextentConfigureDerive, new(extent.Value, parent.Value, offset, size, (ulong)access)).Error;

    /// <summary>memextent_modify, operation 0: removes every mapping of the extent.</summary>
    public static GunyahError ExtentUnmapAll(this IHypervisorPort port, CapId extent) =>
        port.Call(Hypercall.MemextentModify, new(extent.Value)).Error;

    /// <summary>memextent_modify, operation 1: fills a range of the extent with zeros.</summary>
    public static GunyahError ExtentZero(this IHypervisorPort port, CapId extent, ulong offset, ulong size) =>
        port.Call(Hypercall.MemextentModify, new(extent.Value, ExtentModify.Zero | ExtentModify.NoSync, offset, size)).Error;
}
