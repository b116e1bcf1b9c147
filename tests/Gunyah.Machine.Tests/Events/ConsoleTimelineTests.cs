using Gunyah.Abi.Events;
using Gunyah.Abi.Rpc;
using Gunyah.Machine.Events;

namespace Gunyah.Machine.Tests.Events;

public sealed class ConsoleTimelineTests : IDisposable
{
    private readonly StringWriter _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void A_line_says_when_who_and_what()
    {
        Emit(1_234_567_890, EventKind.Note, 3, default, "says something");

        Assert.Equal("  1234.567 ms  primary     says something\n", _output.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void VMs_are_called_by_the_names_that_they_turn_out_to_have()
    {
        var timeline = new ConsoleTimeline(_output, color: false);
        var stream = new EventStream(timeline);
        stream.Emit(0, EventKind.Note, 128, 0, default, "a");
        stream.Emit(0, EventKind.VmState, 255, 0, new(128, (ulong)VmState.Load), "vm128");
        stream.Emit(0, EventKind.VmState, 255, 0, new(128, (ulong)VmState.Running), "echo");
        stream.Emit(0, EventKind.Note, 128, 0, default, "b");

        string[] lines = _output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["vm 128      a", "rm          echo is running", "echo        b"], lines.Select(line => line[15..]));
    }

    [Fact]
    public void Requests_of_the_life_cycle_are_reported_and_others_only_when_they_fail()
    {
        Emit(0, EventKind.RpcReply, 255, new(3, (ulong)RmMessageId.VmStart), "VM_START");
        Emit(0, EventKind.RpcReply, 255, new(3, (ulong)RmMessageId.VmGetState), "VM_GET_STATE");
        Emit(0, EventKind.RpcReply, 255, new(3, (ulong)RmMessageId.VmGetState, 0, (ulong)RmError.Denied), "VM_GET_STATE");

        Assert.Contains("VM_START for primary: ok", _output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("VM_GET_STATE for primary: ok", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("VM_GET_STATE for primary: Denied", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_that_repeats_itself_is_cut_short_but_its_results_are_reported()
    {
        var timeline = new ConsoleTimeline(_output, color: false);
        var stream = new EventStream(timeline);
        for (int i = 0; i < 10_000; i++)
            stream.Emit(0, EventKind.Note, 3, 0, default, "again");
        stream.Emit(0, EventKind.Result, 3, 0, default, "the end");

        Assert.InRange(_output.ToString().Split('\n').Length, 100, 1000);
        Assert.True(timeline.Skipped > 9000);
        Assert.Contains("result: the end", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_that_fails_does_not_disturb_the_machine()
    {
        using var output = new ClosedOutput();
        var timeline = new ConsoleTimeline(output, color: false);
        var stream = new EventStream(timeline);
        for (int i = 0; i < 3; i++)
            stream.Emit(0, EventKind.Note, 3, 0, default, "text");

        Assert.NotNull(timeline.Failure);
        Assert.Equal(1, output.Writes);
    }

    private sealed class ClosedOutput : StringWriter
    {
        public int Writes { get; private set; }

        public override void WriteLine(string? value)
        {
            Writes++;
            throw new IOException("the other end is gone");
        }
    }

    private void Emit(ulong time, EventKind kind, ushort vmid, EventValues values, string text) =>
        new EventStream(new ConsoleTimeline(_output, color: false)).Emit(time, kind, vmid, 0, values, text);
}
