namespace Gunyah.Hypervisor.Objects;

/// <summary>Whose doing an event is.</summary>
internal interface IEventActor
{
    /// <summary>The VMID of its VM; 0 while it has none.</summary>
    ushort Vmid { get; }

    /// <summary>Its index in the VM.</summary>
    int Index { get; }
}
