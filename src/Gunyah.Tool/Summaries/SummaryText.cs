using System.Globalization;
using Gunyah.Machine.Reports;
using Spectre.Console;

namespace Gunyah.Tool.Summaries;

/// <summary>The closing summary for people.</summary>
internal static class SummaryText
{
    /// <summary>Prints it.</summary>
    public static void Write(ToolHost host, MachineReport report)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = host.OutputColor ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = host.OutputColor ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new FixedWidthOutput(host.Output, host.Width),
        });

        console.WriteLine();
        if (!report.Vms.IsEmpty)
            console.Write(VmTable(report));
        if (!report.Queues.IsEmpty)
            console.Write(QueueTable(report));
        host.Output.WriteLine($"Left behind: {LeftBehind(report)}");
        foreach (ProgramResult result in report.Results)
            host.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Vm}: {result.Text}"));
        string mode = report.Seed is { } seed
            ? string.Create(CultureInfo.InvariantCulture, $"seed {seed}, virtual time") : "parallel";
        host.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{report.Name}: {End(report)} after {report.Time / 1e6:0.000} ms ({mode})"));
    }

    private static Table VmTable(MachineReport report)
    {
        Table table = new Table().Title("VMs").Border(TableBorder.Simple).AddColumns("VM", "id", "state", "started");
        table.Columns[1].RightAligned();
        table.Columns[3].RightAligned();
        foreach (VmReport vm in report.Vms)
            table.AddRow(Cell(vm.Name), Number(vm.Vmid), Cell(State(report, vm)), Cell(vm.Starts));
        return table;
    }

    private static Table QueueTable(MachineReport report)
    {
        Table table = new Table().Title("Message queues").Border(TableBorder.Simple)
            .AddColumns("queue", "queues", "sent", "received", "full");
        for (int i = 1; i < table.Columns.Count; i++)
            table.Columns[i].RightAligned();
        foreach (QueueReport queue in report.Queues)
            table.AddRow(Cell(queue.Name), Cell(queue.Queues), Cell(queue.Sent), Cell(queue.Received), Cell(queue.Full));
        return table;
    }

    private static string State(MachineReport report, VmReport vm) => vm switch
    {
        { Faults: > 0, State: VmReport.GivenBack } => "faulted, given back",
        { Faults: > 0 } => $"{vm.State}, faulted",
        { State: VmReport.GivenBack } => report.IsGood ? "ran well, given back" : "given back",
        { State: VmReport.NotCreated } => "not created",
        _ => vm.State,
    };

    private static string LeftBehind(MachineReport report) => report.LeftOvers switch
    {
        null => "not known, the run did not complete",
        { IsEmpty: true } => "no capability, no interrupt binding, no memory page, no object",
        { } left =>
            string.Join(", ", left.Select(static item =>
                string.Create(CultureInfo.InvariantCulture, $"{item.After - item.Before} {item.What}"))),
    };

    private static string End(MachineReport report) => report.End switch
    {
        MachineEnd.Completed => report.IsGood ? "good" : "completed with failures",
        MachineEnd.Refused => "refused",
        MachineEnd.Deadlock => "deadlocked",
        MachineEnd.TimedOut => "timed out",
        _ => "stopped",
    };

    /// <summary>Names come from configurations and may hold what Spectre takes for markup.</summary>
    private static Text Cell(string text) => new(text);

    private static Text Cell(long number) => new(number.ToString("N0", CultureInfo.InvariantCulture));

    private static Text Number(ushort? number) => new(number?.ToString(CultureInfo.InvariantCulture) ?? "");

    private static Text Cell(ulong number) => new(number.ToString("N0", CultureInfo.InvariantCulture));
}
