using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Images;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Profiles;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Memory;
using Gunyah.Hypervisor.Objects;
using Gunyah.Hypervisor.Tests.Engines;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Tests.Harness;

/// <summary>
/// A hypervisor whose root vCPU the test itself plays: it calls through the vCPU's register face without running a program.
/// </summary>
internal sealed class TestMachine
{
    public const ulong RamBase = 0x4000_0000;
    public const ulong RamSize = 0x1000_0000;
    public const ulong RootSize = 0x100_0000;

    /// <summary>Root VM memory that tests put messages and images into.</summary>
    public const ulong Buffer = RamBase + 0x1000;

    /// <summary>Where the root VM begins, if it runs: far above what tests use.</summary>
    private const ulong EngineEntry = RamBase + 0x80_0000;

    /// <summary>An address that nothing is mapped at.</summary>
    public const ulong Unmapped = 0x10_0000;

    /// <summary>The first of the two interrupt lines of the board.</summary>
    public const uint HardwareIntid = 33;

    /// <summary>The value of the program counter during a call.</summary>
    public const ulong ReturnAddress = 0x4000_0FF0;

    public TestMachine(Profile profile = Profile.Documented, bool randomizeIds = false, int seed = 1, ulong heap = 64 << 20,
        CallingEngine engine = CallingEngine.Host, params IEventReader[] readers)
    {
        Profile = profile;
        Platform = new TestPlatform(seed);
        Hypervisor = new GunyahHypervisor(
            new HypervisorOptions
            {
                Profile = profile,
                RandomizeCapabilityIds = randomizeIds,
                PhysicalMemory = [new MemoryRange(RamBase, RamSize)],
                RootMemory = new MemoryRange(RamBase, RootSize),
                PartitionHeap = heap,
                HardwareInterrupts = [HardwareIntid, HardwareIntid + 1],
            },
            Platform,
            new TestEngines(Programs.Loader),
            new EventStream(readers));
        Boot = Hypervisor.Boot();
        Root = Hypervisor.RootVcpu.Port;
        Port = engine switch
        {
            CallingEngine.Kernel => KernelPort.Start(this, EngineEntry),
            CallingEngine.Code => CodePort.Start(this, EngineEntry),
            _ => new HostPort(Root),
        };
    }

    public Profile Profile { get; }

    public TestPlatform Platform { get; }

    public TestPrograms Programs { get; } = new();

    public GunyahHypervisor Hypervisor { get; }

    public BootEnvironment Boot { get; }

    /// <summary>What the root VM calls through; the test plays it.</summary>
    public VcpuPort Root { get; }

    /// <summary>The root VM as whoever makes its calls; the test's own helpers go through here.</summary>
    public IGuestPort Port { get; }

    /// <summary>The root vCPU, for a test that runs it.</summary>
    public VcpuThread RootThread => Hypervisor.RootVcpu.Thread;

    /// <summary>A native call by the root vCPU through the register face.</summary>
    public GuestRegisters Trap(HypercallRow call, params ReadOnlySpan<ulong> x) => Trap(call.Immediate, x);

    /// <inheritdoc cref="Trap(HypercallRow, ReadOnlySpan{ulong})"/>
    public GuestRegisters Trap(ushort immediate, params ReadOnlySpan<ulong> x)
    {
        GuestRegisters registers = default;
        registers.Pc = ReturnAddress;
        for (int i = 0; i < x.Length; i++)
            registers.X[i] = x[i];
        Port.Hypercall(immediate, ref registers);
        return registers;
    }

    public static GuestRegisters Trap(VcpuPort caller, HypercallRow call, params ReadOnlySpan<ulong> x) =>
        TrapAt(caller, call.Immediate, x);

    public static GuestRegisters TrapAt(VcpuPort caller, ushort immediate, params ReadOnlySpan<ulong> x)
    {
        GuestRegisters registers = default;
        registers.Pc = ReturnAddress;
        for (int i = 0; i < x.Length; i++)
            registers.X[i] = x[i];
        caller.Hypercall(immediate, ref registers);
        return registers;
    }

    public GunyahError Error(HypercallRow call, params ReadOnlySpan<ulong> x) => (GunyahError)(int)Trap(call, x).X[0];

    /// <summary>Creates an object in the root VM's space.</summary>
    public CapId Create(ObjectType type)
    {
        Ok(Port.Create(type, Boot.Partition, Boot.CapabilitySpace, out CapId cap));
        return cap;
    }

    public CapId Active(ObjectType type)
    {
        CapId cap = Create(type);
        Ok(Port.Activate(cap));
        return cap;
    }

    /// <summary>Objects of these types are made at boot only, and are active from then on.</summary>
    public static bool IsMadeAtBoot(ObjectType type) => type is ObjectType.Partition or ObjectType.HardwareInterrupt;

    /// <summary>MQ(d,s) of the conformance cases.</summary>
    public CapId Queue(ushort depth, ushort size)
    {
        CapId queue = Create(ObjectType.MessageQueue);
        Ok(Port.MessageQueueConfigure(queue, depth, size));
        Ok(Port.Activate(queue));
        return queue;
    }

    /// <summary>CS(n) of the conformance cases.</summary>
    public CapId Space(uint most)
    {
        CapId space = Create(ObjectType.CapabilitySpace);
        Ok(Port.CapabilitySpaceConfigure(space, most));
        Ok(Port.Activate(space));
        return space;
    }

    public CapId Vic(uint vcpus = 1, uint shared = 64)
    {
        CapId vic = Create(ObjectType.Vic);
        Ok(Port.VicConfigure(vic, vcpus, shared));
        Ok(Port.Activate(vic));
        return vic;
    }

    /// <summary>A copy of a capability in the root VM's space with fewer rights.</summary>
    public CapId Copy(CapId cap, ObjectRights rights)
    {
        Ok(Port.CopyCapability(Boot.CapabilitySpace, cap, Boot.CapabilitySpace, rights, out CapId copy));
        return copy;
    }

    /// <summary>Makes a capability revoked: a copy of it that is taken back.</summary>
    public CapId RevokedCopy(CapId master)
    {
        CapId copy = Copy(master, ObjectRights.Everything);
        Ok(Port.RevokeCopies(Boot.CapabilitySpace, master));
        return copy;
    }

    public void Delete(CapId cap) => Ok(Port.DeleteCapability(Boot.CapabilitySpace, cap));

    /// <summary>An extent of free memory, active, not mapped.</summary>
    public CapId Extent(ulong offset, ulong size, MemoryAccess access = MemoryAccess.All)
    {
        CapId extent = Create(ObjectType.MemoryExtent);
        Ok(Port.ExtentDerive(extent, Boot.Extents[0].Cap, RootSize + offset, size, access));
        Ok(Port.Activate(extent));
        return extent;
    }

    /// <summary>The root vCPU takes interrupts: groups and priority mask open.</summary>
    public InterruptTaker OpenInterrupts() => new(Port.Interrupts);

    public static void Ok(GunyahError error) => Assert.Equal(GunyahError.Ok, error);

    /// <summary>Puts the image of a program into root memory.</summary>
    public void PutImage(ulong address, string program) =>
        Assert.True(Hypervisor.PhysicalMemory.TryWrite(address, GuestImage.Create(program)));

    /// <summary>RX→n, TX→n, D→n of the conformance cases: bound in the root VM's controller, enabled, group open.</summary>
    public InterruptTaker Bind(HypercallRow bind, CapId source, uint intid, InterruptTrigger trigger)
    {
        Ok(Error(bind, source.Value, Boot.Vic.Value, intid));
        InterruptTaker taker = OpenInterrupts();
        taker.Enable(intid, trigger);
        return taker;
    }

    /// <summary>A send through the register face; answers X0 and X1.</summary>
    public (GunyahError Error, ulong NotFull) Send(CapId queue, ReadOnlySpan<byte> message, ulong flags = 0)
    {
        Assert.True(Port.TryWrite(Buffer, message));
        GuestRegisters r = Trap(MessageQueueCalls.Send, queue.Value, (ulong)message.Length, Buffer, flags);
        return ((GunyahError)(int)r.X[0], r.X[1]);
    }

    /// <summary>A receive through the register face; answers X0, X1, X2 and what was received.</summary>
    public (GunyahError Error, ulong Size, ulong NotEmpty, byte[] Message) Receive(CapId queue, ulong bufferSize = 1024)
    {
        GuestRegisters r = Trap(MessageQueueCalls.Receive, queue.Value, Buffer, bufferSize);
        var message = new byte[(int)r.X[1]];
        Assert.True(Port.TryRead(Buffer, message));
        return ((GunyahError)(int)r.X[0], r.X[1], r.X[2], message);
    }

    public int CountOf(CapId queue)
    {
        Assert.True(Hypervisor.Inspection.TryResolve(BootEnvironment.RootVmid, queue, out int id, out _));
        return Hypervisor.Inspection.MessageQueues().Single(statistics => statistics.ObjectId == id).Count;
    }

    /// <summary>A vCPU with everything it needs, not yet active: its own address space, the root VM's capability space.</summary>
    public CapId NewVcpu(CapId vic, uint index, ushort vmid, VcpuOptions options = VcpuOptions.None)
    {
        CapId space = Create(ObjectType.AddressSpace);
        Ok(Port.AddressSpaceConfigure(space, vmid));
        Ok(Port.Activate(space));
        return NewVcpu(vic, index, space, options);
    }

    public CapId NewVcpu(CapId vic, uint index, CapId addressSpace, VcpuOptions options = VcpuOptions.None)
    {
        CapId vcpu = Create(ObjectType.Thread);
        Ok(Port.VcpuConfigure(vcpu, options));
        Ok(Port.CapabilitySpaceAttach(Boot.CapabilitySpace, vcpu));
        Ok(Port.AddressSpaceAttach(addressSpace, vcpu));
        Ok(Port.VicAttach(vic, vcpu, index));
        return vcpu;
    }

    /// <summary>Activates a vCPU, so that the test can play it too.</summary>
    public Vcpu ActiveVcpu(CapId cap)
    {
        Ok(Port.Activate(cap));
        return ObjectOf(cap);
    }

    /// <summary>The vCPU behind a capability of the root VM.</summary>
    public Vcpu ObjectOf(CapId cap)
    {
        Ok(Root.Space.Resolve(cap, ThreadRights.None, CapabilityLookup.AnyState, out Vcpu? vcpu));
        Assert.NotNull(vcpu);
        vcpu.Release();
        return vcpu;
    }
}
