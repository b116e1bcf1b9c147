using Devicetree;
using Devicetree.Flattened;
using Devicetree.Text.Diagnostics;
using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Images;
using Gunyah.Abi.Programs;
using Gunyah.Guest.VmManager;
using Gunyah.Hypervisor;
using Gunyah.Hypervisor.Objects;
using Gunyah.Machine.Configuration;
using Gunyah.Machine.Events;
using Gunyah.Machine.Images;
using Gunyah.Machine.Platform;
using Gunyah.Machine.Programs;
using Gunyah.Machine.Reports;
using Gunyah.Machine.Scheduling;
using Gunyah.ResourceManager;
using Gunyah.ResourceManager.Boot;

namespace Gunyah.Machine;

/// <summary>
/// Puts a machine together and runs it: memory, hypervisor, the Resource Manager with what it starts from, a scheduler. One
/// runner may run many machines, also at the same time.
/// </summary>
/// <param name="host">What machines need from outside.</param>
/// <param name="engines">
/// What executes VMs, asked in this order by the image that a VM is started with; the first that knows it decides. The Resource
/// Manager is a program in C#: <see cref="Programs.ProgramRegistry"/> is one of them.
/// </param>
public sealed class MachineRunner(MachineHost host, params IVmEngineLoader[] engines)
{
    private const int SharedInterrupts = Hypervisor.BootEnvironment.SharedInterrupts;

    /// <summary>How long the rest of the machine may take to come to rest once the primary VM is off.</summary>
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(2);

    /// <summary>Runs a machine until its primary VM is done, nothing can run any more, or it is stopped.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="board">The primary VM's base devicetree.</param>
    /// <param name="readers">Who else reads the events.</param>
    /// <param name="diagnostics">Takes the reason where the machine cannot be run.</param>
    /// <param name="timeout">The most host time it may take, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="stop">Stops it in an orderly way.</param>
    /// <returns>The closing account. Nothing of the machine runs any more.</returns>
    public MachineReport Run(
        MachineConfiguration machine,
        Tree board,
        IReadOnlyList<IEventReader> readers,
        DiagnosticBag diagnostics,
        TimeSpan timeout,
        CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(board);
        return Run(machine, new MachineInputs(board), readers, diagnostics, timeout, stop);
    }

    /// <summary>Runs a machine until its primary VM is done, nothing can run any more, or it is stopped.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="inputs">What it is given beside that; its files are read and stay the caller's.</param>
    /// <param name="readers">Who else reads the events.</param>
    /// <param name="diagnostics">Takes the reason where the machine cannot be run.</param>
    /// <param name="timeout">The most host time it may take, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="stop">Stops it in an orderly way.</param>
    /// <returns>The closing account. Nothing of the machine runs any more.</returns>
    /// <exception cref="ArgumentException">
    /// There are files of a kernel and the machine runs none, or the other way round; or the disks are not as many as its block
    /// devices.
    /// </exception>
    public MachineReport Run(
        MachineConfiguration machine,
        MachineInputs inputs,
        IReadOnlyList<IEventReader> readers,
        DiagnosticBag diagnostics,
        TimeSpan timeout,
        CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(inputs);
        if (machine.Primary.Kernel is null != inputs.Kernel is null)
            throw new ArgumentException("the files of a kernel come with a machine that runs one", nameof(inputs));
        if (machine.Primary.Devices.Count(static device => device.Type == DeviceType.Block) != inputs.Disks.Count)
            throw new ArgumentException("each block device comes with a disk", nameof(inputs));
        ArgumentNullException.ThrowIfNull(readers);
        ArgumentNullException.ThrowIfNull(diagnostics);

        using var timeLimit = new CancellationTokenSource(timeout, host.Time);
        using var primaryDone = new CancellationTokenSource(Timeout.InfiniteTimeSpan, host.Time);
        var statistics = new MachineStatistics(machine.Vms.Select(static vm => vm.Name));
        IMachineScheduler scheduler = machine.Seed is { } seed
            ? new DeterministicScheduler(seed)
            : new ParallelScheduler(host.Time, host.Entropy, host.Workers);
        var typist = new OutsideHold(scheduler);
        var watch = new PrimaryWatch(() =>
        {
            primaryDone.CancelAfter(_grace);
            typist.Release();
        });
        var events = new EventStream([statistics, watch, .. readers]);

        var loader = new WatchedLoader(new EngineLoaders(engines));
        Tree board = machine.Primary.Kernel is null ? inputs.Board : BoardForKernel.Make(inputs.Board, machine.Primary);
        var platform = new MachinePlatform(scheduler);
        if (Place(machine, board, diagnostics) is not { } devices
            || Assemble(machine, board, devices, inputs.Kernel, platform, loader, events, diagnostics) is not { } hypervisor)
            return new() { Name = machine.Name, Seed = machine.Seed, End = MachineEnd.Refused, Time = 0 };

        devices.Attach(hypervisor, scheduler, events, inputs.Disks, inputs.Terminal, machine.Seed is null ? typist : null);
        var census = new MachineCensus(hypervisor.Inspection);
        loader.OnFirstGuest(census.Begin);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(timeLimit.Token, primaryDone.Token, stop);
        SchedulerEnd end = scheduler.Run(any.Token);
        devices.Flush();

        foreach (MessageQueueStatistics queue in hypervisor.Inspection.MessageQueues())
            statistics.AddQueue((ulong)queue.ObjectId, queue.Sent, queue.Received, queue.Full);
        MachineEnd why = End(watch, statistics, end, timeLimit.IsCancellationRequested, stop.IsCancellationRequested);
        return new()
        {
            Name = machine.Name,
            Seed = machine.Seed,
            End = why,
            Time = scheduler.Now,
            Results = statistics.Results,
            Faults = statistics.Faults,
            Vms = statistics.Vms,
            Queues = statistics.Queues,
            RunsKernel = machine.Primary.Kernel is not null,
            PrimaryExit = watch.Exit,
            LeftOvers = why == MachineEnd.Completed ? census.End() : null,
        };
    }

    private static MachineEnd End(PrimaryWatch watch, MachineStatistics statistics, SchedulerEnd end, bool timedOut, bool stopped)
    {
        if (watch.IsPrimaryOff)
            return MachineEnd.Completed;
        if (statistics.Results.Any(static result => result.Vmid == WellKnownVmids.Root && result.Code != 0))
            return MachineEnd.Refused;
        if (end == SchedulerEnd.Idle)
            return MachineEnd.Deadlock;
        return stopped || !timedOut ? MachineEnd.Stopped : MachineEnd.TimedOut;
    }

    private static PrimaryDevices? Place(MachineConfiguration machine, Tree board, DiagnosticBag diagnostics)
    {
        if (PrimaryDevices.TryPlace(board, machine.Primary.Devices, out PrimaryDevices? devices) is { } reason)
            diagnostics.Report(RunRules.NoPlaceForDevice, default, reason);
        return devices;
    }

    private static GunyahHypervisor? Assemble(
        MachineConfiguration machine, Tree board, PrimaryDevices devices, KernelFiles? kernel, MachinePlatform platform,
        WatchedLoader loader, EventStream events, DiagnosticBag diagnostics)
    {
        if (MachineLayout.TryPlace(board, machine, out MachineLayout layout) is { } reason)
        {
            diagnostics.Report(RunRules.NoLayout, default, reason);
            return null;
        }

        byte[] tree = FdtWriter.Write(board);
        byte[] launch = Plan(machine).Write();
        ulong room = layout.RoomForVms((ulong)tree.Length, (ulong)launch.Length);
        // Where there is no room at all the Resource Manager says what of the primary VM itself does not fit.
        if (room > 0 && machine.Vms.FirstOrDefault(vm => vm.Memory > room) is { } large)
        {
            diagnostics.Report(RunRules.NoRoomForVm, default, large.Name, large.Memory, layout.Primary.Size, room);
            return null;
        }

        LoadedKernel? placed = null;
        if (kernel is not null && (placed = new BootLoader(layout.Primary, board).Place(kernel, diagnostics)) is null)
            return null;

        var options = new HypervisorOptions
        {
            Profile = machine.Profile,
            PhysicalMemory = layout.Ranges,
            RootMemory = layout.Root,
            CounterFrequency = BoardCounter.FrequencyOf(board),
            HardwareInterrupts = devices.Interrupts,
        };
        var hypervisor = new GunyahHypervisor(options, platform, loader, events);
        Hypervisor.BootEnvironment root = hypervisor.Boot();

        var images = new BootImages(hypervisor.PhysicalMemory, layout.Root);
        MemoryBlock manager = images.Add(GuestImage.Create(ResourceManagerProgram.Name));
        var plan = new PrimaryVmPlan(
            [new MemoryBlock(layout.Primary.Base, layout.Primary.Size)],
            placed?.Image ?? images.Add(GuestImage.Create(machine.Primary.Program)),
            images.Add(tree),
            placed is null ? images.Add(launch) : placed.Ramdisk,
            machine.Primary.Vcpus,
            placed?.Kernel.Entry);
        if (placed is not null && !BootLoader.TryLoad(placed, kernel!, hypervisor.PhysicalMemory, diagnostics))
            return null;
        var environment = new ResourceManager.Boot.BootEnvironment(
            Capabilities(root, layout), new ResourceManagerOptions(machine.Dialect, machine.Profile), plan);
        MemoryBlock bootTree = images.Add(BootTree.Write(environment));
        if (images.Missing > 0)
        {
            diagnostics.Report(RunRules.RootMemoryTooSmall, default, machine.ResourceManagerMemory, images.Missing);
            return null;
        }

        hypervisor.StartRoot(manager.Base, bootTree.Base);
        return hypervisor;
    }

    /// <summary>The Resource Manager gets the memory for VMs; its own stays out of its hands.</summary>
    private static BootCapabilities Capabilities(Hypervisor.BootEnvironment root, MachineLayout layout) => new(
        root.CapabilitySpace, root.Partition, root.Vcpu, root.AddressSpace, root.Vic, SharedInterrupts,
        [
            .. root.Extents
                .Where(extent => extent.Range != layout.Root)
                .Select(static extent => new ResourceManager.Boot.BootExtent(extent.Cap, extent.Range.Base, extent.Range.Size)),
        ])
    {
        HardwareInterrupts =
        [
            .. root.HardwareInterrupts.Select(static line => new ResourceManager.Boot.BootInterrupt(line.Cap, line.Intid)),
        ],
    };

    private static LaunchPlan Plan(MachineConfiguration machine)
    {
        // The streams need not be secret, only different; a machine without a seed uses the same ones every time.
        ulong seed = machine.Seed ?? 0;
        return new(machine.Rounds, [.. machine.Vms.Select(Plan)]);

        PlannedVm Plan(SecondarySettings vm)
        {
            var exchange = new ExchangePlan(machine.Exchange.Messages, machine.Exchange.Size, Xoshiro256.SplitMix64(ref seed),
                machine.Exchange.Timeout);
            return new(
                vm.Name, vm.Memory, vm.Scheduling == VmScheduling.Proxy, GuestImage.Create(vm.Program),
                Configuration(vm, exchange).ToBlob(), exchange);
        }
    }

    private static VmConfiguration Configuration(SecondarySettings vm, ExchangePlan exchange) => new()
    {
        ImageName = vm.Name,
        BootArguments = exchange.ToBootArguments(),
        Scheduling = vm.Scheduling == VmScheduling.Static ? new StaticScheduling([0]) : null,
        Devices = [new VmQueuePairDevice(ExchangePlan.QueueLabel, (uint)(vm.QueueSize ?? exchange.Size), (uint)vm.QueueDepth)],
    };
}
