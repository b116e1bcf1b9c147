namespace Gunyah.Abi.Rpc;

/// <summary>
/// The first word of every Resource Manager reply (gunyah-rm.md 4). A client treats a value that is not listed
/// as an opaque failure.
/// </summary>
public enum RmError : uint
{
    /// <summary>The request was carried out.</summary>
    Ok = 0x00,

    /// <summary>The Resource Manager has no memory for it.</summary>
    NoMem = 0x01,

    /// <summary>Nothing is available; in some queries, the object is unknown. Also: a list has too many entries.</summary>
    NoResource = 0x02,

    /// <summary>The caller may not do this.</summary>
    Denied = 0x03,

    /// <summary>A malformed length, list or padding.</summary>
    MsgInvalid = 0x04,

    /// <summary>The object is busy, or set already.</summary>
    Busy = 0x05,

    /// <summary>A well-formed request with a bad value.</summary>
    ArgumentInvalid = 0x06,

    /// <summary>No such handle, or not one of the caller's.</summary>
    HandleInvalid = 0x07,

    /// <summary>A property that the caller asked to have verified does not hold.</summary>
    ValidateFailed = 0x08,

    /// <summary>Memory could not be mapped.</summary>
    MapFailed = 0x09,

    /// <summary>Memory is not the caller's, or unfit for the purpose.</summary>
    MemInvalid = 0x0A,

    /// <summary>The memory parcel is still accepted by some VM.</summary>
    MemInUse = 0x0B,

    /// <summary>The memory parcel is not accepted.</summary>
    MemReleased = 0x0C,

    /// <summary>No such VM, or not one of the caller's.</summary>
    VmidInvalid = 0x0D,

    /// <summary>A search found nothing.</summary>
    LookupFailed = 0x0E,

    /// <summary>No such interrupt, or not one of the caller's.</summary>
    IrqInvalid = 0x0F,

    /// <summary>The interrupt is lent already.</summary>
    IrqInUse = 0x10,

    /// <summary>The interrupt is not accepted.</summary>
    IrqReleased = 0x11,

    /// <summary>The lent interrupt is in the wrong state.</summary>
    InUse = 0x12,

    /// <summary>The interrupt is not mapped.</summary>
    IrqNotMapped = 0x13,

    /// <summary>The VM is in a state that forbids the request.</summary>
    VmState = 0x14,

    /// <summary>The Resource Manager does not know the message.</summary>
    Unimplemented = 0xFFFF_FFFF,
}

/// <summary>Translation into <see cref="RmError"/>.</summary>
internal static class RmErrors
{
    /// <summary>What the Resource Manager answers when a hypercall made for a client failed (gunyah-rm.md 4).</summary>
    /// <param name="error">The hypercall's error; any number.</param>
    public static RmError FromHypervisor(GunyahError error) => error switch
    {
        GunyahError.Unimplemented => RmError.Unimplemented,
        GunyahError.ArgumentInvalid => RmError.ArgumentInvalid,
        GunyahError.NoMemory => RmError.NoMem,
        GunyahError.NoResources => RmError.NoResource,
        GunyahError.AddressOverflow or GunyahError.AddressUnderflow or GunyahError.AddressInvalid => RmError.MemInvalid,
        GunyahError.Denied => RmError.Denied,
        GunyahError.Busy => RmError.Busy,
        GunyahError.Ok => RmError.Ok,
        _ => RmError.Denied,
    };
}
