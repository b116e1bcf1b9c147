using System.Reflection;

namespace Devicetree.Text.Reports;

/// <summary>The version of a program.</summary>
internal static class ProgramVersion
{
    /// <summary>Three numbers, as the project file has them; 0.0.0 for an assembly without a version.</summary>
    /// <param name="program">The program's assembly.</param>
    public static string Of(Assembly program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return program.GetName().Version is { } version ? version.ToString(3) : "0.0.0";
    }
}
