using Devicetree.Text.Diagnostics;

namespace Devicetree.Tool.Verbs.Setup;

/// <summary>Faults of setting the program up; the IDs are stable.</summary>
internal static class SetupRules
{
    /// <summary>Something of a drop-in's name that is no link to this program.</summary>
    public static readonly DiagnosticRule InTheWay = new(
        "DT0070", "in-the-way", Severity.Error, "'{0}' exists and is not a link to dt",
        "Name another directory, or replace it with --force.")
    {
        Why = "The file may be the real dtc of the system. It is not replaced without being asked for.",
        Example = """
            # bin/dtc: the compiler of the system
            dt links bin
            """,
    };

    /// <summary>The program was not started by a file of its own.</summary>
    public static readonly DiagnosticRule NoProgram = new(
        "DT0071", "no-program", Severity.Error, "dt was not started from a file that a link can lead to",
        "Run the published program, or the one that 'dotnet tool install' made.")
    {
        Why = "A link needs a file to lead to, and 'dotnet dt.dll' runs the runtime's program.",
        Example = "dotnet dt.dll links bin",
    };

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        InTheWay, NoProgram,
    ];
}
