namespace Architecture.Tests;

/// <summary>
/// Who knows whom inside each project, from the bottom up: a directory may know those that are listed before it, so that none
/// runs in a circle. A row says exactly what is so; change it with the code.
/// </summary>
internal static partial class DirectoryRows
{
    /// <summary>The rows of each project.</summary>
    public static IReadOnlyDictionary<string, DirectoryRow[]> All { get; } = Devicetree.Concat(Gunyah).ToDictionary();
}
