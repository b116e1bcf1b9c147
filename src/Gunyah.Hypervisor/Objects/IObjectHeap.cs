namespace Gunyah.Hypervisor.Objects;

/// <summary>The memory that objects are made of, as those objects know it.</summary>
internal interface IObjectHeap
{
    /// <summary>Takes memory, unless that much is not left.</summary>
    bool TryCharge(ulong bytes);

    /// <summary>Gives memory back.</summary>
    void Refund(ulong bytes);

    /// <summary>An object is made that keeps the heap alive.</summary>
    void Enter();

    /// <summary>An object is gone that kept the heap alive.</summary>
    void Leave();
}
