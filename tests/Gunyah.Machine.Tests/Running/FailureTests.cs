using Devicetree;
using Devicetree.Text.Diagnostics;
using Gunyah.Abi.Events;
using Gunyah.Abi.Programs;
using Gunyah.Guest.Kernel;
using Gunyah.Machine.Configuration;
using Gunyah.Machine.Programs;
using Gunyah.Machine.Reports;

namespace Gunyah.Machine.Tests.Running;

/// <summary>VMs that misbehave, boards that do not fit: the report says what happened, and nothing goes on running.</summary>
public class FailureTests
{
    /// <summary>A secondary VM's program, and what the primary VM must find out about it.</summary>
    public static TheoryData<string, string> BadPeers => new()
    {
        { "throws", "ended by itself" },
        { "exits", "ended by itself" },
        { "sleeps", "in vain" },
        { "stops-the-vcpu", "ended by itself" },
        { "waits-for-the-host", "ended by itself" },
    };

    private static ProgramRegistry Programs { get; } = ProgramRegistry.BuiltIn
        .With("throws", static () => new GuestKernel(static _ => throw new InvalidOperationException("the peer's own bug")))
        .With("exits", static () => new GuestKernel(static context => context.SystemOffAsync()))
        .With("sleeps", static () => new GuestKernel(static _ => Task.CompletedTask))
        .With("waits-for-the-host", static () => new GuestKernel(static _ => Task.Delay(TimeSpan.FromHours(1))))
        .With("spins", static () => new SpinningProgram())
        .With("stops-the-vcpu", static () => new GuestKernel(static context => context.SystemResetAsync()));

    [Theory, MemberData(nameof(BadPeers))]
    public void A_VM_that_fails_is_reported_and_taken_back(string program, string expected)
    {
        foreach (ulong? seed in new ulong?[] { 1, null })
        {
            MachineReport report = Machines.Run(With(program) with { Seed = seed }, Machines.Board, Programs);

            Assert.Equal(MachineEnd.Completed, report.End);
            Assert.False(report.IsGood);
            ProgramResult result = Assert.Single(report.Results);
            Assert.Equal(1UL, result.Code);
            Assert.Contains(expected, result.Text, StringComparison.Ordinal);
            Assert.NotNull(report.LeftOvers);
            Assert.Empty(report.LeftOvers.Value);
            Assert.Equal(program is "throws" or "waits-for-the-host", report.Faults.Length == 1);
        }
    }

    [Fact]
    public void A_VM_that_the_run_did_not_come_to_and_one_that_faulted_say_so()
    {
        SecondarySettings bad = Machines.Example.Vms[0] with { Program = "throws" };

        MachineReport report = Machines.Run(With("throws") with { Seed = 1, Vms = [bad, bad with { Name = "later" }] },
            Machines.Board, Programs);

        Assert.Equal(
            [("primary", "Exited", 0), ("echo", VmReport.GivenBack, 1), ("later", VmReport.NotCreated, 0)],
            report.Vms.Select(static vm => (vm.Name, vm.State, vm.Faults)));
        Assert.StartsWith("echo, vCPU 0: ", Assert.Single(report.Faults), StringComparison.Ordinal);
        Assert.Equal("primary", Assert.Single(report.Results).Vm);
    }

    [Fact]
    public void A_VM_that_never_gives_way_does_not_keep_the_others_from_running()
    {
        MachineReport report = Machines.Run(With("spins") with { Seed = 1 }, Machines.Board, Programs);

        Assert.Equal(MachineEnd.Completed, report.End);
        Assert.Contains("in vain", Assert.Single(report.Results).Text, StringComparison.Ordinal);
        Assert.Empty(report.LeftOvers!.Value);
    }

    [Fact]
    public void A_primary_VM_that_only_waits_is_a_deadlock()
    {
        MachineConfiguration machine = Machines.Example
            with
        { Seed = 1, Primary = Machines.Example.Primary with { Program = "sleeps" } };

        MachineReport report = Machines.Run(machine, Machines.Board, Programs);

        Assert.Equal(MachineEnd.Deadlock, report.End);
        Assert.Equal("GM0104", Assert.Single(Diagnose(report)).Rule.Id);
    }

    [Fact]
    public void A_primary_VM_that_ends_without_a_word_is_not_good()
    {
        MachineConfiguration machine = Machines.Example
            with
        { Seed = 1, Primary = Machines.Example.Primary with { Program = "exits" } };

        MachineReport report = Machines.Run(machine, Machines.Board, Programs);

        Assert.Equal("GM0110", Assert.Single(Diagnose(report)).Rule.Id);
    }

    [Fact]
    public void A_primary_VM_that_fails_is_reported()
    {
        MachineConfiguration machine = Machines.Example
            with
        { Seed = 1, Primary = Machines.Example.Primary with { Program = "throws" } };

        MachineReport report = Machines.Run(machine, Machines.Board, Programs);

        Assert.False(report.IsGood);
        Assert.Contains("the peer's own bug", Assert.Single(report.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_primary_VM_that_awaits_something_of_the_host_has_failed_and_is_no_deadlock_without_a_cause()
    {
        MachineConfiguration machine = Machines.Example
            with
        { Seed = 1, Primary = Machines.Example.Primary with { Program = "waits-for-the-host" } };

        MachineReport report = Machines.Run(machine, Machines.Board, Programs);

        Assert.Contains("its kernel does not know", Assert.Single(report.Faults), StringComparison.Ordinal);
        Assert.False(report.IsGood);
    }

    [Fact]
    public void A_machine_that_runs_for_ever_is_stopped()
    {
        MachineConfiguration machine = Machines.Example
            with
        { Seed = 1, Primary = Machines.Example.Primary with { Program = "spins" } };
        using var stop = new CancellationTokenSource();
        var host = new MachineHost(TimeProvider.System, static () => 4, 1);
        var stopper = new StopAtFirstState(stop);

        MachineReport report = new MachineRunner(host, Programs).Run(
            machine, Machines.Board, [stopper], new DiagnosticBag(), Timeout.InfiniteTimeSpan, stop.Token);

        Assert.Equal(MachineEnd.Stopped, report.End);
        Assert.Null(report.LeftOvers);
        Assert.Equal("GM0106", Assert.Single(Diagnose(report)).Rule.Id);
    }

    [Fact]
    public void A_machine_that_takes_too_long_times_out()
    {
        MachineConfiguration machine = Machines.Example with { Primary = Machines.Example.Primary with { Program = "spins" } };
        var host = new MachineHost(TimeProvider.System, static () => 4, 2);

        MachineReport report = new MachineRunner(host, Programs).Run(
            machine, Machines.Board, [], new DiagnosticBag(), TimeSpan.FromMilliseconds(20), CancellationToken.None);

        Assert.Equal(MachineEnd.TimedOut, report.End);
        Assert.Equal("GM0105", Assert.Single(Diagnose(report)).Rule.Id);
    }

    [Fact]
    public void A_board_that_has_a_hypervisor_already_is_refused() =>
        AssertRefused(board => board.Root.AddChild("hypervisor"), Machines.Example, "/hypervisor");

    [Fact]
    public void A_board_without_an_interrupt_controller_is_refused() =>
        AssertRefused(board => board.Root.RemoveChild("interrupt-controller@8000000"), Machines.Example, "interrupt");

    [Fact]
    public void A_tree_too_large_for_the_memory_is_refused() =>
        AssertRefused(
            board => board.Root.AddChild("ballast").Set("data", new byte[3 << 20]),
            Machines.Example with { Primary = Machines.Example.Primary with { Memory = 4 << 20 } },
            "devicetree");

    [Fact]
    public void Images_too_large_for_the_root_VM_are_reported_before_anything_runs()
    {
        Tree board = Machines.Board;
        board.Root.AddChild("ballast").Set("data", new byte[3 << 20]);
        var diagnostics = new DiagnosticBag();

        MachineReport report = Machines.Run(Machines.Example with { Seed = 1, ResourceManagerMemory = 2 << 20 }, board, Programs,
            diagnostics);

        Assert.Equal(MachineEnd.Refused, report.End);
        Assert.Equal("GM0102", Assert.Single(diagnostics.Items).Rule.Id);
    }

    [Theory]
    [InlineData(16 << 20, 24 << 20)] // The bank of the board is smaller than what the machine file asks for.
    [InlineData(4 << 20, 2 << 20)] // Half of the memory, but the tree lies in the middle.
    public void A_VM_larger_than_what_the_primary_VM_can_lend_is_reported_before_anything_runs(int bank, int memory)
    {
        Tree board = Machines.Board;
        board.Root.Child("memory@40000000")!.SetU64("reg", 0x4000_0000, (ulong)bank);
        MachineConfiguration machine = Machines.Example
            with
        { Seed = 1, Vms = [Machines.Example.Vms[0] with { Memory = (ulong)memory }] };
        var diagnostics = new DiagnosticBag();

        MachineReport report = Machines.Run(machine, board, Programs, diagnostics);

        Assert.Equal(MachineEnd.Refused, report.End);
        Assert.Equal("GM0111", Assert.Single(diagnostics.Items).Rule.Id);
    }

    [Fact]
    public void A_VM_as_large_as_the_primary_VM_can_lend_runs()
    {
        Tree board = Machines.Board;
        board.Root.Child("memory@40000000")!.SetU64("reg", 0x4000_0000, 16 << 20);
        MachineConfiguration machine = Machines.Example
            with
        { Seed = 1, Vms = [Machines.Example.Vms[0] with { Memory = 13 << 20 }] };

        Machines.AssertGood(Machines.Run(machine, board, Programs));
    }

    [Fact]
    public void A_board_whose_memory_makes_no_sense_is_refused()
    {
        Tree board = Machines.Board;
        board.Root.Child("memory@40000000")!.SetCells("reg", 1, 2, 3);
        var diagnostics = new DiagnosticBag();

        MachineReport report = Machines.Run(Machines.Example with { Seed = 1 }, board, Programs, diagnostics);

        Assert.Equal(MachineEnd.Refused, report.End);
        Assert.Equal("GM0101", Assert.Single(diagnostics.Items).Rule.Id);
    }

    private static MachineConfiguration With(string program) => Machines.Example with
    {
        Vms = [Machines.Example.Vms[0] with { Program = program }],
        Exchange = Machines.Example.Exchange with { Timeout = 200_000_000 },
    };

    private static void AssertRefused(Action<Tree> change, MachineConfiguration machine, string expected)
    {
        Tree board = Machines.Board;
        change(board);

        MachineReport report = Machines.Run(machine with { Seed = 1 }, board, Programs);

        Assert.Equal(MachineEnd.Refused, report.End);
        Diagnostic diagnostic = Assert.Single(Diagnose(report));
        Assert.Equal("GM0103", diagnostic.Rule.Id);
        Assert.Contains(expected, diagnostic.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<Diagnostic> Diagnose(MachineReport report)
    {
        var diagnostics = new DiagnosticBag();
        report.Diagnose(diagnostics);
        return diagnostics.Items;
    }

    /// <summary>Uses every budget and never waits.</summary>
    private sealed class SpinningProgram : IVcpuProgram
    {
        public VcpuStep Run(IVcpu vcpu, int budget) => VcpuStep.Yield;
    }

    /// <summary>Stops a machine as soon as a VM runs.</summary>
    private sealed class StopAtFirstState(CancellationTokenSource stop) : IEventReader
    {
        public ulong Wanted => EventStream.Bit(EventKind.VmState);

        public void Read(in GunyahEvent e) => stop.Cancel();
    }
}
