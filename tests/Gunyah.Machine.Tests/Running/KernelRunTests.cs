using System.Text;
using Devicetree;
using Devicetree.Flattened;
using Devicetree.Text.Diagnostics;
using Gunyah.Aarch64;
using Gunyah.Abi.Events;
using Gunyah.Abi.Rpc;
using Gunyah.Machine.Configuration;
using Gunyah.Machine.Devices;
using Gunyah.Machine.Events;
using Gunyah.Machine.Images;
using Gunyah.Machine.Programs;
using Gunyah.Machine.Reports;

namespace Gunyah.Machine.Tests.Running;

public class KernelRunTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(7UL)]
    public void A_bare_metal_program_prints_and_powers_off(ulong? seed)
    {
        var terminal = new Recorder();
        MachineReport report = BareMetal.Run(
            BareMetal.Machine(seed), BareMetalCode.Print("hi\n", BareMetalCode.SystemOff), terminal);

        Assert.Equal("hi\n", terminal.Text);
        Assert.Equal(VmExitType.PlatformOff, report.PrimaryExit);
        Machines.AssertGood(report);
    }

    [Fact]
    public void Somebody_who_sits_at_the_console_does_not_hold_up_the_end()
    {
        var terminal = new Recorder(staysOpen: true);
        Machines.AssertGood(
            BareMetal.Run(BareMetal.Machine(seed: null), BareMetalCode.Print("bye\n", BareMetalCode.SystemOff), terminal));
        Assert.Equal("bye\n", terminal.Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(7UL)]
    public void A_program_that_resets_ended_badly(ulong? seed)
    {
        MachineReport report = BareMetal.Run(BareMetal.Machine(seed), BareMetalCode.Print("x", BareMetalCode.SystemReset));

        Assert.False(report.IsGood);
        Assert.Equal(VmExitType.PlatformReset, report.PrimaryExit);
        var diagnostics = new DiagnosticBag();
        report.Diagnose(diagnostics);
        Assert.Equal("GM0114", Assert.Single(diagnostics.Items).Rule.Id);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(7UL)]
    public void A_device_of_the_machine_file_does_what_its_driver_asks(ulong? seed)
    {
        MachineConfiguration machine = BareMetal.Machine(seed);
        machine = machine with
        {
            Primary = machine.Primary with { Devices = [new(DeviceType.Entropy), new(DeviceType.Console)] },
        };
        var terminal = new Recorder();
        var dump = new DevicetreeDump();
        MachineReport report = BareMetal.Run(
            machine, BareMetalCode.TakeEntropy(0x0A00_0000, 0x4100_0000, 0x4100_1000), terminal, null, dump);

        Machines.AssertGood(report);
        Assert.Equal("81", terminal.Text); // Eight bytes, and the interrupt of a used buffer.
        Assert.True(FdtReader.TryRead(dump.Files.Single(static file => file.Key == "primary.dtb").Value, out Tree? tree, out _));
        Assert.Equal([0u, 0x0A00_0200u, 0u, 0x200u], Cells(tree.Find("/virtio_mmio@a000200")!.Property("reg")!));
        Assert.Equal([0u, 17u, 4u], Cells(tree.Find("/virtio_mmio@a000200")!.Property("interrupts")!));
    }

    [Fact]
    public void A_board_that_can_have_no_further_device_is_refused_one()
    {
        MachineConfiguration machine = BareMetal.Machine(1);
        machine = machine with { Primary = machine.Primary with { Devices = [new(DeviceType.Entropy)] } };
        Tree board = Machines.Board;
        board.Find("/interrupt-controller@8000000")!.SetString("compatible", "arm,gic-400");
        var diagnostics = new DiagnosticBag();
        var inputs = new MachineInputs(board)
        {
            Kernel = new("kernel", GuestFile.FromBytes(BareMetalCode.Print("", BareMetalCode.SystemOff))),
        };
        MachineReport report = new MachineRunner(new(TimeProvider.System, static () => 1, 1), ProgramRegistry.BuiltIn)
            .Run(machine, inputs, [], diagnostics, Timeout.InfiniteTimeSpan, CancellationToken.None);

        Assert.Equal(MachineEnd.Refused, report.End);
        Assert.Equal("GM0116", Assert.Single(diagnostics.Items).Rule.Id);
    }

    [Fact]
    public void The_same_seed_gives_the_same_events()
    {
        byte[] kernel = BareMetalCode.Print("a line\nanother one\n", BareMetalCode.SystemOff);
        byte[] first = Events(kernel, 42);
        Assert.Equal(first, Events(kernel, 42));
        Assert.NotEqual(first, Events(kernel, 43));
        Assert.Contains("another one", Encoding.UTF8.GetString(first), StringComparison.Ordinal);
    }

    /// <summary>The order in which cores come to something they share is the seed's, and no two runs differ.</summary>
    [Fact]
    public void The_same_seed_gives_the_same_race_of_four_cores()
    {
        byte[] kernel = BareMetalCode.Race();
        byte[] first = Events(kernel, 42, BareMetalCode.RacingCores);
        for (int again = 0; again < 3; again++)
            Assert.Equal(first, Events(kernel, 42, BareMetalCode.RacingCores));

        var terminal = new Recorder();
        Machines.AssertGood(BareMetal.Run(BareMetal.Machine(42, vcpus: BareMetalCode.RacingCores), kernel, terminal));
        string line = terminal.Text.Trim();
        Assert.Equal(BareMetalCode.RacingCores * BareMetalCode.RacingRounds, line.Length);
        foreach (char core in "0123")
            Assert.Equal(BareMetalCode.RacingRounds, line.Count(each => each == core));
        // They did race.
        Assert.NotEqual(line, string.Concat(line.Order()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_devicetree_names_the_arguments_the_ramdisk_and_the_processors(int vcpus)
    {
        using var ramdisk = new Ramdisk();
        ramdisk.Append(GuestFile.FromBytes(new byte[12345]));
        var dump = new DevicetreeDump();
        MachineReport report = BareMetal.Run(
            BareMetal.Machine(1, "console=ttyAMA0", vcpus), BareMetalCode.Print("", BareMetalCode.SystemOff), null, ramdisk,
            dump);

        Machines.AssertGood(report);
        Assert.True(FdtReader.TryRead(dump.Files.Single(static file => file.Key == "primary.dtb").Value, out Tree? tree, out _));
        Node chosen = tree.Find("/chosen")!;
        Assert.True(chosen.Property("bootargs")!.TryGetString(out string? arguments));
        Assert.Equal("console=ttyAMA0", arguments);
        ulong size = Number(chosen.Property("linux,initrd-end")!) - Number(chosen.Property("linux,initrd-start")!);
        Assert.Equal(12345UL, size);
        Assert.Equal(
            Enumerable.Range(0, vcpus).Select(static index => $"cpu@{index}"),
            tree.Find("/cpus")!.Children.Select(static node => node.Name));
        Assert.All(
            tree.Find("/cpus")!.Children, static (node, index) => Assert.Equal((uint)index, node.Property("reg")!.Cell(0)));
        Assert.Equal([0u, 0x4000_0000u, 0u, 32u << 20], Cells(tree.Find("/memory@40000000")!.Property("reg")!));
    }

    [Fact]
    public void A_kernel_that_does_not_fit_is_refused_with_its_place()
    {
        var diagnostics = new DiagnosticBag();
        var inputs = new MachineInputs(Machines.Board)
        {
            Kernel = new("big", GuestFile.FromBytes(Images.KernelFileBuilder.Image(imageSize: 1UL << 40))),
        };
        MachineReport report = new MachineRunner(new(TimeProvider.System, static () => 1, 1), ProgramRegistry.BuiltIn)
            .Run(BareMetal.Machine(1), inputs, [], diagnostics, Timeout.InfiniteTimeSpan, CancellationToken.None);

        Assert.Equal(MachineEnd.Refused, report.End);
        Diagnostic problem = Assert.Single(diagnostics.Items);
        Assert.Equal("GM0112", problem.Rule.Id);
        Assert.Contains("'big' cannot be used: at offset 16, ", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ramdisk_that_does_not_fit_is_refused()
    {
        var diagnostics = new DiagnosticBag();
        using var ramdisk = new Ramdisk();
        ramdisk.Append(GuestFile.FromBytes(new byte[33 << 20]));
        var inputs = new MachineInputs(Machines.Board)
        {
            Kernel = new("kernel", GuestFile.FromBytes(BareMetalCode.Print("", BareMetalCode.SystemOff)), ramdisk),
        };
        MachineReport report = new MachineRunner(new(TimeProvider.System, static () => 1, 1), ProgramRegistry.BuiltIn)
            .Run(BareMetal.Machine(1), inputs, [], diagnostics, Timeout.InfiniteTimeSpan, CancellationToken.None);

        Assert.Equal(MachineEnd.Refused, report.End);
        Assert.Equal("GM0113", Assert.Single(diagnostics.Items).Rule.Id);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void The_same_seed_gives_the_same_events_however_code_is_run(int compileAfter)
    {
        byte[] kernel = BareMetalCode.Print("a line\nanother one\n", BareMetalCode.SystemOff);
        Assert.Equal(Events(kernel, 42, compileAfter: -1), Events(kernel, 42, compileAfter: compileAfter));
        byte[] race = BareMetalCode.Race();
        Assert.Equal(
            Events(race, 42, BareMetalCode.RacingCores, compileAfter: -1),
            Events(race, 42, BareMetalCode.RacingCores, compileAfter));
    }

    private static byte[] Events(
        byte[] kernel, ulong seed, int vcpus = 1, int compileAfter = Aarch64Loader.DefaultCompileAfter)
    {
        using var target = new MemoryStream();
        using var events = new JsonLinesWriter(target, EventStream.AllKinds);
        Machines.AssertGood(
            BareMetal.Run(BareMetal.Machine(seed, vcpus: vcpus), kernel, compileAfter, null, null, events));
        events.Flush();
        return target.ToArray();
    }

    private static ulong Number(Property property) =>
        property.TryGetU64(out ulong value) ? value : throw new InvalidOperationException($"{property} is no number");

    private static uint[] Cells(Property property) =>
        property.TryGetCells(out uint[]? cells) ? cells : throw new InvalidOperationException($"{property} has no cells");

    private sealed class Recorder(bool staysOpen = false) : ISerialTerminal
    {
        private readonly StringBuilder _text = new();

        public string Text => _text.ToString();

        public void Take(byte value) => _text.Append((char)value);

        public void Connect(SerialInput input, Action end)
        {
            if (!staysOpen)
                end();
        }
    }
}
