using Gunyah.Abi.Rpc;
using Gunyah.ResourceManager.Tests.Harness;

namespace Gunyah.ResourceManager.Tests.Front;

/// <summary>Whatever a VM sends, it gets an answer or nothing, and everybody else is served as before.</summary>
public class HostileRequestTests
{
    private const int Mutations = 10_000;

    private static readonly (RmMessageId Id, byte[] Payload)[] _good = Good();

    [Fact]
    public void Every_truncation_of_every_request_is_answered_by_an_error()
    {
        var machine = Machine(out _);
        foreach ((RmMessageId id, byte[] payload) in _good)
        {
            for (int length = 0; length < payload.Length; length++)
            {
                Received reply = machine.Hlos.Call(id, payload.AsSpan(0, length));
                // The list of attributes at the end, one entry here, may be left out.
                bool isShorterForm = payload.Length - length == 8
                    && id is RmMessageId.MemLend or RmMessageId.MemShare or RmMessageId.MemAccept;
                Assert.True(reply.Error != RmError.Ok || isShorterForm, $"{id} of {length} bytes");
                machine.Hlos.TakeNotifications();
            }
        }
        Assert.Equal("0000000003000000", machine.Hlos.Call(RmMessageId.VmGetVmid).Hex);
    }

    [Fact]
    public void Ten_thousand_mutations_of_requests_leave_the_resource_manager_alive_and_bounded()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        TestMachine machine = Machine(out SecondaryVm vm);
        RpcProbe[] senders = [machine.Hlos, vm.Link];
        for (int i = 0; i < Mutations; i++)
        {
            (RmMessageId id, byte[] payload) = _good[random.Next(_good.Length)];
            byte[] bytes = Mutate(random, payload);
            // In the first half there are two senders, and neither may end; in the second the primary VM alone goes on.
            bool isFatal = id == RmMessageId.VmExit || (i < Mutations / 2 && id is RmMessageId.VmStop or RmMessageId.VmReset);
            if (isFatal)
                continue;
            RpcProbe sender = senders[random.Next(i < Mutations / 2 ? 2 : 1)];
            sender.Send((ushort)i, id, bytes);
            sender.Drain();
            Assert.True(
                sender.Inbox.Count(message => message.Type == RpcMessageType.Reply && message.Sequence == (ushort)i) == 1,
                $"seed {seed}: round {i}, {id} {Convert.ToHexString(bytes)} from {Array.IndexOf(senders, sender)} is not "
                + "answered");
            sender.Inbox.Clear();
            foreach (RpcProbe each in senders)
            {
                each.ReadAll();
                each.TakeNotifications();
            }
        }

        Assert.True(machine.Hlos.Call(RmMessageId.VmGetVmid).Hex == "0000000003000000", $"seed {seed}");
        Assert.True(machine.Failure is null, $"seed {seed}");
        // An owner has at most 64 parcels of the few regions that the requests name, and there are at most 63 + 28 VMs.
        Assert.True(machine.Counts().Objects < machine.BeforePrimary.Objects + 2000, $"seed {seed}");
    }

    [Fact]
    public void Ten_thousand_frames_of_noise_are_survived()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        TestMachine machine = Machine(out _);
        HypervisorCounts before = machine.Counts();
        var frame = new byte[RpcLimits.FragmentSize];
        for (int i = 0; i < Mutations; i++)
        {
            random.NextBytes(frame);
            if (random.Next(2) == 0)
                frame[0] = 0x21;
            // Ids outside of the two groups: whatever they ask for is not implemented, so nothing may change.
            frame[7] = 0x77;
            machine.Hlos.SendFrame(frame.AsSpan(0, random.Next(1, frame.Length + 1)));
            machine.Hlos.Drain();
        }
        machine.Hlos.Inbox.Clear();
        Assert.True(machine.Hlos.Call(RmMessageId.VmGetVmid).Hex == "0000000003000000", $"seed {seed}");
        Assert.Equal(before, machine.Counts());
    }

    [Fact]
    public void Mutated_configurations_never_do_more_than_fail_their_vm()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        var machine = new TestMachine();
        byte[] good = Trees.Blob(Vectors.Text("secondary-input.dts"));
        SecondaryVm vm = SecondaryVm.Allocate(machine);
        HypervisorCounts before = machine.Counts();
        vm.Share(new());
        for (int i = 0; i < 500; i++)
        {
            byte[] blob = (byte[])good.Clone();
            for (int flips = random.Next(1, 5); flips > 0; flips--)
                blob[random.Next(i % 2 == 0 ? blob.Length : 64)] = (byte)random.Next(256);
            Assert.True(machine.Primary.TryWrite(vm.Memory + SecondaryVm.DevicetreeOffset, blob));
            vm.Configure();
            RmError error = vm.TryInitialise();
            Assert.True(error is RmError.Ok or RmError.MemInvalid or RmError.ArgumentInvalid or RmError.NoResource,
                $"seed {seed}: {error}");
            if (error == RmError.Ok)
                vm.TryStart();
            if (vm.State == VmState.Running)
                vm.Stop();
            vm.Reset();
            machine.Hlos.TakeNotifications();
        }
        vm.Reclaim();
        Assert.True(before == machine.Counts(), $"seed {seed}");
    }

    private static TestMachine Machine(out SecondaryVm vm)
    {
        var machine = new TestMachine();
        vm = SecondaryVm.Launch(machine, new() { Vdevices = VmTree.RpcLink });
        return machine;
    }

    private static byte[] Mutate(Random random, byte[] payload)
    {
        byte[] bytes = (byte[])payload.Clone();
        switch (random.Next(4))
        {
            case 0:
                return bytes[..random.Next(bytes.Length + 1)];
            case 1:
                return [.. bytes, .. new byte[random.Next(1, 300)]];
            default:
                for (int flips = random.Next(1, 4); flips > 0 && bytes.Length > 0; flips--)
                {
                    int at = random.Next(bytes.Length);
                    bytes[at] = random.Next(3) switch { 0 => 0, 1 => 0xFF, _ => (byte)random.Next(256) };
                }
                return bytes;
        }
    }

    private static (RmMessageId, byte[])[] Good()
    {
        const ushort vmid = 0x80;
        AclEntry[] acl = [new(vmid, MemoryRights.All), new(3, MemoryRights.All)];
        SglEntry[] sgl = [new(0x7000_0000, 0x1000), new(0x7000_2000, 0x2000)];
        AttributeEntry[] attributes = [new(MemoryAttribute.Cached, vmid)];
        var create = new MemoryCreateRequest(MemoryType.Normal, MemoryCreateFlags.Append, 1, acl, sgl, attributes);
        return
        [
            (RmMessageId.VmAllocate, new VmidRequest(0).ToBytes()),
            (RmMessageId.VmDeallocate, new VmidRequest(0x81).ToBytes()),
            (RmMessageId.VmConfigImage, new VmConfigImageRequest(0x81, 0, 0, 0, 0, 0x10_0000, 0x1000).ToBytes()),
            (RmMessageId.VmAuthImage, new VmAuthImageRequest(0x81, [new(AuthenticationParameterType.PasId, 1)]).ToBytes()),
            (RmMessageId.VmInit, new VmInitRequest(0x81).ToBytes()),
            (RmMessageId.VmStart, new VmidRequest(0x81).ToBytes()),
            (RmMessageId.VmStop, new VmStopRequest(0x81, VmStopFlags.Force, VmStopReason.ForcedStop).ToBytes()),
            (RmMessageId.VmReset, new VmidRequest(0x81).ToBytes()),
            (RmMessageId.VmGetId, new VmidRequest(vmid).ToBytes()),
            (RmMessageId.VmGetState, new VmidRequest(vmid).ToBytes()),
            (RmMessageId.VmGetCrashMsg, new VmidRequest(vmid).ToBytes()),
            (RmMessageId.VmGetHypResources, new VmidRequest(vmid).ToBytes()),
            (RmMessageId.VmLookupName, new VmLookupTextRequest("HLOS-").ToBytes()),
            (RmMessageId.VmLookupUri, new VmLookupTextRequest("x").ToBytes()),
            (RmMessageId.VmLookupGuid, new VmLookupGuidRequest(Guid.Empty).ToBytes()),
            (RmMessageId.VmSetStatus, new VmSetStatusRequest(OsState.Boot, 1).ToBytes()),
            (RmMessageId.VmExit, new VmExitRequest(VmExitFlags.None, VmExitCode.Normal).ToBytes()),
            (RmMessageId.VmSetCrashMsg, new CrashMessage("oops!").ToBytes()),
            (RmMessageId.MemLend, (create with { Acl = [acl[0]] }).ToBytes()),
            (RmMessageId.MemShare, create.ToBytes()),
            (RmMessageId.MemDonate, create.ToBytes()),
            (RmMessageId.MemAppend, new MemoryAppendRequest(1, 0, [new(0x7100_0000, 0x1000)]).ToBytes()),
            (RmMessageId.MemAccept, new MemoryAcceptRequest(1, 0, TransferType.Share, MemoryAcceptFlags.Done, 1, acl,
                [new(0x4000_0000, 0x1000)], attributes).ToBytes()),
            (RmMessageId.MemRelease, new MemoryReturnRequest(1, MemoryReturnFlags.Sanitise).ToBytes()),
            (RmMessageId.MemReclaim, new MemoryReturnRequest(1, MemoryReturnFlags.None).ToBytes()),
            (RmMessageId.MemNotify, new MemoryNotifyRequest(1, MemoryNotifyKind.Shared, 1, [new(vmid)]).ToBytes()),
        ];
    }
}
