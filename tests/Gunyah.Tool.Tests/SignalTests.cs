using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Gunyah.Tool.Tests;

/// <summary>Signals to the program as a process: a machine that would run for a long time ends in an orderly way.</summary>
public sealed class SignalTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("gunyah-signal-");
    private Process? _started;

    public void Dispose()
    {
        // One that did not end would write events until the disk is full.
        if (_started is { HasExited: false })
            _started.Kill();
        _started?.Dispose();
        _directory.Delete(recursive: true);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_a_run_with_complete_results_and_one_line(string signal)
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("There are no signals here.");
        Process gunyah = _started = Start(
            "up", "--messages", "100000000", "--summary", "json", "--events", "events.jsonl", "--dump", "trees");
        Task<string> output = gunyah.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = gunyah.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var events = new FileInfo(Path.Combine(_directory.FullName, "events.jsonl"));
        Assert.True(SpinWait.SpinUntil(() => Size(events) > 100_000 || gunyah.HasExited, Hanging.Limit));
        Assert.False(gunyah.HasExited);

        using (Process kill = Process.Start("kill", ["-" + signal, gunyah.Id.ToString(CultureInfo.InvariantCulture)]))
            kill.WaitForExit();
        Assert.True(gunyah.WaitForExit(Hanging.Limit));

        Assert.Equal(1, gunyah.ExitCode);
        string[] remarks = (await error).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("error GM0106", remarks[0], StringComparison.Ordinal);
        Assert.DoesNotContain(remarks, line => line.StartsWith("   at ", StringComparison.Ordinal));
        Assert.Single(remarks, line => line.Contains("error", StringComparison.Ordinal));
        using (JsonDocument.Parse(await output))
        {
            // The summary is whole, and so is every event.
        }
        string text = File.ReadAllText(events.FullName);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            JsonDocument.Parse(line).Dispose();
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(_directory.FullName, "trees"), "*.dtb"));
    }

    private static long Size(FileInfo file)
    {
        file.Refresh();
        return file.Exists ? file.Length : 0;
    }

    private Process Start(params string[] arguments)
    {
        string[] command = ["dotnet", Path.Combine(AppContext.BaseDirectory, "gunyah.dll"), .. arguments];
        // Shells start what runs in the background with SIGINT ignored, which every process below inherits.
        if (OperatingSystem.IsLinux())
            command = ["env", "--default-signal=INT", .. command];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _directory.FullName,
        };
        return Process.Start(start)!;
    }
}
