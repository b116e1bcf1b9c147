using Devicetree.Text.Reports;

namespace Devicetree.Tool;

/// <summary>The version of this program.</summary>
internal static class ToolVersion
{
    /// <summary>Three numbers, as the project file has them.</summary>
    public static string Text { get; } = ProgramVersion.Of(typeof(ToolVersion).Assembly);
}
