namespace Gunyah.Hypervisor.Objects;

/// <summary>The life of an object (gunyah-abi.md 3.5). The numbers are the reference's.</summary>
internal enum ObjectState
{
    /// <summary>Created; takes configuration.</summary>
    Init = 1,

    /// <summary>In use.</summary>
    Active = 2,

    /// <summary>Its activation failed. Nothing leads out of this state but destruction.</summary>
    Failed = 3,

    /// <summary>Its last reference is gone.</summary>
    Destroying = 4,
}
