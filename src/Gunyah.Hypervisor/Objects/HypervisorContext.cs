using Gunyah.Abi.Events;
using Gunyah.Abi.Profiles;

namespace Gunyah.Hypervisor.Objects;

/// <summary>What all objects of one hypervisor share, whatever their types.</summary>
internal sealed class HypervisorContext(Profile profile, ITimeAndEntropy platform, EventStream events)
{
    /// <summary>Whether to answer as documented or as the open-source code does.</summary>
    public Profile Profile { get; } = profile;

    public ITimeAndEntropy Platform { get; } = platform;

    public EventStream Events { get; } = events;

    public ObjectRegistry Objects { get; } = new();

    /// <summary>True where the reference code's side of a deviation applies.</summary>
    /// <param name="deviation">One of <see cref="Deviations"/>: naming it makes every use of the profile findable.</param>
    public bool FollowsReference(Deviation deviation)
    {
        ArgumentNullException.ThrowIfNull(deviation);
        return Profile == Profile.Reference;
    }

    /// <summary>Reports an event. Call only after the stream said that it is wanted.</summary>
    public void Emit(IEventActor? caller, EventKind kind, in EventValues values, string? text = null) =>
        Events.Emit(Platform.Now, kind, caller?.Vmid ?? 0, (ushort)(caller?.Index ?? 0), values, text);
}
