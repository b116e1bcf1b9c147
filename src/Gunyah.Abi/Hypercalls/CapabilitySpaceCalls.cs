using System.Collections.Immutable;
using static Gunyah.Abi.GunyahError;
using static Gunyah.Abi.Hypercalls.HypercallInputs;
using static Gunyah.Abi.ObjectType;

namespace Gunyah.Abi.Hypercalls;

/// <summary>Capability spaces (gunyah-abi.md 4.1.5).</summary>
public static class CapabilitySpaceCalls
{
    private static readonly HypercallRows _rows = new();

#pragma warning disable CS1591 // Each row says what it is; a second text here could only disagree.
    public static HypercallRow Create { get; } = _rows.AddCreation(0x02, "partition_create_cspace");

    public static HypercallRow DeleteCapFrom { get; } = _rows.Add(
        0x22, "cspace_delete_cap_from", [Cap("cspace", CapabilitySpaceRights.CapDelete),
        CapByCall("cap"), Zero], [], CapNull, ArgumentInvalid, Busy);

    public static HypercallRow CopyCapFrom { get; } = _rows.Add(
        0x23, "cspace_copy_cap_from",
        [Cap("src_cspace", CapabilitySpaceRights.CapCopy), CapByCall("src_cap"),
        Cap("dst_cspace", CapabilitySpaceRights.CapCreate, order: 1), Word32("rights_mask"), Zero],
        ["new_cap"], CapabilitySpaceFull, NoMemory, InsufficientRights, Busy);

    public static HypercallRow RevokeCapFrom { get; } = _rows.Add(
        0x24, "cspace_revoke_cap_from", [CapByCall("cspace"), CapByCall("cap"), Zero], [], Unimplemented);

    public static HypercallRow Configure { get; } = _rows.Add(
        0x25, "cspace_configure", [Setup("cspace", CapabilitySpace), Word32("max_caps"), Zero], [], ObjectState,
        ArgumentInvalid);

    public static HypercallRow AttachThread { get; } = _rows.Add(
        0x3E, "cspace_attach_thread", [Cap("cspace", CapabilitySpaceRights.Attach, order: 1),
        Setup("thread", ObjectType.Thread), Zero], [], ObjectState);

    public static HypercallRow RevokeCapsFrom { get; } = _rows.Add(
        0x59, "cspace_revoke_caps_from", [Cap("cspace", CapabilitySpaceRights.CapRevoke),
        CapByCall("master_cap"), Zero], [], InsufficientRights, Busy);
#pragma warning restore CS1591

    internal static ImmutableArray<HypercallRow> Rows => _rows.All;
}

public static partial class HypervisorCalls
{
    /// <summary>cspace_configure: room for this many capabilities.</summary>
    public static GunyahError CapabilitySpaceConfigure(this IHypervisorPort port, CapId space, uint maxCapabilities) =>
        port.Call(CapabilitySpaceCalls.Configure, new(space.Value, maxCapabilities)).Error;

    /// <summary>cspace_attach_thread.</summary>
    public static GunyahError CapabilitySpaceAttach(this IHypervisorPort port, CapId space, CapId thread) =>
        port.Call(CapabilitySpaceCalls.AttachThread, new(space.Value, thread.Value)).Error;

    /// <summary>
    /// cspace_copy_cap_from: copies with those rights of the source that are named. On failure the answer's ID is zero, not
    /// invalid.
    /// </summary>
    public static GunyahError CopyCapability(this IHypervisorPort port, CapId sourceSpace, CapId source, CapId targetSpace,
        ObjectRights rights, out CapId copy)
    {
        HypercallResult r = port.Call(CapabilitySpaceCalls.CopyCapFrom,
            new(sourceSpace.Value, source.Value, targetSpace.Value, rights.Bits));
        copy = new(r.X1);
        return r.Error;
    }

    /// <summary>cspace_delete_cap_from.</summary>
    public static GunyahError DeleteCapability(this IHypervisorPort port, CapId space, CapId cap) =>
        port.Call(CapabilitySpaceCalls.DeleteCapFrom, new(space.Value, cap.Value)).Error;

    /// <summary>cspace_revoke_caps_from: revokes every copy of a master capability.</summary>
    public static GunyahError RevokeCopies(this IHypervisorPort port, CapId space, CapId master) =>
        port.Call(CapabilitySpaceCalls.RevokeCapsFrom, new(space.Value, master.Value)).Error;
}
