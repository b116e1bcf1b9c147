namespace Gunyah.Abi.Rpc;

/// <summary>What VM_IRQ_NOTIFY tells whom (gunyah-rm.md 2.7). A value, although it looks like bits.</summary>
public enum IrqNotifyKind : uint
{
    /// <summary>The owner tells the borrower that the interrupt is there.</summary>
    Lent = 1,

    /// <summary>The borrower tells the owner that it let go.</summary>
    Released = 2,

    /// <summary>The borrower tells the owner that it has the interrupt.</summary>
    Accepted = 4,
}

/// <summary>
/// A lent interrupt's handle: VM_IRQ_RELEASE and VM_IRQ_RECLAIM, the data of the reply to VM_IRQ_LEND, and the notifications
/// VM_IRQ_RELEASED and VM_IRQ_ACCEPTED (gunyah-rm.md 2.7 and 3).
/// </summary>
/// <param name="Handle">The handle.</param>
public readonly record struct IrqHandle(uint Handle) : IRpcPayload<IrqHandle>
{
    /// <inheritdoc/>
    public static IrqHandle Fields<TWire>(ref TWire wire, in IrqHandle value)
        where TWire : struct, IRpcWire, allows ref struct =>
        new(wire.U32("handle", value.Handle));
}

/// <summary>VM_IRQ_LEND (gunyah-rm.md 2.7). The reply data are an <see cref="IrqHandle"/>.</summary>
/// <param name="Borrower">The VM that may accept it.</param>
/// <param name="Virq">The interrupt's GIC number in the caller.</param>
/// <param name="Label">What it is for.</param>
public readonly record struct IrqLendRequest(ushort Borrower, uint Virq, uint Label) : IRpcPayload<IrqLendRequest>
{
    /// <inheritdoc/>
    public static IrqLendRequest Fields<TWire>(ref TWire wire, in IrqLendRequest value)
        where TWire : struct, IRpcWire, allows ref struct =>
        new(wire.Vmid("borrower", value.Borrower), wire.U32("virq", value.Virq), wire.U32("label", value.Label));
}

/// <summary>VM_IRQ_ACCEPT (gunyah-rm.md 2.7). The reply data are a <see cref="IrqAcceptReply"/>.</summary>
/// <param name="Handle">The lent interrupt.</param>
/// <param name="Virq">The GIC number it should have in the caller, or <see cref="AnyVirq"/>.</param>
public readonly record struct IrqAcceptRequest(uint Handle, uint Virq) : IRpcPayload<IrqAcceptRequest>
{
    /// <summary>The number that lets the Resource Manager choose.</summary>
    public const uint AnyVirq = uint.MaxValue;

    /// <inheritdoc/>
    public static IrqAcceptRequest Fields<TWire>(ref TWire wire, in IrqAcceptRequest value)
        where TWire : struct, IRpcWire, allows ref struct =>
        new(wire.U32("handle", value.Handle), wire.U32("virq", value.Virq));
}

/// <summary>The data of the reply to VM_IRQ_ACCEPT (gunyah-rm.md 2.7).</summary>
/// <param name="Virq">The interrupt's GIC number in the caller.</param>
public readonly record struct IrqAcceptReply(uint Virq) : IRpcPayload<IrqAcceptReply>
{
    /// <inheritdoc/>
    public static IrqAcceptReply Fields<TWire>(ref TWire wire, in IrqAcceptReply value)
        where TWire : struct, IRpcWire, allows ref struct =>
        new(wire.U32("virq", value.Virq));
}

/// <summary>VM_IRQ_NOTIFY (gunyah-rm.md 2.7).</summary>
/// <param name="Handle">The lent interrupt.</param>
/// <param name="Kind">What to tell; an unknown value is well formed and refused later.</param>
/// <param name="Vmids">The VMs to tell, optional and only with <see cref="IrqNotifyKind.Lent"/>.</param>
public readonly record struct IrqNotifyRequest(uint Handle, IrqNotifyKind Kind, RpcList<VmidEntry> Vmids)
    : IRpcPayload<IrqNotifyRequest>
{
    /// <inheritdoc/>
    public static IrqNotifyRequest? Longest => new(0, IrqNotifyKind.Lent, [default]);

    /// <inheritdoc/>
    public static IrqNotifyRequest Fields<TWire>(ref TWire wire, in IrqNotifyRequest value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        uint handle = wire.U32("handle", value.Handle);
        var kind = (IrqNotifyKind)wire.U32("kind", (uint)value.Kind);
        bool hasList = kind == IrqNotifyKind.Lent && (wire.IsReading || value.Vmids.Count > 0);
        return new(handle, kind, hasList ? wire.List("vmids", value.Vmids, ushort.MaxValue) : default);
    }
}

/// <summary>VM_IRQ_LENT (gunyah-rm.md 3): an interrupt is there for this VM. Bytes after it are ignored.</summary>
/// <param name="Owner">The VM that lends it.</param>
/// <param name="Handle">Its handle.</param>
/// <param name="Label">What it is for.</param>
public readonly record struct IrqLentNotification(ushort Owner, uint Handle, uint Label) : IRpcPayload<IrqLentNotification>
{
    /// <inheritdoc/>
    public static bool MayBeLonger => true;

    /// <inheritdoc/>
    public static IrqLentNotification Fields<TWire>(ref TWire wire, in IrqLentNotification value)
        where TWire : struct, IRpcWire, allows ref struct =>
        new(wire.Vmid("owner", value.Owner), wire.U32("handle", value.Handle), wire.U32("label", value.Label));
}
