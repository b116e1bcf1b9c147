using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Images;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Rpc;

namespace Gunyah.ResourceManager.Tests.Harness;

/// <summary>
/// A secondary VM in the hands of the primary VM, one step of its life at a time. The steps assert that they succeed; tests
/// that want them to fail call the messages themselves.
/// </summary>
internal sealed class SecondaryVm
{
    public const ulong ImageSize = 0x20_0000;
    public const ulong DevicetreeOffset = 0x10_0000;
    public const ulong DevicetreeSize = 0x2_0000;

    private readonly TestMachine _machine;
    private readonly RpcProbe _hlos;

    private SecondaryVm(TestMachine machine, ushort vmid, ulong memory)
    {
        _machine = machine;
        _hlos = machine.Hlos;
        Vmid = vmid;
        Memory = memory;
    }

    public ushort Vmid { get; }

    /// <summary>Where the primary VM keeps the image.</summary>
    public ulong Memory { get; }

    public uint Handle { get; private set; }

    /// <summary>What the primary VM can see of the VM once it is ready.</summary>
    public HypervisorResource[] Resources { get; private set; } = [];

    /// <summary>The VM's own end of its link; it must have one, and must have run.</summary>
    public RpcProbe Link => field ??= new(Vcpu, new(0), new(1), _machine.Platform.RunUntilIdle);

    /// <summary>The VM's boot vCPU, once it has run.</summary>
    public IVcpu Vcpu { get; private set; } = null!;

    public static SecondaryVm Allocate(TestMachine machine, ushort wanted = 0, ulong memory = 0x5000_0000)
    {
        if (wanted != 0)
        {
            Assert.Equal(RmError.Ok, machine.Hlos.Error(RmMessageId.VmAllocate, new VmidRequest(wanted)));
            return new(machine, wanted, memory);
        }
        return new(machine, machine.Hlos.Call<VmidRequest, VmidReply>(RmMessageId.VmAllocate, new(0)).Vmid, memory);
    }

    /// <summary>From nothing to a VM that runs and has run once.</summary>
    public static SecondaryVm Launch(TestMachine machine, VmTree? tree = null, ushort wanted = 0, ulong memory = 0x5000_0000)
    {
        SecondaryVm vm = Allocate(machine, wanted, memory);
        vm.Lend(tree ?? new());
        vm.Configure();
        vm.Initialise();
        vm.Start();
        machine.Hlos.TakeNotifications();
        return vm;
    }

    public void Write(VmTree tree)
    {
        Assert.True(_hlos.Vcpu.TryWrite(Memory, GuestImage.Create("secondary")));
        Assert.True(_hlos.Vcpu.TryWrite(Memory + DevicetreeOffset, tree.Blob));
    }

    public void Lend(VmTree tree)
    {
        Write(tree);
        Handle = _hlos.Call<MemoryCreateRequest, MemoryHandleReply>(
            RmMessageId.MemLend,
            new(MemoryType.Normal, MemoryCreateFlags.None, 0, [new(Vmid, MemoryRights.All)], [new(Memory, ImageSize)],
                default)).Handle;
    }

    /// <summary>As <see cref="Lend"/>, but the primary VM keeps the memory, as a debug build lets it.</summary>
    public void Share(VmTree tree)
    {
        Write(tree);
        Handle = _hlos.Call<MemoryCreateRequest, MemoryHandleReply>(
            RmMessageId.MemShare,
            new(
                MemoryType.Normal, MemoryCreateFlags.None, 0,
                [new(Vmid, MemoryRights.All), new(3, MemoryRights.All)], [new(Memory, ImageSize)], default)).Handle;
    }

    public VmConfigImageRequest ConfigureRequest =>
        new(Vmid, AuthenticationType.None, Handle, 0, 0, DevicetreeOffset, DevicetreeSize);

    public void Configure() => Expect(RmMessageId.VmConfigImage, ConfigureRequest);

    public RmError TryInitialise() => _hlos.Error(RmMessageId.VmInit, new VmInitRequest(Vmid));

    public void Initialise()
    {
        Expect(RmMessageId.VmInit, new VmInitRequest(Vmid));
        Resources = List();
    }

    public HypervisorResource[] List() =>
        [.. _hlos.Call<VmidRequest, HypervisorResourcesReply>(RmMessageId.VmGetHypResources, new(Vmid)).Resources];

    public RmError TryStart() => _hlos.Error(RmMessageId.VmStart, new VmidRequest(Vmid));

    public void Start()
    {
        Expect(RmMessageId.VmStart, new VmidRequest(Vmid));
        Run();
        Vcpu = _machine.Programs.Secondary[^1];
    }

    /// <summary>Gives each proxy-scheduled vCPU a turn.</summary>
    public void Run()
    {
        foreach (HypervisorResource vcpu in Resources.Where(
            resource => resource.Type == ResourceType.VirtualCpu && resource.HasVirq))
            _machine.Primary.VcpuRun(new CapId(vcpu.CapabilityId), default, out _);
        _machine.Platform.RunUntilIdle();
    }

    public void Stop() => Expect(RmMessageId.VmStop, new VmStopRequest(Vmid, VmStopFlags.Force, VmStopReason.ForcedStop));

    public void Reset()
    {
        Expect(RmMessageId.VmReset, new VmidRequest(Vmid));
        Assert.Equal(VmState.Reset, State);
    }

    public void Reclaim() => Expect(RmMessageId.MemReclaim, new MemoryReturnRequest(Handle, MemoryReturnFlags.None));

    public void Deallocate() => Expect(RmMessageId.VmDeallocate, new VmidRequest(Vmid));

    public VmState State => _hlos.Call<VmidRequest, VmStateReply>(RmMessageId.VmGetState, new(Vmid)).State;

    private void Expect<T>(RmMessageId id, in T request)
        where T : struct, IRpcPayload<T>
    {
        RmError error = _hlos.Error(id, request);
        Assert.True(error == RmError.Ok, $"{id} answers {error}: {_machine.Notes}");
    }
}
