using System.Collections.Frozen;
using System.Globalization;
using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Rpc;

namespace Gunyah.Machine.Events;

/// <summary>
/// Tells people what happens while a machine runs: few lines, each with the machine's time, who it is about, and what. Steps
/// of a VM's life-cycle are told while they are new; once a machine repeats them for many rounds only every so often.
/// </summary>
/// <param name="output">Takes the lines.</param>
/// <param name="color">True to colour who a line is about, for terminals.</param>
public sealed class ConsoleTimeline(TextWriter output, bool color) : IEventReader
{
    private const ulong WantedKinds =
        (1UL << (int)EventKind.Note) | (1UL << (int)EventKind.VmState) | (1UL << (int)EventKind.Devicetree)
        | (1UL << (int)EventKind.RpcReply) | (1UL << (int)EventKind.VcpuFault) | (1UL << (int)EventKind.Result)
        | (1UL << (int)EventKind.ConsoleOutput);

    /// <summary>The requests by which a VM comes and goes; others are told only when they fail.</summary>
    private static readonly FrozenSet<RmMessageId> _lifeCycle =
    [
        RmMessageId.VmAllocate, RmMessageId.MemLend, RmMessageId.MemShare, RmMessageId.VmConfigImage, RmMessageId.VmInit,
        RmMessageId.VmGetHypResources, RmMessageId.VmStart, RmMessageId.VmStop, RmMessageId.VmReset, RmMessageId.MemReclaim,
        RmMessageId.VmDeallocate,
    ];

    /// <summary>How many lines a VM's life-cycle may have before the timeline skips it.</summary>
    private const int LinesPerMachine = 400;

    private readonly Dictionary<ushort, string> _names = new()
    {
        [WellKnownVmids.Hypervisor] = "hypervisor",
        [WellKnownVmids.Primary] = "primary",
        [WellKnownVmids.Root] = "rm",
    };

    private int _lines;

    /// <inheritdoc/>
    public ulong Wanted => WantedKinds;

    /// <summary>How many lines were left out because there were too many.</summary>
    public int Skipped { get; private set; }

    /// <summary>
    /// What went wrong with the output, or null. After a failure nothing more is written; the machine is not disturbed.
    /// </summary>
    public IOException? Failure { get; private set; }

    /// <inheritdoc/>
    public void Read(in GunyahEvent e)
    {
        // The primary VM and the root VM keep the names that this timeline gives them.
        if (e is
            {
                Kind: EventKind.VmState, Text: { Length: > 0 } name,
                Values.A: not (WellKnownVmids.Primary or WellKnownVmids.Root)
            }
            && (VmState)e.Values.B is VmState.Ready or VmState.Running)
            _names[(ushort)e.Values.A] = name;
        // The number goes to another VM, which has no name yet.
        if (e is
            {
                Kind: EventKind.VmState, Values.B: (ulong)VmState.None,
                Values.A: not (WellKnownVmids.Primary or WellKnownVmids.Root)
            })
            _names.Remove((ushort)e.Values.A);
        if (Failure is null && Describe(in e) is { } text)
            Write(e.Time, Who(e.Vmid), text, IsImportant(e.Kind));
    }

    private static bool IsImportant(EventKind kind) =>
        kind is EventKind.Result or EventKind.VcpuFault or EventKind.ConsoleOutput;

    private string? Describe(in GunyahEvent e) => e.Kind switch
    {
        EventKind.Note or EventKind.ConsoleOutput => e.Text,
        EventKind.Result => e.Values.A == 0
            ? $"result: {e.Text}" : string.Create(CultureInfo.InvariantCulture, $"failed ({e.Values.A}): {e.Text}"),
        EventKind.VcpuFault => $"fault: {e.Text}",
        EventKind.VmState when (VmState)e.Values.B is VmState.Running or VmState.Exited or VmState.InitFailed =>
            $"{Who((ushort)e.Values.A)} is {Enum.GetName((VmState)e.Values.B)?.ToLowerInvariant() ?? "?"}",
        EventKind.Devicetree when (DevicetreeStage)e.Values.B == DevicetreeStage.Final =>
            string.Create(CultureInfo.InvariantCulture,
            $"{Who((ushort)e.Values.A)}'s devicetree: {e.Values.D} bytes at 0x{e.Values.C:x}"),
        EventKind.RpcReply when e.Values.D != (ulong)RmError.Ok || _lifeCycle.Contains((RmMessageId)e.Values.B) =>
            string.Create(CultureInfo.InvariantCulture, $"{e.Text} for {Who((ushort)e.Values.A)}: {Answer(e.Values.D)}"),
        _ => null,
    };

    private static string Answer(ulong error) => error == (ulong)RmError.Ok ? "ok" : Enum.GetName((RmError)error)
        ?? string.Create(CultureInfo.InvariantCulture, $"error 0x{error:x}");

    private string Who(ushort vmid) =>
        _names.TryGetValue(vmid, out string? name) ? name : string.Create(CultureInfo.InvariantCulture, $"vm {vmid}");

    private void Write(ulong time, string who, string text, bool important)
    {
        if (_lines >= LinesPerMachine && !important)
        {
            Skipped++;
            return;
        }

        _lines++;
        // Fixed places and no culture: equal runs give equal lines.
        string stamp = string.Create(CultureInfo.InvariantCulture, $"{time / 1_000_000,6}.{time / 1_000 % 1_000:000} ms");
        string line = color ? $"\e[2m{stamp}\e[0m  \e[36m{who,-10}\e[0m  {text}" : $"{stamp}  {who,-10}  {text}";
        try
        {
            output.WriteLine(line);
        }
        catch (IOException failure)
        {
            Failure = failure;
        }
    }
}
