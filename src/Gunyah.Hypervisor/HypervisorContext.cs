using Gunyah.Abi.Events;
using Gunyah.Abi.Profiles;
using Gunyah.Hypervisor.Memory;
using Gunyah.Hypervisor.Objects;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor;

/// <summary>What the objects of one hypervisor share.</summary>
internal sealed class HypervisorContext(HypervisorOptions options, IPlatform platform, IVcpuProgramLoader loader,
    EventStream events)
{
    public HypervisorOptions Options { get; } = options;

    public IPlatform Platform { get; } = platform;

    public IVcpuProgramLoader Loader { get; } = loader;

    public EventStream Events { get; } = events;

    public ObjectRegistry Objects { get; } = new();

    public PhysicalMemory Physical { get; } = new(options.PhysicalMemory);

    public MemoryMap Memory { get; } = new();

    public VmidTable Vmids { get; } = new();

    /// <summary>True where the reference code's side of a deviation applies.</summary>
    /// <param name="deviation">One of <see cref="Deviations"/>: naming it makes every use of the profile findable.</param>
    public bool FollowsReference(Deviation deviation)
    {
        ArgumentNullException.ThrowIfNull(deviation);
        return Options.Profile == Profile.Reference;
    }

    /// <summary>Reports an event. Call only after the stream said that it is wanted.</summary>
    public void Emit(Vcpu? caller, EventKind kind, in EventValues values, string? text = null) =>
        Events.Emit(Platform.Now, kind, caller?.Vmid ?? 0, (ushort)(caller?.Index ?? 0), values, text);
}
