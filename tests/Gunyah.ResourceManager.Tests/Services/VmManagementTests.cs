using Gunyah.Abi.Events;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Rpc;
using Gunyah.Abi.Smccc;
using Gunyah.Abi.Vcpus;
using Gunyah.ResourceManager.Tests.Harness;

namespace Gunyah.ResourceManager.Tests.Services;

/// <summary>Conformance cases of gunyah-rm.md 11.2.</summary>
public class VmManagementTests
{
    private readonly TestMachine _machine = new();

    private RpcProbe Hlos => _machine.Hlos;

    [Fact]
    public void V01_an_allocated_vm_has_the_lowest_dynamic_id_and_is_in_load()
    {
        Received reply = Hlos.Call(RmMessageId.VmAllocate, new VmidRequest(0));
        Assert.Equal("0000000080000000", reply.Hex);
        Assert.Equal("0000000005000000", Hlos.Call(RmMessageId.VmGetState, new VmidRequest(0x80)).Hex);
    }

    [Fact]
    public void V02_asking_for_a_static_id_is_answered_without_it()
    {
        Assert.Equal("00000000", Hlos.Call(RmMessageId.VmAllocate, new VmidRequest(5)).Hex);
        Assert.Equal(RmError.NoResource, Hlos.Error(RmMessageId.VmAllocate, new VmidRequest(5)));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(0x80)]
    [InlineData(64)]
    [InlineData(32)]
    [InlineData(0xFF)]
    [InlineData(0xFFFF)]
    public void V04_ids_that_are_not_in_the_static_pool_cannot_be_had(int vmid) =>
        Assert.Equal(RmError.NoResource, Hlos.Error(RmMessageId.VmAllocate, new VmidRequest((ushort)vmid)));

    [Fact]
    public void V05_there_are_63_dynamic_vms()
    {
        for (ushort expected = 0x80; expected < 0xBF; expected++)
            Assert.Equal(expected, Hlos.Call<VmidRequest, VmidReply>(RmMessageId.VmAllocate, new(0)).Vmid);
        Assert.Equal(RmError.NoResource, Hlos.Error(RmMessageId.VmAllocate, new VmidRequest(0)));
        Assert.Equal(RmError.Ok, Hlos.Error(RmMessageId.VmDeallocate, new VmidRequest(0x90)));
        Assert.Equal(0x90, Hlos.Call<VmidRequest, VmidReply>(RmMessageId.VmAllocate, new(0)).Vmid);
    }

    [Fact]
    public void Only_the_primary_vm_creates_vms_and_that_is_said_before_the_length_is_looked_at()
    {
        SecondaryVm vm = SecondaryVm.Launch(_machine);
        foreach (RmMessageId id in new[] { RmMessageId.VmAllocate, RmMessageId.VmConfigImage, RmMessageId.VmAuthImage,
            RmMessageId.VmInit })
            Assert.Equal(RmError.Denied, vm.Link.Call(id, 1).Error);
        Assert.Equal(RmError.MsgInvalid, Hlos.Call(RmMessageId.VmAllocate, 1).Error);
    }

    [Fact]
    public void V07_V08_V13_V16_V19_V34_V41_every_step_needs_its_state()
    {
        SecondaryVm vm = SecondaryVm.Allocate(_machine);
        Assert.Equal(RmError.VmState, vm.TryStart()); // V-07
        Assert.Equal(RmError.MsgInvalid, Hlos.Call(RmMessageId.VmInit, (byte)vm.Vmid, 0, 1, 0).Error); // V-08
        Assert.Equal(RmError.VmState, vm.TryInitialise());
        Assert.Equal(RmError.VmState, Hlos.Error(RmMessageId.VmReset, new VmidRequest(vm.Vmid))); // V-41, hardened
        Assert.Equal(RmError.VmState, Hlos.Error(RmMessageId.VmGetId, new VmidRequest(vm.Vmid))); // V-34
        Assert.Equal(RmError.VmState, Hlos.Error(RmMessageId.VmAuthImage, new VmAuthImageRequest(vm.Vmid, default)));
        Assert.Equal(VmState.Load, vm.State);

        vm.Lend(new());
        vm.Configure();
        Assert.Equal(RmError.VmState, Hlos.Error(RmMessageId.VmAuthImage, new VmAuthImageRequest(vm.Vmid, default))); // V-13
        Assert.Equal(RmError.VmState, Hlos.Error(RmMessageId.VmReset, new VmidRequest(vm.Vmid))); // V-16
        Assert.Equal(RmError.VmState, Hlos.Error(RmMessageId.VmDeallocate, new VmidRequest(vm.Vmid)));
        Assert.Equal(RmError.VmState, Hlos.Error(RmMessageId.VmConfigImage, vm.ConfigureRequest));
        vm.Initialise();
        Assert.Equal(RmError.VmState, Hlos.Error(RmMessageId.VmStop, Force(vm))); // V-19
        Assert.Equal(RmError.VmState, Hlos.Error(RmMessageId.VmDeallocate, new VmidRequest(vm.Vmid)));
        vm.Start();
        Assert.Equal(RmError.VmState, vm.TryStart());
        Assert.Equal(RmError.VmState, Hlos.Error(RmMessageId.VmReset, new VmidRequest(vm.Vmid)));
        Assert.Equal(VmState.Running, vm.State);
    }

    [Fact]
    public void V10_an_unknown_parcel_fails_the_vm_and_a_reset_saves_it()
    {
        SecondaryVm vm = SecondaryVm.Allocate(_machine);
        Assert.Equal(RmError.MemInvalid, Hlos.Error(RmMessageId.VmConfigImage, vm.ConfigureRequest));
        Assert.Equal("8000000008000000", Assert.Single(Hlos.TakeNotifications()).Hex);
        vm.Reset();
        vm.Deallocate();
    }

    [Fact]
    public void V11_a_good_image_makes_the_vm_init_and_its_owner_hears_so_first()
    {
        SecondaryVm vm = SecondaryVm.Allocate(_machine);
        vm.Lend(new());
        Hlos.Send(77, RmMessageId.VmConfigImage, vm.ConfigureRequest.ToBytes());
        Hlos.Drain();
        Assert.Equal([RmMessageId.VmStatus, RmMessageId.VmConfigImage], Hlos.Inbox.Select(message => message.Id));
        Assert.Equal(["8000000001000000", "00000000"], Hlos.Inbox.Select(message => message.Hex));
    }

    [Theory]
    [InlineData(0UL, SecondaryVm.ImageSize, SecondaryVm.DevicetreeOffset, SecondaryVm.DevicetreeSize, RmError.Ok)]
    [InlineData(0x1000UL, SecondaryVm.ImageSize - 0x1000, SecondaryVm.DevicetreeOffset,
        SecondaryVm.ImageSize - SecondaryVm.DevicetreeOffset, RmError.Ok)]
    [InlineData(SecondaryVm.ImageSize, 0UL, SecondaryVm.DevicetreeOffset, SecondaryVm.DevicetreeSize, RmError.ArgumentInvalid)]
    public void Image_and_devicetree_may_end_with_their_memory(ulong image, ulong imageSize, ulong tree, ulong treeSize,
    RmError error)
    {
        SecondaryVm vm = SecondaryVm.Allocate(_machine);
        vm.Lend(new());
        var request = new VmConfigImageRequest(vm.Vmid, AuthenticationType.None, vm.Handle, image, imageSize, tree, treeSize);
        Assert.Equal(error, Hlos.Error(RmMessageId.VmConfigImage, request));
    }

    [Theory]
    [InlineData(AuthenticationType.Platform, 0UL, 0UL, SecondaryVm.DevicetreeOffset, SecondaryVm.DevicetreeSize)]
    [InlineData(AuthenticationType.AndroidProtectedVm, 0UL, 0UL, SecondaryVm.DevicetreeOffset, SecondaryVm.DevicetreeSize)]
    [InlineData((AuthenticationType)3, 0UL, 0UL, SecondaryVm.DevicetreeOffset, SecondaryVm.DevicetreeSize)]
    [InlineData(AuthenticationType.None, 0UL, 0UL, SecondaryVm.ImageSize, 0x1000UL)]
    [InlineData(AuthenticationType.None, 0UL, 0UL, ulong.MaxValue - 0xFFF, 0x2000UL)]
    [InlineData(AuthenticationType.None, 0UL, 0UL, SecondaryVm.DevicetreeOffset, 0UL)]
    [InlineData(AuthenticationType.None, 0x1000UL, SecondaryVm.ImageSize, SecondaryVm.DevicetreeOffset, 0x1000UL)]
    public void An_image_that_cannot_be_is_refused(AuthenticationType type, ulong image, ulong imageSize, ulong tree,
    ulong treeSize)
    {
        SecondaryVm vm = SecondaryVm.Allocate(_machine);
        vm.Lend(new());
        var request = new VmConfigImageRequest(vm.Vmid, type, vm.Handle, image, imageSize, tree, treeSize);
        Assert.Equal(RmError.ArgumentInvalid, Hlos.Error(RmMessageId.VmConfigImage, request));
        Assert.Equal(VmState.InitFailed, vm.State);
        vm.Reset();
        vm.Reclaim();
    }

    [Fact]
    public void V17_a_forced_stop_is_reported_in_order()
    {
        SecondaryVm vm = SecondaryVm.Launch(_machine);
        Hlos.Send(8, RmMessageId.VmStop, Force(vm).ToBytes());
        Hlos.Drain();
        Assert.Equal(
            [(RmMessageId.VmStatus, "8000000009000000"), (RmMessageId.VmExited, "800007000400000000000000"),
                (RmMessageId.VmStop, "00000000")],
            Hlos.Inbox.Select(message => (message.Id, message.Hex)));
        Assert.True(vm.Vcpu.IsHalted);
    }

    [Fact]
    public void V20_strangers_are_told_apart_from_owners_by_each_message_in_its_own_way()
    {
        SecondaryVm vm = SecondaryVm.Launch(_machine, memory: 0x5000_0000);
        SecondaryVm other = SecondaryVm.Launch(_machine, memory: 0x5100_0000);
        Assert.Equal(RmError.VmidInvalid, vm.Link.Error(RmMessageId.VmStop, Force(other)));
        Assert.Equal(RmError.VmidInvalid, vm.Link.Error(RmMessageId.VmReset, new VmidRequest(other.Vmid)));
        Assert.Equal(RmError.Denied, vm.Link.Error(RmMessageId.VmStart, new VmidRequest(other.Vmid)));
        Assert.Equal(RmError.Denied, vm.Link.Error(RmMessageId.VmDeallocate, new VmidRequest(other.Vmid)));
        Assert.Equal(RmError.Denied, vm.Link.Error(RmMessageId.VmGetState, new VmidRequest(other.Vmid)));
        Assert.Equal(RmError.NoResource, vm.Link.Error(RmMessageId.VmGetId, new VmidRequest(other.Vmid)));
        Assert.Equal(RmError.VmidInvalid, vm.Link.Error(RmMessageId.VmGetCrashMsg, new VmidRequest(other.Vmid)));
        Assert.Equal(RmError.VmidInvalid, Hlos.Error(RmMessageId.VmStart, new VmidRequest(0x99)));
        Assert.Equal(RmError.NoResource, Hlos.Error(RmMessageId.VmGetState, new VmidRequest(0x99)));
    }

    [Fact]
    public void V22_a_vm_that_was_reset_can_be_made_again_but_its_owner_is_no_longer_told()
    {
        SecondaryVm vm = SecondaryVm.Allocate(_machine);
        vm.Share(new());
        vm.Configure();
        vm.Initialise();
        vm.Start();
        vm.Stop();
        Hlos.TakeNotifications();
        vm.Reset();
        Assert.Equal(["800000000a000000", "800000000b000000"], Statuses());
        Assert.Equal("0000000000000000", Hlos.Call(RmMessageId.VmGetPeers).Hex);

        vm.Write(new() { ImageName = "again" });
        vm.Configure();
        vm.Initialise();
        vm.Start();
        Assert.Empty(Hlos.TakeNotifications());
        Assert.Equal(VmState.Running, vm.State);
        vm.Stop();
        Assert.Equal(RmMessageId.VmExited, Assert.Single(Hlos.TakeNotifications()).Id);
    }

    [Fact]
    public void V23_V43_a_vm_that_is_unknown_or_not_ones_own_cannot_be_deallocated()
    {
        Assert.Equal(RmError.VmidInvalid, Hlos.Error(RmMessageId.VmDeallocate, new VmidRequest(0x90)));
        Assert.Equal(RmError.Denied, Hlos.Error(RmMessageId.VmDeallocate, new VmidRequest(3)));
        Assert.Equal(RmError.Denied, Hlos.Error(RmMessageId.VmDeallocate, new VmidRequest(0xFF)));
    }

    [Fact]
    public void V25_V26_a_static_vm_tells_its_status()
    {
        SecondaryVm vm = SecondaryVm.Launch(_machine, wanted: 5);
        Assert.Equal(RmError.Ok, vm.Link.Error(RmMessageId.VmSetStatus, new VmSetStatusRequest(OsState.Run, 0x1234)));
        Hlos.Drain();
        Assert.Equal(["0500000003043412"], Statuses());
        Assert.Equal(RmError.Ok, vm.Link.Error(RmMessageId.VmSetStatus, new VmSetStatusRequest(OsState.None, 1)));
        Hlos.Drain();
        Assert.Equal(["0500000003040100"], Statuses());
        Assert.Equal(RmError.ArgumentInvalid, vm.Link.Call(RmMessageId.VmSetStatus, 0, 8, 0, 0).Error);
        Assert.Equal(RmError.MsgInvalid, vm.Link.Call(RmMessageId.VmSetStatus, 0, 8, 0).Error);
        Assert.Equal(RmError.Denied, Hlos.Call(RmMessageId.VmSetStatus, 1).Error);
    }

    [Fact]
    public void V28_V29_a_vm_ends_itself()
    {
        SecondaryVm vm = SecondaryVm.Launch(_machine);
        Assert.Equal(RmError.MsgInvalid, vm.Link.Error(RmMessageId.VmExit,
            new VmExitRequest(VmExitFlags.Restart, VmExitCode.UnknownError)));
        Assert.Equal(RmError.MsgInvalid, vm.Link.Call(RmMessageId.VmExit, 0, 0, 0, 1).Error);
        Assert.Equal(VmState.Running, vm.State);

        vm.Link.Send(9, RmMessageId.VmExit, new VmExitRequest(VmExitFlags.Restart, VmExitCode.Normal).ToBytes());
        Hlos.Drain();
        Assert.Equal(
            [(RmMessageId.VmStatus, "8000000009000000"), (RmMessageId.VmExited, "800000000400000001000000")],
            Hlos.TakeNotifications().Select(message => (message.Id, message.Hex)));
    }

    [Fact]
    public void V31_a_crash_message_is_kept_up_to_192_bytes()
    {
        SecondaryVm vm = SecondaryVm.Launch(_machine);
        var request = new VmidRequest(vm.Vmid);
        Assert.Equal(0, Hlos.Call<VmidRequest, CrashMessage>(RmMessageId.VmGetCrashMsg, request).Text.Length);
        Assert.Equal(RmError.Ok, vm.Link.Error(RmMessageId.VmSetCrashMsg, new CrashMessage(new string('x', 300))));
        Assert.Equal(new RpcText(new string('x', 192)),
            Hlos.Call<VmidRequest, CrashMessage>(RmMessageId.VmGetCrashMsg, request).Text);
        Assert.Equal(RmError.MsgInvalid, vm.Link.Call(RmMessageId.VmSetCrashMsg, 1, 0, 0, 0, (byte)'a', 1, 0, 0).Error);

        // A halt after it counts as a software error.
        Psci(vm, PsciFunctions.SystemOff);
        Assert.Equal("800001000400000000000100", Exit());
    }

    [Theory]
    [InlineData(PsciFunctions.SystemOff, 0UL, 0UL, "800001000400000000000000")]
    [InlineData(PsciFunctions.SystemReset, 0UL, 0UL, "800002000400000000000000")]
    [InlineData(PsciFunctions.SystemReset2 + PsciFunctions.Calling64, 0x80000000UL, 0x1122334455667788UL,
        "80000300100000000080000000000080" + "8877665544332211")]
    [InlineData(PsciFunctions.SystemReset2, 0x80000000UL, 0x1122334455667788UL,
        "80000300100000000000000000000080" + "8877665500000000")]
    public void V32_the_end_by_psci_is_reported_with_its_kind(uint function, ulong x1, ulong x2, string expected)
    {
        SecondaryVm vm = SecondaryVm.Launch(_machine);
        Psci(vm, function, x1, x2);
        Assert.Equal(expected, Exit());
        Assert.Equal(VmState.Exited, vm.State);
    }

    [Fact]
    public void V35_the_identity_of_a_vm_has_its_parts_in_order()
    {
        SecondaryVm vm = SecondaryVm.Launch(_machine, new()
        {
            ImageName = "a",
            Properties = """vm-uri = "uri:x"; vm-guid = "00112233-4455-6677-8899-aabbccddeeff";""",
        });
        Assert.Equal(
            "00000000" + "04000000" + "00001000" + "00112233445566778899aabbccddeeff"
            + "02000100" + "61000000" + "01000500" + "7572693a78000000" + "03000400" + "4e6f6e65",
            Hlos.Call(RmMessageId.VmGetId, new VmidRequest(vm.Vmid)).Hex);

        Assert.Equal([vm.Vmid], LookUp(Hlos, RmMessageId.VmLookupName, "a"));
        Assert.Equal([vm.Vmid], LookUp(Hlos, RmMessageId.VmLookupUri, "uri:x"));
        Assert.Equal([vm.Vmid], LookUp(vm.Link, RmMessageId.VmLookupName, "a"));
        Assert.Equal([3], LookUp(Hlos, RmMessageId.VmLookupName, "HLOS"));
        Assert.Equal([3], LookUp(vm.Link, RmMessageId.VmLookupName, "HLOS"));
        Assert.Empty(LookUp(Hlos, RmMessageId.VmLookupName, "b"));
        var guid = new VmLookupGuidRequest(new Guid("00112233-4455-6677-8899-aabbccddeeff"));
        Assert.Equal(new VmidEntry(vm.Vmid), Assert.Single(
            Hlos.Call<VmLookupGuidRequest, VmidListReply>(RmMessageId.VmLookupGuid, guid).Vmids));
    }

    [Fact]
    public void V37_look_ups_are_strict_about_their_text()
    {
        Assert.Equal(RmError.MsgInvalid, Hlos.Call(RmMessageId.VmLookupName, 5, 0, 0, 0, 1, 2, 3, 4, 5, 0, 1, 0).Error);
        Assert.Equal(RmError.ArgumentInvalid, Hlos.Call(RmMessageId.VmLookupName).Error);
        Assert.Equal(RmError.MsgInvalid, Hlos.Call(RmMessageId.VmLookupName, 1, 0).Error);
        Assert.Equal(RmError.ArgumentInvalid, Hlos.Call(RmMessageId.VmLookupUri, [80, 0, 0, 0, .. new byte[80]]).Error);
        Assert.Equal(RmError.ArgumentInvalid, Hlos.Call(RmMessageId.VmLookupGuid).Error);
        Assert.Equal(RmError.MsgInvalid, Hlos.Call(RmMessageId.VmLookupGuid, 1).Error);
    }

    [Fact]
    public void V38_the_small_queries_answer()
    {
        SecondaryVm vm = SecondaryVm.Launch(_machine);
        Assert.Equal("0000000064010001", Hlos.Call(RmMessageId.VmHostGetType).Hex);
        Assert.Equal("0000000003000000", Hlos.Call(RmMessageId.VmGetVmid).Hex);
        Assert.Equal("00000000ff000000", Hlos.Call(RmMessageId.VmGetOwner).Hex);
        Assert.Equal("000000000100000080000000", Hlos.Call(RmMessageId.VmGetPeers).Hex);
        Assert.Equal("0000000080000000", vm.Link.Call(RmMessageId.VmGetVmid).Hex);
        Assert.Equal("0000000003000000", vm.Link.Call(RmMessageId.VmGetOwner).Hex);
        Assert.Equal("000000000100000003000000", vm.Link.Call(RmMessageId.VmGetPeers).Hex);
    }

    [Fact]
    public void A_vm_that_may_not_be_stopped_or_reset_is_not()
    {
        SecondaryVm vm = SecondaryVm.Launch(_machine,
            new() { Properties = """vm-attrs = "no-shutdown", "no-reset", "what-is-this";""" });
        Assert.Equal(RmError.VmState, Hlos.Error(RmMessageId.VmStop, Force(vm)));
        vm.Link.Send(1, RmMessageId.VmExit, new VmExitRequest(VmExitFlags.None, VmExitCode.Normal).ToBytes());
        _machine.Platform.RunUntilIdle();
        Assert.Equal(VmState.Exited, vm.State);
        Assert.Equal(RmError.Denied, Hlos.Error(RmMessageId.VmReset, new VmidRequest(vm.Vmid)));
    }

    [Fact]
    public void A_vm_without_a_link_cannot_be_asked_to_stop_but_can_be_forced()
    {
        SecondaryVm vm = SecondaryVm.Launch(_machine, new() { Vdevices = "" });
        Assert.Equal(RmError.NoResource, Hlos.Error(RmMessageId.VmStop,
            new VmStopRequest(vm.Vmid, VmStopFlags.None, VmStopReason.Shutdown)));
        Assert.Equal(VmState.Running, vm.State);
        vm.Stop();
        Assert.Equal(VmState.Exited, vm.State);
    }

    /// <summary>gunyah-rm.md 5.3.</summary>
    [Fact]
    public void A_vm_whose_tree_has_no_psci_node_has_no_psci()
    {
        SecondaryVm vm = SecondaryVm.Launch(_machine, new()
        {
            Psci = "",
            Cpus = """cpu@0 { device_type = "cpu"; compatible = "arm,armv8"; reg = <0>; };""",
        });
        Assert.Equal(ulong.MaxValue, Psci(vm, PsciFunctions.Version));
        Assert.Equal(uint.MaxValue, Psci(vm, PsciFunctions.Features, PsciFunctions.Version));
        Assert.Equal(VmState.Running, vm.State);
        Assert.Equal(0x1_0001UL, Psci(SecondaryVm.Launch(_machine, memory: 0x5800_0000), PsciFunctions.Version));
    }

    /// <summary>gunyah-rm.md 5.2 and 5.3: it has no aggregation, and going off raises no halt.</summary>
    [Fact]
    public void The_last_vcpu_of_a_proxied_vm_may_go_off_and_its_vm_runs_on()
    {
        SecondaryVm vm = SecondaryVm.Launch(_machine);
        Psci(vm, PsciFunctions.CpuOff);
        Assert.True(vm.Vcpu.IsHalted);
        Assert.Equal(VmState.Running, vm.State);
        vm.Stop();
        vm.Reset();
    }

    [Fact]
    public void The_last_vcpu_of_a_vm_that_the_hypervisor_schedules_stays_on()
    {
        SecondaryVm vm = SecondaryVm.Launch(_machine, new()
        {
            Vcpus = """affinity = "static"; affinity-map = <0>; sched-priority = <(-1)>; sched-timeslice = <5000>;""",
            Cpus = """cpu@0 { device_type = "cpu"; compatible = "arm,armv8"; reg = <0>; cpu-idle-states; };""",
        });
        Assert.Equal(unchecked((uint)-3), Psci(vm, PsciFunctions.CpuOff));
        Assert.False(vm.Vcpu.IsHalted);
    }

    [Fact]
    public void A_vcpu_of_two_may_go_off_and_system_off_ends_the_vm()
    {
        const string cpu = """device_type = "cpu"; compatible = "arm,armv8"; enable-method = "psci";""";
        SecondaryVm vm = SecondaryVm.Launch(_machine,
            new() { Cpus = $"cpu@0 {{ reg = <0>; {cpu} }}; cpu@1 {{ reg = <1>; {cpu} }};" });
        Assert.Equal(1UL << 32, Psci(vm, PsciFunctions.CpuOn + PsciFunctions.Calling64, 1, 0x8000_0000, 0) | (1UL << 32));
        vm.Run();
        Assert.Equal(2, _machine.Programs.Secondary.Count);

        Psci(_machine.Programs.Secondary[1], PsciFunctions.CpuOff);
        vm.Run();
        Assert.Equal(VmState.Running, vm.State);
        Psci(vm, PsciFunctions.SystemOff);
        Assert.Equal(VmState.Exited, vm.State);
    }

    [Theory]
    [InlineData(PsciFunctions.SystemOff)]
    [InlineData(PsciFunctions.SystemReset)]
    public void The_end_of_the_primary_vm_is_in_the_event_stream(uint function)
    {
        Psci(_machine.Primary, function);
        _machine.Platform.RunUntilIdle();
        GunyahEvent last = _machine.Events.Events.Last(e => e.Kind == EventKind.VmState);
        Assert.Equal((3UL, VmState.Exited), (last.Values.A, (VmState)last.Values.B));
    }

    [Fact]
    public void The_state_of_every_vm_is_in_the_event_stream()
    {
        SecondaryVm vm = SecondaryVm.Launch(_machine);
        vm.Stop();
        vm.Reset();
        vm.Reclaim();
        vm.Deallocate();
        Assert.Equal(
            [VmState.Load, VmState.Init, VmState.Ready, VmState.Running, VmState.Exited, VmState.Resetting, VmState.Reset,
                VmState.None],
            _machine.Events.Events.Where(e => e.Kind == EventKind.VmState && e.Values.A == 0x80)
                .Select(e => (VmState)e.Values.B));
        Assert.Equal(
            ["primary->rm", "rm->primary", "vm->rm", "rm->vm"],
            _machine.Events.Events.Where(e => e.Kind == EventKind.ObjectNamed).Select(e => e.Text));
    }

    [Theory]
    [InlineData(RmMessageId.VmSetBootContext)] // V-40
    [InlineData(RmMessageId.VmSetFirmwareMem)]
    [InlineData(RmMessageId.VmSetTimeBase)]
    [InlineData(RmMessageId.FwMilestone)]
    [InlineData(RmMessageId.FwSetVmFirmware)]
    [InlineData(RmMessageId.VmIrqLend)]
    [InlineData(RmMessageId.VmConsoleOpen)]
    [InlineData(RmMessageId.IpaReserve)]
    [InlineData(RmMessageId.MemQcomLookupSgl)]
    [InlineData(RmMessageId.MinidumpGetInfo)]
    public void What_is_not_built_yet_is_unimplemented(RmMessageId id) =>
        Assert.Equal(RmError.Unimplemented, Hlos.Call(id).Error);

    private static VmStopRequest Force(SecondaryVm vm) => new(vm.Vmid, VmStopFlags.Force, VmStopReason.ForcedStop);

    private string[] Statuses() =>
        [.. Hlos.TakeNotifications().Where(message => message.Id == RmMessageId.VmStatus).Select(message => message.Hex)];

    private string Exit()
    {
        Hlos.Drain();
        return Assert.Single(Hlos.TakeNotifications(), message => message.Id == RmMessageId.VmExited).Hex;
    }

    private static ulong Psci(SecondaryVm vm, uint function, params ReadOnlySpan<ulong> arguments)
    {
        ulong result = Psci(vm.Vcpu, function, arguments);
        vm.Run();
        return result;
    }

    private static ulong Psci(IVcpu vcpu, uint function, params ReadOnlySpan<ulong> arguments)
    {
        GuestRegisters registers = default;
        registers.X[0] = function;
        for (int i = 0; i < arguments.Length; i++)
            registers.X[i + 1] = arguments[i];
        vcpu.Hypercall(0, ref registers);
        return registers.X[0];
    }

    private static ushort[] LookUp(RpcProbe vm, RmMessageId id, string text)
    {
        var found = new List<ushort>();
        foreach (VmidEntry entry in vm.Call<VmLookupTextRequest, VmidListReply>(id, new(text)).Vmids)
            found.Add(entry.Vmid);
        return [.. found];
    }
}
