namespace Gunyah.Machine.Configuration;

/// <summary>The values of the defaults that the rows of <see cref="MachineKeys"/> state as text.</summary>
internal static class MachineDefaults
{
    /// <summary>The default of a number, size or time.</summary>
    public static ulong Number(MachineKey key) =>
        key.Kind switch
        {
            MachineKeyKind.Size => MachineValues.TrySize(key.Default, out ulong size) ? size : throw NoDefault(key),
            MachineKeyKind.Duration => MachineValues.TryDuration(key.Default, out ulong time) ? time : throw NoDefault(key),
            _ => MachineValues.TryNumber(key.Default, out ulong number) ? number : throw NoDefault(key),
        };

    /// <summary>The index of the default among the row's words.</summary>
    public static int Word(MachineKey key) =>
        key.Words.IndexOf(key.Default!) is int index and >= 0 ? index : throw NoDefault(key);

    private static InvalidOperationException NoDefault(MachineKey key) =>
        new($"the row of '{key.Name}' has no default of its kind");
}
