using Devicetree.Text.Reports;

namespace Gunyah.Tool;

/// <summary>The program's version.</summary>
internal static class ToolVersion
{
    /// <summary>Three numbers, as the project file has them.</summary>
    public static string Text { get; } = ProgramVersion.Of(typeof(ToolVersion).Assembly);
}
