using Devicetree;
using Devicetree.Source;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;
using Gunyah.Abi.Events;
using Gunyah.Machine.Configuration;
using Gunyah.Machine.Programs;
using Gunyah.Machine.Reports;

namespace Gunyah.Machine.Tests.Running;

/// <summary>Machines for tests, small variations of the built-in example.</summary>
internal static class Machines
{
    /// <summary>Without a seed its silence is measured by the clock of the host, which may be busy.</summary>
    public static MachineConfiguration Example { get; } = Read(BuiltInExample.MachineFile)
        with
    { Exchange = new(100, 240, (ulong)Hanging.Limit.Ticks * 100) };

    public static Tree Board => BoardDevicetree.Read(BuiltInExample.Board, new DiskSourceFiles(), new DiagnosticBag())!;

    public static MachineConfiguration Read(SourceText source)
    {
        var diagnostics = new DiagnosticBag();
        Assert.True(MachineFileReader.TryRead(source, ProgramRegistry.BuiltIn.Names, diagnostics,
            out MachineConfiguration? machine), string.Join('\n', diagnostics.Items));
        return machine;
    }

    public static MachineReport Run(MachineConfiguration machine, params IEventReader[] readers) =>
        Run(machine, Board, ProgramRegistry.BuiltIn, readers);

    public static MachineReport Run(MachineConfiguration machine, Tree board, ProgramRegistry programs,
        params IEventReader[] readers)
    {
        var diagnostics = new DiagnosticBag();
        MachineReport report = Run(machine, board, programs, diagnostics, readers);
        Assert.Empty(diagnostics.Items);
        return report;
    }

    public static MachineReport Run(MachineConfiguration machine, Tree board, ProgramRegistry programs,
        DiagnosticBag diagnostics, params IEventReader[] readers)
    {
        ulong entropy = 0;
        var host = new MachineHost(TimeProvider.System, () => Interlocked.Increment(ref entropy) * 0x9E37_79B9_7F4A_7C15,
            Workers: 3);
        return new MachineRunner(host, programs).Run(machine, board, readers, diagnostics, Hanging.Limit,
            CancellationToken.None);
    }

    /// <summary>Fails with everything that is wrong with a report.</summary>
    public static void AssertGood(MachineReport report)
    {
        var diagnostics = new DiagnosticBag();
        report.Diagnose(diagnostics);
        Assert.Empty(diagnostics.Items.Select(item => item.ToString()));
        Assert.True(report.IsGood);
    }

    /// <summary>The sum of the counts of the queues between the primary VM and the others.</summary>
    public static (ulong Sent, ulong Received, ulong Full) Exchanged(MachineReport report)
    {
        QueueReport[] queues = [.. report.Queues.Where(queue => queue.Name.Contains(":1 ", StringComparison.Ordinal))];
        return (queues.Aggregate(0UL, (sum, q) => sum + q.Sent), queues.Aggregate(0UL, (sum, q) => sum + q.Received),
            queues.Aggregate(0UL, (sum, q) => sum + q.Full));
    }
}
