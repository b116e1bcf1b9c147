namespace Gunyah.Hypervisor.Objects;

/// <summary>What objects of every type need from the machine under them. Called with hypervisor locks held.</summary>
public interface ITimeAndEntropy
{
    /// <summary>Nanoseconds since the machine started. Never goes back.</summary>
    ulong Now { get; }

    /// <summary>The next 64 bits from the machine's source of entropy; a seeded one gives the same run again.</summary>
    ulong NextRandom();
}
