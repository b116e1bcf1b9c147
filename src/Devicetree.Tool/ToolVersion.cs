namespace Devicetree.Tool;

/// <summary>The version of this program.</summary>
internal static class ToolVersion
{
    /// <summary>Three numbers, as the project file has them.</summary>
    public static string Text { get; } = typeof(ToolVersion).Assembly.GetName().Version is { } version ? version.ToString(3) : "0.0.0";
}
