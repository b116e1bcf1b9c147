using System.Diagnostics;
using Devicetree.Compatibility;

namespace Conformance.Tests.Tools;

/// <summary>
/// The peers that conformance tests compare with, run as processes. A test that needs a missing one is skipped, naming it;
/// under CI=true it fails instead, so that CI cannot go green without its peers.
/// </summary>
internal static class ExternalTool
{
    /// <summary>The release of dtc and its tools that Debian has, which is what ours is asked to be beside them.</summary>
    public static readonly DtcVersion Dtc = new(1, 6, 1);

    /// <summary>
    /// Far more than any of them takes, on a machine that does much else too: Debian's dt-mk-schema needs 15 s of CPU time.
    /// </summary>
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(8);

    /// <summary>Skips (or under CI fails) the running test unless every one of these programs is on the path.</summary>
    public static void Require(params string[] programs)
    {
        string[] missing = [.. programs.Where(program => !IsOnPath(program))];
        if (missing.Length > 0)
            Missing($"not installed: {string.Join(", ", missing)}");
    }

    /// <summary>Skips the running test for a reason; fails it under CI.</summary>
    public static void Missing(string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail($"{reason}; CI must have it");
        Assert.Skip(reason);
    }

    /// <summary>Runs a program that must succeed.</summary>
    public static ToolResult Run(string program, params string[] arguments)
    {
        ToolResult result = Start(program, arguments);
        result.Succeeds();
        return result;
    }

    /// <summary>Runs a program to its end.</summary>
    public static ToolResult Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        process.StandardInput.Close();
        // On threads of its own: tests that start programs from many workers leave none of the pool's to read what they write.
        bool timedOut = false;
        var watch = new Thread(() =>
        {
            timedOut = !process.WaitForExit(_limit);
            if (timedOut)
                process.Kill(entireProcessTree: true);
        });
        watch.IsBackground = true;
        watch.Start();
        Task<string> output = Task.Factory.StartNew(
            process.StandardOutput.ReadToEnd, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        string error = process.StandardError.ReadToEnd();
        string written = output.GetAwaiter().GetResult();
        watch.Join();
        if (timedOut)
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end within {_limit}");

        return new($"{program} {string.Join(' ', arguments)}", process.ExitCode, written, error);
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(directory => File.Exists(Path.Combine(directory, program)));
}

/// <summary>What a program left behind.</summary>
internal sealed record ToolResult(string Command, int ExitCode, string StandardOutput, string StandardError)
{
    /// <summary>Fails the test with what the program said unless it ended with 0.</summary>
    public void Succeeds()
    {
        if (ExitCode != 0)
            Assert.Fail($"{Command}\nended with {ExitCode}\n{StandardError}\n{StandardOutput}");
    }
}
