using System.CommandLine;
using System.Globalization;
using Devicetree;
using Devicetree.Source;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;
using Gunyah.Abi.Events;
using Gunyah.Abi.Profiles;
using Gunyah.Guest.Platform;
using Gunyah.Machine;
using Gunyah.Machine.Configuration;
using Gunyah.Machine.Events;
using Gunyah.Machine.Images;
using Gunyah.Machine.Programs;
using Gunyah.Machine.Reports;
using Gunyah.Tool.Input;
using Gunyah.Tool.Summaries;

namespace Gunyah.Tool.Commands;

/// <summary><c>gunyah up [FILE]</c>: runs a machine.</summary>
internal sealed class UpCommand
{
    private readonly ToolHost _host;
    private readonly UpOptions _options;
    private readonly ParseResult _arguments;
    private readonly CommandReport _report;
    private readonly DevicetreeInput _input;
    private readonly ProgramRegistry _programs;

    private UpCommand(ToolHost host, UpOptions options, ParseResult arguments)
    {
        (_host, _options, _arguments) = (host, options, arguments);
        _report = new(host, "up");
        _input = new(host, new());
        _programs = host.Programs;
    }

    public static Command Create(ToolHost host, CancellationToken stop)
    {
        var options = new UpOptions();
        Command command = options.CreateCommand();
        command.SetAction(arguments => new UpCommand(host, options, arguments).Run(stop));
        return command;
    }

    private int Run(CancellationToken stop)
    {
        if (TryReadMachine(out MachineConfiguration? machine) is int unread)
            return unread;
        if (TryReadBoard(machine!, out Tree? board) is int noBoard)
            return noBoard;

        // The paths are relative to the machine file, so that a directory of machines can be moved.
        using KernelFiles? kernel = TryOpenKernel(machine!, out int noKernel);
        if (noKernel != ExitCodes.Good)
            return noKernel;
        using var disks = new DiskInput();
        if (disks.Open(machine!.Primary.Devices, MachineDirectory, new(_host, _report)) is not ExitCodes.Good and var noDisk)
            return noDisk;
        var inputs = new MachineInputs(board!) { Kernel = kernel, Disks = disks.Disks };

        // The targets come before the run: after an hour of it is too late to learn that its results go nowhere.
        DumpDirectory? dump = _arguments.GetValue(_options.Dump) is { } directory ? new(_host, _report, directory) : null;
        if (dump?.TryPrepare(machine!.Vms.Select(static vm => vm.Name)) is int noDump)
            return noDump;
        string? eventsPath = _arguments.GetValue(_options.Events);
        if (eventsPath is null)
            return Run(_host, machine!, inputs, dump, events: null, stop);
        bool toOutput = eventsPath == UpOptions.StandardOutput;
        try
        {
            using Stream target = toOutput ? new TextWriterStream(_host.Output) : File.Create(_host.FullPath(eventsPath));
            using var events = new JsonLinesWriter(target, EventStream.AllKinds);
            // Whoever reads the events from the standard output finds nothing else there.
            ToolHost told = toOutput ? _host with { Output = _host.Error, OutputColor = _host.ErrorColor } : _host;
            int code = Run(told, machine!, inputs, dump, events, stop);
            events.Flush();
            return events.Failure is { } failure ? _report.CannotWrite(eventsPath, failure.Message) : code;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return _report.CannotWrite(eventsPath, failure.Message);
        }
    }

    private int Run(
        ToolHost told, MachineConfiguration machine, MachineInputs inputs, DumpDirectory? dump, JsonLinesWriter? events,
        CancellationToken stop)
    {
        bool json = _arguments.GetValue(_options.Summary) == UpOptions.JsonSummary;
        ConsoleTimeline? timeline = json ? null : new(told.Output, told.OutputColor);
        IEventReader?[] readers = [timeline, dump?.Dump, events];

        var diagnostics = new DiagnosticBag();
        var runner = _host.Runner();
        MachineReport report = runner.Run(
            machine, inputs, [.. readers.OfType<IEventReader>()], diagnostics,
            _arguments.GetValue(_options.Timeout) ?? System.Threading.Timeout.InfiniteTimeSpan, stop);
        report.Diagnose(diagnostics);

        if (timeline is { Skipped: > 0 })
            told.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"… {timeline.Skipped} more lines"));
        if (json)
            SummaryJson.Write(told.Output, report);
        else
            SummaryText.Write(told, report);
        _report.Print(diagnostics);
        int written = dump?.Write() ?? ExitCodes.Good;
        return written != ExitCodes.Good ? written : report.IsGood ? ExitCodes.Good : ExitCodes.Findings;
    }

    /// <summary>The machine of the file or of the example, with what the command line says instead.</summary>
    /// <returns>The exit code where there is none.</returns>
    private int? TryReadMachine(out MachineConfiguration? machine)
    {
        machine = null;
        SourceText source = BuiltInExample.MachineFile;
        if (_arguments.GetValue(_options.File) is { } path)
        {
            var missing = new DiagnosticBag();
            if (_input.ReadFile(path, missing, out int code) is not { } file)
            {
                _report.Print(missing);
                return code;
            }
            source = file;
        }

        var diagnostics = new DiagnosticBag();
        bool read = MachineFileReader.TryRead(source, _programs.Names, diagnostics, out MachineConfiguration? fromFile);
        _report.Print(diagnostics);
        if (!read)
            return ExitCodes.Findings;

        machine = WithArguments(fromFile!);
        return null;
    }

    private KernelFiles? TryOpenKernel(MachineConfiguration machine, out int code)
    {
        code = ExitCodes.Good;
        return machine.Primary.Kernel is { } kernel
            ? new KernelInput(_host, new(_host, _report)).Open(kernel, MachineDirectory, [], out code)
            : null;
    }

    private MachineConfiguration WithArguments(MachineConfiguration machine) => machine with
    {
        Dialect = Word(_options.Dialect, MachineKeys.Dialect) is int dialect ? (Dialect)dialect : machine.Dialect,
        Profile = Word(_options.Profile, MachineKeys.Profile) is int profile ? (Profile)profile : machine.Profile,
        Seed = _arguments.GetValue(_options.Seed) ?? machine.Seed,
        Rounds = (int)(_arguments.GetValue(_options.Rounds) ?? (ulong)machine.Rounds),
        Exchange = machine.Exchange with
        {
            Messages = _arguments.GetValue(_options.Messages) ?? machine.Exchange.Messages,
            Size = (int)(_arguments.GetValue(_options.Size) ?? (ulong)machine.Exchange.Size),
        },
        // Queues grow with the messages that the command line asks for.
        Vms = _arguments.GetValue(_options.Size) is { } size
            ? [.. machine.Vms.Select(vm => vm with { QueueSize = vm.QueueSize is { } own ? Math.Max(own, (int)size) : null })]
            : machine.Vms,
    };

    private int? Word(Option<string?> option, MachineKey key) =>
        _arguments.GetValue(option) is { } word ? key.Words.IndexOf(word) : null;

    private string MachineDirectory => Path.GetDirectoryName(_arguments.GetValue(_options.File)) ?? "";

    private int? TryReadBoard(MachineConfiguration machine, out Tree? board)
    {
        string? path = _arguments.GetValue(_options.Devicetree);
        if (path is null && machine.DevicetreePath is { } inFile)
        {
            path = Path.Combine(MachineDirectory, inFile);
        }

        if (path is not null)
        {
            var found = new DiagnosticBag();
            board = _input.Load(path, found, out int code)?.Tree;
            _report.Print(found, path);
            return board is null ? code : null;
        }

        var diagnostics = new DiagnosticBag();
        board = BoardDevicetree.Read(BuiltInExample.Board, new DiskSourceFiles(), diagnostics);
        _report.Print(diagnostics);
        return board is null ? ExitCodes.Findings : null;
    }
}
