namespace Gunyah.Machine;

/// <summary>What a machine needs from outside.</summary>
/// <param name="Time">The clock of machines without a seed, and of time-outs.</param>
/// <param name="Entropy">Answers 64 random bits to machines without a seed, from any thread.</param>
/// <param name="Workers">How many vCPUs of a machine without a seed may run at once; at least 1.</param>
public sealed record MachineHost(TimeProvider Time, Func<ulong> Entropy, int Workers);
