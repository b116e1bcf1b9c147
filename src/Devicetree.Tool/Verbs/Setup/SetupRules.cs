using Devicetree.Text.Diagnostics;

namespace Devicetree.Tool.Verbs.Setup;

/// <summary>Faults of setting the program up; the IDs are stable.</summary>
internal static class SetupRules
{
    /// <summary>Something of a drop-in's name that is no link to this program.</summary>
    public static readonly DiagnosticRule InTheWay = new(
        "DT0070", "in-the-way", Severity.Error, "'{0}' exists and is not a link to dt", "Name another directory, or replace it with --force.");

    /// <summary>The program was not started by a file of its own.</summary>
    public static readonly DiagnosticRule NoProgram = new(
        "DT0071", "no-program", Severity.Error, "dt was not started from a file that a link can lead to",
        "Run the published program, or the one that 'dotnet tool install' made.");

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        InTheWay, NoProgram,
    ];
}
