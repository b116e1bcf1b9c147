using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Hypervisor.CapabilitySpaces;
using Gunyah.Hypervisor.Doorbells;
using Gunyah.Hypervisor.Interrupts;
using Gunyah.Hypervisor.Memory;
using Gunyah.Hypervisor.MessageQueues;
using Gunyah.Hypervisor.Objects;
using Gunyah.Hypervisor.Partitions;
using Gunyah.Hypervisor.Vcpus;
using Gunyah.Hypervisor.VpmGroups;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>Identification, creation and activation of objects, entropy (gunyah-abi.md 1.9, 3.5 and 4.13).</summary>
internal static class ObjectCalls
{
    /// <summary>Version 1, 64-bit, variant 0x51.</summary>
    private const ulong ApiInfo = 0x5100_0000_0000_8001;

    /// <summary>The API families and the scheduler of the reference build.</summary>
    private const ulong ApiFlags0 = 0x1000_0EFF;

    private const ulong MostEntropy = 16;
    private const ulong EntropyWord = 4;

    public static HypercallResult Identify(in HypercallFrame frame) => new(ApiInfo, ApiFlags0);

    public static HypercallResult CreatePartition(in HypercallFrame frame) =>
        new(unchecked((uint)GunyahError.Unimplemented), CapId.Invalid.Value);

    public static HypercallResult Unimplemented(in HypercallFrame frame) => GunyahError.Unimplemented;

    public static HypercallResult CreateCapabilitySpace(in HypercallFrame frame) =>
        Create(frame, CapabilitySpace.Footprint, static (context, partition) => new CapabilitySpace(context, partition));

    public static HypercallResult CreateAddressSpace(in HypercallFrame frame) =>
        Create(frame, AddressSpace.Footprint, static (context, partition) => new AddressSpace(context, partition));

    public static HypercallResult CreateMemoryExtent(in HypercallFrame frame) =>
        Create(frame, MemoryExtent.Footprint, static (context, partition) => new MemoryExtent(context, partition));

    public static HypercallResult CreateThread(in HypercallFrame frame) =>
        Create(frame, Vcpu.Footprint, static (context, partition) => new Vcpu(context, partition));

    public static HypercallResult CreateDoorbell(in HypercallFrame frame) =>
        Create(frame, Doorbell.Footprint, static (context, partition) => new Doorbell(context, partition));

    public static HypercallResult CreateMessageQueue(in HypercallFrame frame) =>
        Create(frame, MessageQueue.Footprint, static (context, partition) => new MessageQueue(context, partition));

    public static HypercallResult CreateVic(in HypercallFrame frame) =>
        Create(frame, Vic.Footprint, static (context, partition) => new Vic(context, partition));

    public static HypercallResult CreateVpmGroup(in HypercallFrame frame) =>
        Create(frame, VpmGroup.Footprint, static (context, partition) => new VpmGroup(context, partition));

    public static HypercallResult Activate(in HypercallFrame frame) => frame.First!.Activate(frame.Caller);

    public static HypercallResult ActivateFrom(in HypercallFrame frame)
    {
        GunyahError error = frame.FirstAs<CapabilitySpace>().Resolve(
            new(frame.Arguments.X1), ObjectType.Any, Rights.Activate, CapabilityLookup.Generic, out HypervisorObject? found);
        if (error != GunyahError.Ok)
            return error;
        error = found!.Activate(frame.Caller);
        found.Release();
        return error;
    }

    public static HypercallResult GetEntropy(in HypercallFrame frame)
    {
        ulong bytes = frame.Arguments.X0;
        if (bytes is 0 or > MostEntropy)
            return GunyahError.ArgumentSize;
        if (bytes % EntropyWord != 0)
            return GunyahError.ArgumentAlignment;
        IPlatform platform = frame.Caller.Context.Platform;
        if (!frame.Caller.Entropy.TryUse(platform.Now))
            return GunyahError.Busy;

        ulong low = platform.NextRandom();
        ulong high = bytes > 2 * EntropyWord ? platform.NextRandom() : 0;
        return new(
            0,
            (uint)low,
            bytes > EntropyWord ? low >> 32 : 0,
            (uint)high,
            bytes == MostEntropy ? high >> 32 : 0);
    }

    private static HypercallResult Create(in HypercallFrame frame, ulong footprint,
        Func<HypervisorContext, Partition, HypervisorObject> make)
    {
        GunyahError error = TryCreate(frame.Caller, frame.FirstAs<Partition>(), frame.SecondAs<CapabilitySpace>(), footprint,
            make, out CapId cap);
        return new((uint)error, cap.Value);
    }

    private static GunyahError TryCreate(
        Vcpu caller, Partition partition, CapabilitySpace space, ulong footprint,
        Func<HypervisorContext, Partition, HypervisorObject> make, out CapId cap)
    {
        cap = CapId.Invalid;
        if (!partition.TryCharge(footprint))
            return GunyahError.NoMemory;

        // The object gives the memory and this reference back when it goes.
        partition.Acquire();
        HypervisorObject created = make(caller.Context, partition);
        GunyahError error = space.AddMaster(created, out cap);
        if (error != GunyahError.Ok)
        {
            created.Release();
            return error;
        }

        if (caller.Context.Events.Wants(EventKind.ObjectCreated))
            caller.Context.Emit(caller, EventKind.ObjectCreated, new((ulong)created.Id, (ulong)created.Type));
        return GunyahError.Ok;
    }
}
