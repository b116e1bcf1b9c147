namespace Gunyah.Abi;

/// <summary>
/// The error a hypercall leaves in W0, as a signed 32-bit number (gunyah-abi.md 3.1). Only the errors that a guest
/// can see are listed.
/// </summary>
public enum GunyahError
{
    /// <summary>The call did what it says.</summary>
    Ok = 0,

    /// <summary>Unknown call, unknown sub-operation, or a feature this hypervisor does not have.</summary>
    Unimplemented = -1,

    /// <summary>A passing condition; the same call may be repeated.</summary>
    Retry = -2,

    /// <summary>A bad value, a reserved register with content, or a capability ID that does not decode.</summary>
    ArgumentInvalid = 1,

    /// <summary>A size is zero, too large or out of range.</summary>
    ArgumentSize = 2,

    /// <summary>An address, offset or size is not aligned as the call needs it.</summary>
    ArgumentAlignment = 3,

    /// <summary>The partition has no memory left for the object.</summary>
    NoMemory = 10,

    /// <summary>A table of fixed size is full.</summary>
    NoResources = 11,

    /// <summary>An end address wraps or lies beyond the limit.</summary>
    AddressOverflow = 20,

    /// <summary>An address lies below the limit.</summary>
    AddressUnderflow = 21,

    /// <summary>An address is not mapped or cannot be mapped.</summary>
    AddressInvalid = 22,

    /// <summary>Refused by policy.</summary>
    Denied = 30,

    /// <summary>Already in use, or another update is under way.</summary>
    Busy = 31,

    /// <summary>There is nothing to act on.</summary>
    Idle = 32,

    /// <summary>The object is not in the state that the call needs.</summary>
    ObjectState = 33,

    /// <summary>The object's configuration is incomplete or contradicts itself.</summary>
    ObjectConfig = 34,

    /// <summary>The object is configured already.</summary>
    ObjectConfigured = 35,

    /// <summary>An unspecified failure.</summary>
    Failure = 36,

    /// <summary>The interrupt source is bound already.</summary>
    VirqBound = 40,

    /// <summary>The interrupt source is not bound.</summary>
    VirqNotBound = 41,

    /// <summary>The capability slot is empty, or its object is being torn down.</summary>
    CapNull = 50,

    /// <summary>The capability was revoked.</summary>
    CapRevoked = 51,

    /// <summary>The capability is for an object of another type.</summary>
    WrongObjectType = 52,

    /// <summary>The capability lacks a right that the call needs.</summary>
    InsufficientRights = 53,

    /// <summary>The capability space has no free slot.</summary>
    CapabilitySpaceFull = 54,

    /// <summary>There is no message to receive.</summary>
    MessageQueueEmpty = 60,

    /// <summary>There is no room for another message.</summary>
    MessageQueueFull = 61,

    /// <summary>The memory does not belong to the giver.</summary>
    MemoryNotOwned = 111,

    /// <summary>The memory extent has all the mappings that it can have.</summary>
    MappingsFull = 120,

    /// <summary>The call does not fit the memory extent's type.</summary>
    ExtentType = 121,
}
