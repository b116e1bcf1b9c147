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
    /// <summary>The size on the wire in bytes.</summary>
    public const int Length = 4;

    /// <inheritdoc/>
    public int EncodedLength => Length;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out IrqHandle value)
    {
        var reader = new RpcReader(payload);
        return reader.Finish(new IrqHandle(reader.ReadUInt32()), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer) => writer.WriteUInt32(Handle);
}

/// <summary>VM_IRQ_LEND (gunyah-rm.md 2.7). The reply data are an <see cref="IrqHandle"/>.</summary>
/// <param name="Borrower">The VM that may accept it.</param>
/// <param name="Virq">The interrupt's GIC number in the caller.</param>
/// <param name="Label">What it is for.</param>
public readonly record struct IrqLendRequest(ushort Borrower, uint Virq, uint Label) : IRpcPayload<IrqLendRequest>
{
    /// <summary>The size on the wire in bytes.</summary>
    public const int Length = 12;

    /// <inheritdoc/>
    public int EncodedLength => Length;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out IrqLendRequest value)
    {
        var reader = new RpcReader(payload);
        var request = new IrqLendRequest(VmidEntry.Read(ref reader).Vmid, reader.ReadUInt32(), reader.ReadUInt32());
        return reader.Finish(request, out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        new VmidEntry(Borrower).Write(ref writer);
        writer.WriteUInt32(Virq);
        writer.WriteUInt32(Label);
    }
}

/// <summary>VM_IRQ_ACCEPT (gunyah-rm.md 2.7). The reply data are a <see cref="IrqAcceptReply"/>.</summary>
/// <param name="Handle">The lent interrupt.</param>
/// <param name="Virq">The GIC number it should have in the caller, or <see cref="AnyVirq"/>.</param>
public readonly record struct IrqAcceptRequest(uint Handle, uint Virq) : IRpcPayload<IrqAcceptRequest>
{
    /// <summary>The size on the wire in bytes.</summary>
    public const int Length = 8;

    /// <summary>The number that lets the Resource Manager choose.</summary>
    public const uint AnyVirq = uint.MaxValue;

    /// <inheritdoc/>
    public int EncodedLength => Length;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out IrqAcceptRequest value)
    {
        var reader = new RpcReader(payload);
        return reader.Finish(new IrqAcceptRequest(reader.ReadUInt32(), reader.ReadUInt32()), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteUInt32(Handle);
        writer.WriteUInt32(Virq);
    }
}

/// <summary>The data of the reply to VM_IRQ_ACCEPT (gunyah-rm.md 2.7).</summary>
/// <param name="Virq">The interrupt's GIC number in the caller.</param>
public readonly record struct IrqAcceptReply(uint Virq) : IRpcPayload<IrqAcceptReply>
{
    /// <summary>The size on the wire in bytes.</summary>
    public const int Length = 4;

    /// <inheritdoc/>
    public int EncodedLength => Length;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out IrqAcceptReply value)
    {
        var reader = new RpcReader(payload);
        return reader.Finish(new IrqAcceptReply(reader.ReadUInt32()), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer) => writer.WriteUInt32(Virq);
}

/// <summary>VM_IRQ_NOTIFY (gunyah-rm.md 2.7).</summary>
/// <param name="Handle">The lent interrupt.</param>
/// <param name="Kind">What to tell; an unknown value is well formed and refused later.</param>
/// <param name="Vmids">The VMs to tell, optional and only with <see cref="IrqNotifyKind.Lent"/>.</param>
public readonly record struct IrqNotifyRequest(uint Handle, IrqNotifyKind Kind, RpcList<VmidEntry> Vmids)
    : IRpcPayload<IrqNotifyRequest>
{
    private const int HeadLength = 8;

    /// <inheritdoc/>
    public int EncodedLength => HeadLength + (HasList ? Vmids.ListLength : 0);

    private bool HasList => Kind == IrqNotifyKind.Lent && Vmids.Count > 0;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out IrqNotifyRequest value)
    {
        var reader = new RpcReader(payload);
        var request = new IrqNotifyRequest(reader.ReadUInt32(), (IrqNotifyKind)reader.ReadUInt32(), default);
        if (request.Kind == IrqNotifyKind.Lent)
            request = request with { Vmids = reader.ReadList<VmidEntry>(ushort.MaxValue) };
        return reader.Finish(request, out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteUInt32(Handle);
        writer.WriteUInt32((uint)Kind);
        if (HasList)
            writer.WriteList(Vmids);
    }
}

/// <summary>VM_IRQ_LENT (gunyah-rm.md 3): an interrupt is there for this VM. Bytes after it are ignored.</summary>
/// <param name="Owner">The VM that lends it.</param>
/// <param name="Handle">Its handle.</param>
/// <param name="Label">What it is for.</param>
public readonly record struct IrqLentNotification(ushort Owner, uint Handle, uint Label) : IRpcPayload<IrqLentNotification>
{
    /// <summary>The size on the wire in bytes.</summary>
    public const int Length = 12;

    /// <inheritdoc/>
    public int EncodedLength => Length;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out IrqLentNotification value)
    {
        var reader = new RpcReader(payload);
        var notification = new IrqLentNotification(VmidEntry.Read(ref reader).Vmid, reader.ReadUInt32(), reader.ReadUInt32());
        return reader.FinishIgnoringRest(notification, out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        new VmidEntry(Owner).Write(ref writer);
        writer.WriteUInt32(Handle);
        writer.WriteUInt32(Label);
    }
}
