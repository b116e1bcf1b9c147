using Gunyah.Abi.Events;
using Gunyah.Abi.Images;
using Gunyah.Abi.Profiles;
using Gunyah.Abi.Programs;
using Gunyah.Guest.Platform;
using Gunyah.Hypervisor;
using Gunyah.Hypervisor.Memory;
using Gunyah.Hypervisor.Programs;
using Gunyah.ResourceManager.Boot;

namespace Gunyah.ResourceManager.Tests.Harness;

/// <summary>
/// A hypervisor with the Resource Manager in it, and a primary VM that the test plays. Capability IDs are not random, as in
/// the debug build that the recordings come from.
/// </summary>
internal sealed class TestMachine
{
    /// <summary>The Resource Manager's own memory; what the machine loads for it lies there.</summary>
    private const ulong RootBase = 0x2_0000_0000;
    private const ulong RootSize = 0x0800_0000;
    private const ulong BootTreeAt = RootBase + 0x1000;
    private const ulong ImageAt = RootBase + 0x2_0000;
    private const ulong BoardAt = RootBase + 0x10_0000;
    private const ulong RamdiskAt = RootBase + 0x100_0000;

    public const ulong RamBase = 0x4000_0000;
    public const ulong RamSize = 0x8000_0000;

    private readonly GunyahHypervisor _hypervisor;

    public TestMachine(byte[]? board = null, TestMachineOptions? options = null)
    {
        options ??= new();
        board ??= Vectors.Bytes("primary-base.dtb");
        Events = new EventRecorder(
            EventKind.Result, EventKind.VmState, EventKind.Devicetree, EventKind.Note, EventKind.ObjectNamed,
            EventKind.RpcRequest, EventKind.RpcReply, EventKind.RpcNotification);
        _hypervisor = new GunyahHypervisor(
            new HypervisorOptions
            {
                PhysicalMemory =
                [
                    new MemoryRange(RamBase, RamSize),
                    new MemoryRange(RootBase, RootSize),
                    .. options.MoreMemory ? [new MemoryRange(0x1_0000_0000, 0x1000_0000)] : Array.Empty<MemoryRange>(),
                ],
                RootMemory = new MemoryRange(RootBase, RootSize),
                RandomizeCapabilityIds = options.RandomizeCapabilityIds,
                RootCapabilities = options.RootCapabilities,
                Profile = options.Profile,
            },
            Platform,
            new ProgramVmLoader(Programs.Make),
            new EventStream(Events));
        Hypervisor.BootEnvironment boot = _hypervisor.Boot();
        var environment = new ResourceManager.Boot.BootEnvironment(
            new(
                boot.CapabilitySpace, boot.Partition, boot.Vcpu, boot.AddressSpace, boot.Vic,
                Hypervisor.BootEnvironment.SharedInterrupts,
                [.. boot.Extents.Select(extent => new ResourceManager.Boot.BootExtent(extent.Cap, extent.Range.Base,
                    extent.Range.Size))]),
            new(options.Dialect, options.Profile, AcceptsSharedImages: options.AcceptsSharedImages),
            new(
                [.. options.Ram],
                new(options.ImageInPlace ?? ImageAt, GuestImage.HeaderSize),
                new(BoardAt, (ulong)board.Length),
                options.Ramdisk is null ? null : new(RamdiskAt, (ulong)options.Ramdisk.Length),
                options.PrimaryVcpus,
                options.ImageInPlace));

        Put(RootBase, GuestImage.Create(ResourceManagerProgram.Name));
        Put(BootTreeAt, BootTree.Write(environment));
        Put(options.ImageInPlace ?? ImageAt, GuestImage.Create("primary"));
        Put(BoardAt, board);
        Put(RamdiskAt, options.Ramdisk ?? []);
        BeforePrimary = Counts();
        _hypervisor.StartRoot(RootBase, BootTreeAt);
        Platform.RunUntilIdle();
    }

    public TestPlatform Platform { get; } = new(seed: 1);

    public TestPrograms Programs { get; } = new();

    public EventRecorder Events { get; }

    /// <summary>What there was before the Resource Manager did anything.</summary>
    public HypervisorCounts BeforePrimary { get; }

    /// <summary>The primary VM's boot vCPU.</summary>
    public IVcpu Primary => Programs.Primary[0];

    /// <summary>What the Resource Manager said when it gave up; null when it did not.</summary>
    public string? Failure => Events.Events.Where(e => e.Kind == EventKind.Result).Select(e => e.Text).FirstOrDefault();

    /// <summary>What the Resource Manager had to say, for the message of a failed test.</summary>
    public string Notes => string.Join('\n', Events.Events.Where(e => e.Kind == EventKind.Note).Select(e => e.Text));

    public HypervisorCounts Counts() => new(
        _hypervisor.Inspection.ObjectCount,
        _hypervisor.Inspection.CapabilityCount,
        _hypervisor.Inspection.BoundInterrupts,
        _hypervisor.Inspection.HeapUsed);

    /// <summary>The primary VM's end of its link.</summary>
    public RpcProbe Hlos => field ??= new(Primary, new(0), new(1), Platform.RunUntilIdle);

    public ulong MappedPages(ushort vmid) => _hypervisor.Inspection.MappedPages(vmid);

    private void Put(ulong address, byte[] bytes)
    {
        if (bytes.Length > 0)
            Assert.True(_hypervisor.PhysicalMemory.TryWrite(address, bytes));
    }
}

/// <summary>What a test wants to be different.</summary>
internal sealed record TestMachineOptions
{
    public Dialect Dialect { get; init; } = Dialect.Qcom;

    public Profile Profile { get; init; }

    public bool AcceptsSharedImages { get; init; } = true;

    public bool RandomizeCapabilityIds { get; init; }

    public int RootCapabilities { get; init; } = 2048;

    public int PrimaryVcpus { get; init; } = 1;

    public MemoryBlock[] Ram { get; init; } = [new(TestMachine.RamBase, TestMachine.RamSize)];

    public byte[]? Ramdisk { get; init; }

    /// <summary>An address in the primary VM's memory where its image is, and where it starts; null for the usual way.</summary>
    public ulong? ImageInPlace { get; init; }

    /// <summary>True for 256 MiB more, from 4 GiB on.</summary>
    public bool MoreMemory { get; init; }
}

/// <summary>What the hypervisor has given out.</summary>
internal readonly record struct HypervisorCounts(int Objects, int Capabilities, int Interrupts, ulong Heap);
