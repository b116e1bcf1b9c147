using System.CommandLine;
using System.Net.Sockets;
using Devicetree.Source;
using Devicetree.Text.Diagnostics;
using Gunyah.Aarch64;
using Gunyah.Aarch64.Debugging;
using Gunyah.Abi.Events;
using Gunyah.Abi.Profiles;
using Gunyah.Guest.Platform;
using Gunyah.Machine;
using Gunyah.Machine.Configuration;
using Gunyah.Machine.Events;
using Gunyah.Machine.Images;
using Gunyah.Machine.Reports;
using Gunyah.Tool.Input;
using Gunyah.Tool.Terminal;

namespace Gunyah.Tool.Commands;

/// <summary>
/// <c>gunyah linux KERNEL</c>: a machine whose primary VM runs a kernel, with its console on the terminal. It stands for a
/// machine file with <c>primary: kernel:</c> (docs/decisions/0504-the-machine-files-shape.md).
/// </summary>
internal sealed class LinuxCommand
{
    /// <summary>
    /// What a kernel needs to be heard, and to end when it panics, where <c>--append</c> does not say otherwise: of two values
    /// the last one counts.
    /// </summary>
    private const string Arguments = "console=ttyAMA0 earlycon panic=-1";

    /// <summary>How long a kernel that has panicked may go on before it is stopped.</summary>
    private static readonly TimeSpan _lastWords = TimeSpan.FromMilliseconds(100);

    private readonly ToolHost _host;
    private readonly LinuxOptions _options;
    private readonly ParseResult _arguments;
    private readonly CommandReport _report;

    private LinuxCommand(ToolHost host, LinuxOptions options, ParseResult arguments)
    {
        (_host, _options, _arguments) = (host, options, arguments);
        _report = new(host, "linux");
    }

    public static Command Create(ToolHost host, CancellationToken stop)
    {
        var options = new LinuxOptions();
        Command command = options.CreateCommand();
        command.SetAction(arguments => new LinuxCommand(host, options, arguments).Run(stop));
        return command;
    }

    private int Run(CancellationToken stop)
    {
        MachineConfiguration machine = Machine();
        var files = new FileOpening(_host, _report);
        using KernelFiles? kernel = new KernelInput(_host, files).Open(
            machine.Primary.Kernel!, "", _arguments.GetValue(_options.Add) ?? [], out int unread);
        if (kernel is null)
            return unread;
        using var disks = new DiskInput();
        if (disks.Open(machine.Primary.Devices, "", files) is not ExitCodes.Good and var unusable)
            return unusable;
        var diagnostics = new DiagnosticBag();
        if (BoardDevicetree.Read(BuiltInExample.Board, new DiskSourceFiles(), diagnostics) is not { } board)
        {
            _report.Print(diagnostics);
            return ExitCodes.Findings;
        }

        DumpDirectory? dump = _arguments.GetValue(_options.Dump) is { } directory ? new(_host, _report, directory) : null;
        if (dump?.TryPrepare([]) is int noDump)
            return noDump;
        try
        {
            using GdbServer? debugging = _arguments.GetValue(_options.Gdb) is { } port ? new(port) : null;
            if (debugging is not null)
                _host.Error.WriteLine($"gunyah: waits for GDB: target remote localhost:{debugging.Port}");
            var inputs = new MachineInputs(board) { Kernel = kernel, Disks = disks.Disks };
            int code = Run(machine, inputs, dump?.Dump, debugging, stop);
            int written = dump?.Write() ?? ExitCodes.Good;
            return written == ExitCodes.Good ? code : written;
        }
        catch (SocketException failure)
        {
            return _report.CannotListen(failure.Message);
        }
    }

    private int Run(
        MachineConfiguration machine, MachineInputs inputs, DevicetreeDump? dump, GdbServer? debugging, CancellationToken stop)
    {
        if (_arguments.GetValue(_options.Events) is not { } path)
            return Run(machine, inputs, [dump], debugging, stop);
        try
        {
            using Stream target = File.Create(_host.FullPath(path));
            using var events = new JsonLinesWriter(target, EventStream.AllKinds);
            int code = Run(machine, inputs, [dump, events], debugging, stop);
            events.Flush();
            return events.Failure is { } failure ? _report.CannotWrite(path, failure.Message) : code;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return _report.CannotWrite(path, failure.Message);
        }
    }

    private int Run(
        MachineConfiguration machine, MachineInputs inputs, IReadOnlyList<IEventReader?> listeners, GdbServer? debugging,
        CancellationToken stop)
    {
        using var left = new CancellationTokenSource();
        using var panicked = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _host.Time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(stop, left.Token, panicked.Token);
        var console = new KernelConsole(() => panicked.CancelAfter(_lastWords));
        IEventReader?[] readers = [console, .. listeners];
        TimeSpan timeout = _arguments.GetValue(_options.Timeout) ?? Timeout.InfiniteTimeSpan;
        // A VM that stands before a debugger does not see that the machine is to end.
        using var over = new CancellationTokenSource(timeout, _host.Time);
        using CancellationTokenRegistration ended = over.Token.Register(() => debugging?.End());
        using CancellationTokenRegistration stopped = any.Token.Register(() => debugging?.End());
        var diagnostics = new DiagnosticBag();
        MachineReport report;
        using (_host.TakeTerminal())
        using (var terminal = new ConsoleTerminal(_host, left.Cancel))
        {
            int compileAfter = _arguments.GetValue(_options.CompileAfter) ?? Aarch64Loader.DefaultCompileAfter;
            report = _host.Runner(debugging, compileAfter).Run(
                machine, inputs with { Terminal = terminal }, [.. readers.OfType<IEventReader>()],
                diagnostics, timeout, any.Token);
        }

        if (report.IsGood || (left.IsCancellationRequested && report.End == MachineEnd.Stopped))
            return ExitCodes.Good;
        if (console.PanicLine is { } panic)
            diagnostics.Report(RunRules.KernelPanic, default, panic);
        else
            report.Diagnose(diagnostics);
        if (report.End != MachineEnd.Refused && console.LastLines.Count > 0)
        {
            _host.Error.WriteLine($"Last lines of the console ({console.LastLines.Count}):");
            foreach (string line in console.LastLines)
                _host.Error.WriteLine($"  {line}");
        }

        _report.Print(diagnostics);
        return ExitCodes.Findings;
    }

    private MachineConfiguration Machine()
    {
        string dialect = _arguments.GetValue(_options.Dialect) ?? LinuxOptions.DefaultDialect;
        string? more = _arguments.GetValue(_options.Append);
        return new()
        {
            Name = "linux",
            Dialect = (Dialect)MachineKeys.Dialect.Words.IndexOf(dialect),
            Profile = (Profile)MachineDefaults.Word(MachineKeys.Profile),
            Seed = _arguments.GetValue(_options.Seed),
            Rounds = (int)MachineDefaults.Number(MachineKeys.Rounds),
            ResourceManagerMemory = MachineDefaults.Number(MachineKeys.RmMemory),
            Primary = new(
                MachineKeys.PrimaryProgram.Default!,
                (int)(_arguments.GetValue(_options.Vcpus) ?? MachineDefaults.Number(MachineKeys.PrimaryVcpus)),
                _arguments.GetValue(_options.Memory) ?? LinuxOptions.DefaultMemory)
            {
                Kernel = new(
                    _arguments.GetValue(_options.Kernel)!, _arguments.GetValue(_options.Initrd),
                    string.IsNullOrEmpty(more) ? Arguments : $"{Arguments} {more}"),
                Devices = [.. _arguments.GetValue(_options.Disk) ?? []],
            },
            Vms = [],
            Exchange = new(
                0, (int)MachineDefaults.Number(MachineKeys.ExchangeSize), MachineDefaults.Number(MachineKeys.ExchangeTimeout)),
        };
    }
}
