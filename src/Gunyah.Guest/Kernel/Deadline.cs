namespace Gunyah.Guest.Kernel;

/// <summary>
/// A point on the guest's virtual clock until which something may take. One deadline can bound several waits in a row. The
/// default value is <see cref="Never"/>.
/// </summary>
public readonly record struct Deadline
{
    // Kept as the complement so that a deadline nobody set is the one that never comes.
    private readonly ulong _complement;

    /// <summary>A deadline at a time on the scale of <see cref="Abi.Programs.IVcpu.Now"/>.</summary>
    /// <param name="time">Nanoseconds since the machine started; all ones means never.</param>
    public Deadline(ulong time) => _complement = ~time;

    /// <summary>The deadline that never comes.</summary>
    public static Deadline Never => default;

    /// <summary>The time in nanoseconds; all ones for <see cref="Never"/>.</summary>
    public ulong Time => ~_complement;

    /// <summary>True for <see cref="Never"/>.</summary>
    public bool IsNever => _complement == 0;

    /// <summary>The earlier of two.</summary>
    public static Deadline Earlier(Deadline left, Deadline right) => left.Time <= right.Time ? left : right;

    /// <inheritdoc/>
    public override string ToString() => IsNever ? "never" : $"{Time} ns";
}
