using System.Text;
using Devicetree.Checks;
using Devicetree.Compatibility;
using Devicetree.Compilation;
using Devicetree.Live;
using Devicetree.Source;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.Checks;

/// <summary>A tree checked as dtc does, with its options and lines.</summary>
internal static class CheckRun
{
    private const int Good = 0;
    private const int Refused = 1;
    private const int FailedChecks = 2;

    /// <summary>Checks a source that has no error of grammar.</summary>
    /// <returns>dtc's exit code and what it writes to standard error.</returns>
    public static (int ExitCode, string Error) Of(
        SourceText source, string outputName, DtcVersion version, IEnumerable<string> options, ISourceFiles? files = null)
    {
        (CompilationOptions settings, int quiet) = Read(options, version);
        settings = settings with { Files = files };
        var diagnostics = new DiagnosticBag();
        SourceReading reading = SourceReader.Read(source, diagnostics, settings);
        Assert.True(reading.IsGood, string.Join('\n', diagnostics.Items));
        return Of(reading.Tree, outputName, settings, quiet);
    }

    /// <summary>Checks a source that has no error of grammar, for someone who takes findings and not dtc's lines.</summary>
    public static void Of(SourceText source, DtcVersion version, IEnumerable<string> options, ICheckReporter reporter)
    {
        (CompilationOptions settings, _) = Read(options, version);
        SourceReading reading = SourceReader.Read(source, new DiagnosticBag(), settings);
        DevicetreeCompiler.Finish(reading.Tree, reporter, settings);
    }

    /// <summary>Checks a tree that was read from a blob.</summary>
    /// <returns>dtc's exit code and what it writes to standard error.</returns>
    public static (int ExitCode, string Error) Of(LiveTree tree, string outputName, DtcVersion version,
        IEnumerable<string> options)
    {
        (CompilationOptions settings, int quiet) = Read(options, version);
        return Of(tree, outputName, settings, quiet);
    }

    private static (int ExitCode, string Error) Of(LiveTree tree, string outputName, CompilationOptions settings, int quiet)
    {
        var error = new MessageStream();
        var reporter = new DtcReporter(error, outputName, quiet);
        CheckOutcome outcome = DevicetreeCompiler.Finish(tree, reporter, settings);
        if (outcome == CheckOutcome.Failed)
            reporter.Conclude(settings.Force);
        int code = outcome == CheckOutcome.Refused ? Refused : outcome == CheckOutcome.Failed && !settings.Force
            ? FailedChecks : Good;
        return (code, Encoding.UTF8.GetString(error.ToArray()));
    }

    private static (CompilationOptions Settings, int Quiet) Read(IEnumerable<string> options, DtcVersion version)
    {
        CheckSettings checks = CheckSettings.DefaultOf(version);
        bool force = false, symbols = false;
        int quiet = 0;
        foreach (string option in options)
        {
            if (option is ['-', 'W' or 'E', .. string name])
            {
                checks = checks.TryWith(option[1] == 'W' ? CheckLevels.Warning : CheckLevels.Error, name)
                    ?? throw new ArgumentException($"no check {name} in {version}");
                continue;
            }
            Assert.Empty(option.Trim('-', 'q', 'f', '@'));
            quiet += option.Count(letter => letter == 'q');
            force |= option.Contains('f', StringComparison.Ordinal);
            symbols |= option.Contains('@', StringComparison.Ordinal);
        }
        return (new()
        {
            Version = version,
            Checks = checks,
            Recover = false,
            Strict = false,
            Force = force,
            GenerateSymbols =
            symbols
        }, quiet);
    }

    /// <summary>Takes whole messages only: makefiles run many compilers that share one pipe.</summary>
    private sealed class MessageStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Assert.Equal((byte)'\n', buffer[^1]);
            base.Write(buffer);
        }
    }
}
