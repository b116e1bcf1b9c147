namespace Gunyah.Tool;

/// <summary>The program's version.</summary>
internal static class ToolVersion
{
    /// <summary>Three numbers, as the project file has them.</summary>
    public static string Text { get; } = typeof(ToolVersion).Assembly.GetName().Version is { } version ? version.ToString(3) : "0.0.0";
}
