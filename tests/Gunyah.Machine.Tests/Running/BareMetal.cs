using Gunyah.Aarch64;
using Gunyah.Abi.Events;
using Gunyah.Machine.Configuration;
using Gunyah.Machine.Devices;
using Gunyah.Machine.Images;
using Gunyah.Machine.Programs;
using Gunyah.Machine.Reports;

namespace Gunyah.Machine.Tests.Running;

/// <summary>Machines whose primary VM runs arm64 code.</summary>
internal static class BareMetal
{
    public static MachineConfiguration Machine(ulong? seed, string? arguments = null, int vcpus = 1) => Machines.Example with
    {
        Seed = seed,
        Vms = [],
        Primary = new("primary-example", vcpus, 32 << 20) { Kernel = new("kernel", null, arguments) },
    };

    public static MachineReport Run(
        MachineConfiguration machine, byte[] kernel, ISerialTerminal? terminal = null, Ramdisk? ramdisk = null,
        params IEventReader[] readers) =>
        Run(machine, kernel, Aarch64Loader.DefaultCompileAfter, terminal, ramdisk, readers);

    public static MachineReport Run(
        MachineConfiguration machine, byte[] kernel, int compileAfter, ISerialTerminal? terminal = null,
        Ramdisk? ramdisk = null, params IEventReader[] readers)
    {
        var diagnostics = new Devicetree.Text.Diagnostics.DiagnosticBag();
        ulong entropy = 0;
        var host = new MachineHost(TimeProvider.System, () => Interlocked.Increment(ref entropy), Workers: 2);
        var inputs = new MachineInputs(Machines.Board)
        {
            Kernel = new("kernel", GuestFile.FromBytes(kernel), ramdisk),
            Terminal = terminal,
        };
        MachineReport report = new MachineRunner(host, ProgramRegistry.BuiltIn, new Aarch64Loader(null, compileAfter)).Run(
            machine, inputs, readers, diagnostics, TimeSpan.FromMinutes(5), CancellationToken.None);
        Assert.Empty(diagnostics.Items.Select(static item => item.ToString()));
        return report;
    }
}
