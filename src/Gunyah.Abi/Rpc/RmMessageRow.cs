namespace Gunyah.Abi.Rpc;

/// <summary>What a message id stands for.</summary>
public enum RmMessageKind
{
    /// <summary>A VM asks, the Resource Manager replies.</summary>
    Request,

    /// <summary>The Resource Manager tells a VM; no reply.</summary>
    Notification,
}

/// <summary>Who may send a message (gunyah-rm.md 2.0, column "Who").</summary>
public enum RmSender
{
    /// <summary>Not known: the message is named in headers and comments only.</summary>
    Unspecified,

    /// <summary>The Resource Manager; all notifications.</summary>
    ResourceManager,

    /// <summary>Any VM with a link to the Resource Manager.</summary>
    AnyVm,

    /// <summary>The VM that the message is about.</summary>
    Itself,

    /// <summary>The VM itself, its owner or a registered peer.</summary>
    Querier,

    /// <summary>The VM that owns the target: who allocated it, or who created the parcel.</summary>
    Owner,

    /// <summary>The primary VM.</summary>
    PrimaryVm,

    /// <summary>The primary VM, and only for a VM that it owns.</summary>
    PrimaryOwner,

    /// <summary>Any VM except the primary VM.</summary>
    SecondaryVm,

    /// <summary>A secondary VM with a static VMID.</summary>
    StaticSecondaryVm,

    /// <summary>Either end of a console: the VM itself or its owner.</summary>
    ConsoleEnd,
}

/// <summary>The one declaration of a message; traces and the reference page read it.</summary>
/// <param name="Id">The message id.</param>
/// <param name="Name">The name in the protocol, as in traces.</param>
/// <param name="Kind">Request or notification.</param>
/// <param name="Sender">Who may send it.</param>
/// <param name="Payload">The fields of its payload; null where they are not known.</param>
public sealed record RmMessageRow(RmMessageId Id, string Name, RmMessageKind Kind, RmSender Sender, RpcShape? Payload = null)
{
    /// <summary>The length of its payload in bytes, where there is only one.</summary>
    public int? Length => Payload?.Length;
}
