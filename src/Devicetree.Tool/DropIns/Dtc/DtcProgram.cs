using Devicetree.Checks;
using Devicetree.Compatibility;
using Devicetree.Compilation;
using Devicetree.Decompilation;
using Devicetree.Flattened;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Tool.DropIns.Dtc;

/// <summary>The compiler under its old name: options, bytes, messages and exit codes of dtc.</summary>
internal sealed class DtcProgram
{
    private readonly ToolHost _host;
    private readonly DtcConsole _console;
    private readonly DtcOptions _options;
    private readonly DtcFiles _files;

    private DtcProgram(ToolHost host, DtcVersion version)
    {
        _host = host;
        _options = new(version);
        _console = new DtcConsole(host);
        _files = new DtcFiles(host, _options);
    }

    /// <summary>Runs a command line.</summary>
    /// <returns>dtc's exit code: 0, 1 for what is fatal, 2 for a failed check.</returns>
    public static int Run(ToolHost host, string[] args, DtcVersion version)
    {
        var program = new DtcProgram(host, version);
        try
        {
            return program.Run(args);
        }
        finally
        {
            // What was said before an output failed is said all the same.
            program._console.Flush();
        }
    }

    private int Run(string[] args)
    {
        if (_options.Read(args, _console) is int done)
            return done;
        DtcDependencies? dependencies = null;
        if (_options.DependencyFile is string name
            && !DtcDependencies.TryCreate(name, _host, out dependencies, out string? reason))
            return _console.Fatal($"Couldn't open dependency file {name}: {reason}");
        using (dependencies)
        {
            string input = _options.InputFormat ?? DtcFormats.OfInput(_options.Input, _host, fallback: DtcFormats.Source);
            string output = _options.OutputFormat ?? DtcFormats.OfName(_options.Output)
                ?? (input == DtcFormats.Source ? DtcFormats.Blob : DtcFormats.Source);
            if (_options.Annotate > 0 && (input != DtcFormats.Source || output != DtcFormats.Source))
                return _console.Fatal("--annotate requires -I dts -O dts");
            dependencies?.Write(DtcFiles.EscapedFor(_options.DtcVersion, _options.Output) + ":");
            var read = new DtcInput(_host, _console, _options, _files);
            if (read.Read(input, Settings()) is int failed)
            {
                dependencies?.Write(_files.Opened);
                return failed;
            }
            dependencies?.Write(_files.Opened + "\n");
            return Compile(read, input, output);
        }
    }

    private int Compile(DtcInput read, string input, string output)
    {
        _console.Flush();
        var reporter = new DtcReporter(_host.Error, _options.Output, _options.Quiet);
        CheckOutcome outcome = DevicetreeCompiler.Finish(read.Tree!, reporter, Settings());
        if (outcome == CheckOutcome.Failed)
            reporter.Conclude(_options.Force);
        _host.Error.Flush();
        if (outcome == CheckOutcome.Refused)
            return DtcConsole.Failed;
        if (outcome == CheckOutcome.Failed && !_options.Force)
            return DtcConsole.ChecksFailed;
        return Write(read, input, output);
    }

    private int Write(DtcInput read, string input, string format)
    {
        LiveTree tree = read.Tree!;
        if (format is DtcFormats.Blob or DtcFormats.Assembler && FdtLayout.Find(_options.OutputVersion) is null)
            return _console.Fatal($"Unknown device tree blob version {_options.OutputVersion}");
        if (format == DtcFormats.Yaml && input != DtcFormats.Source)
            return _console.Fatal("YAML output format requires dts input format");
        ReadOnlyMemory<byte> bytes;
        switch (format)
        {
            case DtcFormats.Source:
                bytes = LivePrinter.Print(
                    tree, new()
                    {
                        Version = _options.DtcVersion,
                        Annotation = _options.Annotate,
                        InitialPath = read.InitialPath,
                    });
                break;
            case DtcFormats.Blob:
                bytes = WriteBlob(tree);
                break;
            case DtcFormats.Assembler:
                bytes = AsmPrinter.Print(tree, Layout(), _options.DtcVersion);
                break;
            case DtcFormats.Yaml:
                var problems = new DiagnosticBag();
                if (YamlPrinter.Print(tree, problems) is not byte[] yaml)
                    return _console.Fatal(YamlWords(problems.Items[^1]));
                bytes = yaml;
                break;
            case DtcFormats.Nothing:
                bytes = default;
                break;
            default:
                return _console.Fatal($"Unknown output format \"{format}\"");
        }
        if (DropInOutput.TryWrite(_options.Output, bytes.Span, _host, out string? reason))
            return 0;
        return _console.Fatal($"Couldn't open output file {_options.Output}: {reason}");
    }

    private ReadOnlyMemory<byte> WriteBlob(LiveTree tree)
    {
        ReadOnlyMemory<byte> blob = FdtWriter.Write(tree, Layout());
        if (_options.MinimumSize <= 0 || blob.Length <= _options.MinimumSize || _options.Quiet >= 1)
            return blob;
        // dtc compares before it aligns.
        int unaligned = FdtWriter.Write(tree, Layout() with { Alignment = 1 }).Length;
        if (unaligned > _options.MinimumSize)
            _console.Line($"Warning: blob size {unaligned} >= minimum size {_options.MinimumSize}");
        return blob;
    }

    /// <summary>Why there is no YAML, in dtc's words where it has any.</summary>
    private static string YamlWords(Diagnostic problem) => problem.Rule.Id == YamlOutputRules.ValueWithoutStructure.Id
        ? $"No markers present in property '{problem.Arguments[0]}' value"
        : problem.Message;

    private FdtWriterOptions Layout() => new()
    {
        Version = _options.OutputVersion,
        SpareReservations = _options.SpareReservations,
        Padding = Math.Max(0, _options.Padding),
        MinimumSize = Math.Max(0, _options.MinimumSize),
        Alignment = Math.Max(1, _options.Alignment),
    };

    private CompilationOptions Settings() => new()
    {
        Version = _options.DtcVersion,
        Checks = _options.Checks,
        Recover = false,
        Strict = false,
        Files = _files,
        GenerateSymbols = _options.Symbols,
        GenerateAliases = _options.Aliases,
        GenerateFixups = _options.Fixups,
        Phandles = _options.Phandles,
        BootCpu = _options.BootCpu,
        Force = _options.Force,
        Sort = _options.Sort,
    };
}
