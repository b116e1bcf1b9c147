namespace Gunyah.Abi.Rpc;

/// <summary>What kind of memory a parcel holds (gunyah-rm.md 2.5.1).</summary>
public enum MemoryType : byte
{
    /// <summary>Ordinary memory.</summary>
    Normal = 0,

    /// <summary>Device registers.</summary>
    Io = 1,
}

/// <summary>What a parcel does to the ownership of its memory (gunyah-rm.md 2.5.1).</summary>
public enum TransferType : byte
{
    /// <summary>The memory becomes the acceptor's own.</summary>
    Donate = 0,

    /// <summary>The owner loses access until the parcel is reclaimed.</summary>
    Lend = 1,

    /// <summary>The owner keeps the access that it gives itself in the parcel's list.</summary>
    Share = 2,
}

/// <summary>
/// What a VM may do with a parcel's memory (gunyah-rm.md 2.5.1). Legal are 4 to 7, and no X for device memory.
/// </summary>
[Flags]
public enum MemoryRights : byte
{
    /// <summary>No access.</summary>
    None = 0,

    /// <summary>Fetch instructions.</summary>
    Execute = 1 << 0,

    /// <summary>Write.</summary>
    Write = 1 << 1,

    /// <summary>Read.</summary>
    Read = 1 << 2,

    /// <summary>Everything.</summary>
    All = Read | Write | Execute,
}

/// <summary>How a VM maps a parcel's memory (gunyah-rm.md 2.5.1).</summary>
public enum MemoryAttribute : ushort
{
    /// <summary>As is usual for the memory's kind.</summary>
    Normal = 0,

    /// <summary>As device registers.</summary>
    Device = 1,

    /// <summary>Not cached.</summary>
    Uncached = 2,

    /// <summary>Cached.</summary>
    Cached = 3,
}

/// <summary>Flags of MEM_DONATE, MEM_LEND and MEM_SHARE (gunyah-rm.md 2.5.2).</summary>
[Flags]
public enum MemoryCreateFlags : byte
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>Clear the memory before anybody else sees it.</summary>
    Sanitise = 1 << 0,

    /// <summary>More memory follows by MEM_APPEND.</summary>
    Append = 1 << 1,
}

/// <summary>Flags of MEM_APPEND (gunyah-rm.md 2.5.3).</summary>
[Flags]
public enum MemoryAppendFlags : byte
{
    /// <summary>More follows.</summary>
    None = 0,

    /// <summary>This was the last part.</summary>
    Last = 1 << 0,
}

/// <summary>Flags of MEM_ACCEPT (gunyah-rm.md 2.5.4).</summary>
[Flags]
public enum MemoryAcceptFlags : byte
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>The owner must have asked for sanitising.</summary>
    RequireSanitised = 1 << 0,

    /// <summary>The access and attribute lists must be the owner's, in the same order.</summary>
    ValidateLists = 1 << 1,

    /// <summary>The label must be the owner's.</summary>
    ValidateLabel = 1 << 2,

    /// <summary>Map into another VM; always refused.</summary>
    MapOther = 1 << 3,

    /// <summary>Map everything as one range.</summary>
    Contiguous = 1 << 4,

    /// <summary>Clear the memory when it is reclaimed.</summary>
    SanitiseOnReclaim = 1 << 5,

    /// <summary>Map now; without it addresses are only reserved.</summary>
    Done = 1 << 7,
}

/// <summary>Flags of the reply to MEM_ACCEPT (gunyah-rm.md 2.5.4).</summary>
[Flags]
public enum MemoryAcceptReplyFlags : byte
{
    /// <summary>The list is complete.</summary>
    None = 0,

    /// <summary>There are more regions than one reply holds; repeat the call for the rest.</summary>
    Incomplete = 1 << 0,
}

/// <summary>Flags of MEM_RELEASE and MEM_RECLAIM (gunyah-rm.md 2.5.5).</summary>
[Flags]
public enum MemoryReturnFlags : byte
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>Clear the memory first.</summary>
    Sanitise = 1 << 0,
}

/// <summary>
/// What MEM_NOTIFY tells whom (gunyah-rm.md 2.5.6). Exactly one of them, although they look like bits.
/// </summary>
public enum MemoryNotifyKind : byte
{
    /// <summary>The owner tells the listed VMs that the parcel is there.</summary>
    Shared = 1,

    /// <summary>An acceptor tells the owner that it let go.</summary>
    Released = 2,

    /// <summary>An acceptor tells the owner that it has the parcel.</summary>
    Accepted = 4,

    /// <summary>The owner asks the listed VMs to let go.</summary>
    Recall = 8,
}

/// <summary>Flags of the MEM_SHARED notification (gunyah-rm.md 3).</summary>
[Flags]
public enum MemorySharedFlags : byte
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>The memory was cleared.</summary>
    Sanitised = 1 << 0,
}
