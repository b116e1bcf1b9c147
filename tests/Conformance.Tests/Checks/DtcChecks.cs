using Conformance.Tests.Tools;
using Devicetree.Checks;
using Devicetree.Compatibility;

namespace Conformance.Tests.Checks;

/// <summary>The dtc on the path, asked for what it checks.</summary>
internal static class DtcChecks
{
    /// <summary>Its version, with which ours is compared.</summary>
    public static DtcVersion Version { get; } = ReadVersion();

    /// <summary>Workers wait for the processes that they start; more of them than cores would only wait for each other.</summary>
    public static ParallelOptions OneEachCore { get; } = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    /// <summary>Options that switch every check on.</summary>
    public static IReadOnlyList<string> AllOn { get; } =
        [.. CheckTable.Rows.Where(row => row.ExistsIn(Version)).Select(row => "-W" + row.Name)];

    /// <summary>Runs dtc.</summary>
    /// <param name="format">The format of the input.</param>
    /// <param name="input">The file to check.</param>
    /// <param name="output">The file to write; its name stands where a finding has no place.</param>
    /// <param name="options">More options.</param>
    /// <returns>Its exit code, negative where a signal ended it, and what it wrote to standard error.</returns>
    public static (int ExitCode, string Error) Run(string format, string input, string output, IEnumerable<string> options)
    {
        ToolResult result = ExternalTool.Start("dtc", ["-I", format, "-O", "dtb", "-o", output, .. options, input]);
        return (result.ExitCode, result.StandardError);
    }

    /// <summary>True when a signal ended it: there is nothing to compare with.</summary>
    public static bool IsCrash(int exitCode) => exitCode is < 0 or > 128;

    /// <summary>Where two answers begin to differ; null when they are the same.</summary>
    public static string? Difference((int ExitCode, string Error) theirs, (int ExitCode, string Error) ours)
    {
        if (theirs == ours)
            return null;
        string[] their = theirs.Error.Split('\n'), our = ours.Error.Split('\n');
        int line = 0;
        while (line < their.Length - 1 && line < our.Length - 1 && their[line] == our[line])
            line++;
        return $"dtc ends with {theirs.ExitCode}, we with {ours.ExitCode}; line {line + 1}\n  dtc: {their[line]}\n  we:  {our[line]}";
    }

    private static DtcVersion ReadVersion()
    {
        ExternalTool.Require("dtc");
        string text = ExternalTool.Run("dtc", "--version").StandardOutput;
        string number = text.Trim().Split(' ')[^1].Split('-')[0];
        Assert.True(DtcVersion.TryParse(number, out DtcVersion version), text);
        return version;
    }
}
