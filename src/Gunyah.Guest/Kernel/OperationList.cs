namespace Gunyah.Guest.Kernel;

/// <summary>Operations that wait for the same thing, first come first served. Any of them can leave at any time.</summary>
internal sealed class OperationList
{
    /// <summary>The operation that has waited longest.</summary>
    public KernelOperation? First { get; private set; }

    private KernelOperation? Last { get; set; }

    /// <summary>True if nobody waits.</summary>
    public bool IsEmpty => First is null;

    /// <summary>Adds an operation that is in no list behind all others.</summary>
    public void Add(KernelOperation operation)
    {
        operation.List = this;
        operation.Previous = Last;
        if (Last is null)
            First = operation;
        else
            Last.Next = operation;
        Last = operation;
    }

    /// <summary>Takes an operation out of this list.</summary>
    public void Remove(KernelOperation operation)
    {
        if (operation.Previous is null)
            First = operation.Next;
        else
            operation.Previous.Next = operation.Next;
        if (operation.Next is null)
            Last = operation.Previous;
        else
            operation.Next.Previous = operation.Previous;
        (operation.List, operation.Next, operation.Previous) = (null, null, null);
    }
}
