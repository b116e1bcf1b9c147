namespace Gunyah.Machine.Configuration;

/// <summary>The names that events, reports and dumps give to VMs that no machine file describes.</summary>
internal static class ReservedNames
{
    private const string NumberPrefix = "vm";

    /// <summary>What a reserved name stands for; null for a name that a VM may have.</summary>
    public static string? MeaningOf(string name) => name switch
    {
        "primary" => "the primary VM",
        "rm" => "the Resource Manager",
        "hypervisor" => "the hypervisor",
        _ when name.StartsWith(NumberPrefix, StringComparison.Ordinal) && name.Length > NumberPrefix.Length
            && name.AsSpan(NumberPrefix.Length).IndexOfAnyExceptInRange('0', '9') < 0 => "a VM that has no name yet",
        _ => null,
    };
}
