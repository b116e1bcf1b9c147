namespace Architecture.Tests;

/// <summary>The projects of the machine.</summary>
internal static partial class DirectoryRows
{
    private static Dictionary<string, DirectoryRow[]> Gunyah => [];
}
