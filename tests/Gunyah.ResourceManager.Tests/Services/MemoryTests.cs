using Gunyah.Abi.Memory;
using Gunyah.Abi.Rpc;
using Gunyah.ResourceManager.Tests.Harness;

namespace Gunyah.ResourceManager.Tests.Services;

/// <summary>Conformance cases of gunyah-rm.md 11.3, and what must hold besides.</summary>
public class MemoryTests
{
    private const ulong At = 0x6000_0000;
    private const ushort Hlos = 3;
    private const ushort Vm = 0x80;

    private readonly TestMachine _machine = new(options: new() { RootCapabilities = 4096 });

    private RpcProbe Client => _machine.Hlos;

    private static AclEntry Own => new(Hlos, MemoryRights.All);

    private static AclEntry Theirs => new(Vm, MemoryRights.All);

    [Fact]
    public void M01_M02_lent_memory_is_gone_and_comes_back_with_its_content()
    {
        SecondaryVm.Allocate(_machine);
        Assert.True(_machine.Primary.TryWrite(At, [1, 2, 3]));
        Received reply = Client.Call(RmMessageId.MemLend, Create([Theirs], [new(At, 0x800_0000)]));
        Assert.Equal("0000000000000000", reply.Hex);
        var bytes = new byte[3];
        Assert.False(_machine.Primary.TryRead(At, bytes));
        Assert.True(_machine.Primary.TryRead(At - 8, bytes));

        Assert.Equal(RmError.Ok, Client.Error(RmMessageId.MemReclaim, new MemoryReturnRequest(0, MemoryReturnFlags.None)));
        Assert.True(_machine.Primary.TryRead(At, bytes));
        Assert.Equal([1, 2, 3], bytes);
        Assert.Equal(RmError.HandleInvalid, Client.Error(RmMessageId.MemReclaim,
            new MemoryReturnRequest(0, MemoryReturnFlags.None)));
    }

    [Fact]
    public void Shared_memory_stays_with_the_rights_that_its_owner_gave_itself()
    {
        SecondaryVm.Allocate(_machine);
        Client.Call(RmMessageId.MemShare, Create([new(Hlos, MemoryRights.Read), Theirs], [new(At, 0x1000)]));
        Assert.True(_machine.Primary.TryRead(At, new byte[8]));
        Assert.False(_machine.Primary.TryWrite(At, new byte[8]));
        Client.Call(RmMessageId.MemReclaim, new MemoryReturnRequest(0, MemoryReturnFlags.None));
        Assert.True(_machine.Primary.TryWrite(At, new byte[8]));
    }

    [Fact]
    public void Memory_can_be_given_away_only_once_at_a_time()
    {
        SecondaryVm.Allocate(_machine);
        Assert.Equal(RmError.Ok, Client.Error(RmMessageId.MemShare, Create([Own, Theirs], [new(At, 0x4000)])));
        ulong pages = _machine.MappedPages(Hlos);
        HypervisorCounts before = _machine.Counts();
        Assert.Equal(RmError.MemInvalid, Client.Error(RmMessageId.MemLend,
            Create([Theirs], [new(At + 0x10_0000, 0x1000), new(At + 0x3000, 0x1000)])));
        Assert.Equal(RmError.MemInvalid, Client.Error(RmMessageId.MemLend, Create([Theirs], [new(0x1000, 0x1000)])));
        Assert.Equal(before, _machine.Counts());
        Assert.Equal(pages, _machine.MappedPages(Hlos));
        Assert.True(_machine.Primary.TryWrite(At + 0x10_0000, new byte[1]));
    }

    public static TheoryData<string, RmMessageId, AclEntry[], SglEntry[], AttributeEntry[], RmError> BadCreations()
    {
        SglEntry page = new(At, 0x1000);
        return new()
        {
            { "no ACL", RmMessageId.MemLend, [], [page], [], RmError.ArgumentInvalid },
            { "no SGL", RmMessageId.MemLend, [Theirs], [], [], RmError.ArgumentInvalid },
            { "a donation to two", RmMessageId.MemDonate, [Theirs, new(0xFF, MemoryRights.All)], [page], [],
                RmError.ArgumentInvalid },
            { "M-04: a share without the caller", RmMessageId.MemShare, [Theirs], [page], [], RmError.ArgumentInvalid },
            { "a loan to the caller", RmMessageId.MemLend, [Own], [page], [], RmError.ArgumentInvalid },
            { "M-05: a donation of less than all rights", RmMessageId.MemDonate,
                [new(Vm, MemoryRights.Read | MemoryRights.Write)], [page], [], RmError.Denied },
            { "a donation, which the platform refuses", RmMessageId.MemDonate, [Theirs], [page], [], RmError.Denied },
            { "M-07: a VM that does not exist", RmMessageId.MemLend, [new(0x90, MemoryRights.All)], [page], [],
                RmError.ArgumentInvalid },
            { "a number that is no VM's", RmMessageId.MemLend, [new(0x40, MemoryRights.All)], [page], [],
                RmError.ArgumentInvalid },
            { "the same VM twice", RmMessageId.MemLend, [Theirs, Theirs], [page], [], RmError.ArgumentInvalid },
            { "rights without reading", RmMessageId.MemLend, [new(Vm, MemoryRights.Write)], [page], [], RmError.ArgumentInvalid },
            { "rights that do not exist", RmMessageId.MemLend, [new(Vm, (MemoryRights)12)], [page], [], RmError.ArgumentInvalid },
            { "a device attribute", RmMessageId.MemLend, [Theirs], [page], [new(MemoryAttribute.Device, Vm)],
                RmError.ArgumentInvalid },
            { "an attribute that does not exist", RmMessageId.MemLend, [Theirs], [page], [new((MemoryAttribute)9, Vm)],
                RmError.ArgumentInvalid },
            { "an attribute twice", RmMessageId.MemLend, [Theirs], [page], [new(0, Vm), new(0, Vm)], RmError.ArgumentInvalid },
            { "an attribute of a stranger", RmMessageId.MemLend, [Theirs], [page], [new(0, 5)], RmError.VmidInvalid },
            { "half a page", RmMessageId.MemLend, [Theirs], [new(At, 0x800)], [], RmError.ArgumentInvalid },
            { "an odd address", RmMessageId.MemLend, [Theirs], [new(At + 8, 0x1000)], [], RmError.ArgumentInvalid },
            { "nothing", RmMessageId.MemLend, [Theirs], [new(At, 0)], [], RmError.ArgumentInvalid },
            { "an address that no machine has", RmMessageId.MemLend, [Theirs], [new(1UL << 44, 0x1000)], [],
                RmError.ArgumentInvalid },
            { "a size that no machine has", RmMessageId.MemLend, [Theirs], [new(At, 1UL << 44)], [], RmError.ArgumentInvalid },
            { "memory of nobody", RmMessageId.MemLend, [Theirs], [new(0x10_0000_0000, 0x1000)], [], RmError.MemInvalid },
            { "memory beyond the end", RmMessageId.MemLend, [Theirs], [new(TestMachine.RamBase, TestMachine.RamSize + 0x1000)],
                [], RmError.MemInvalid },
            { "the Resource Manager's memory", RmMessageId.MemLend, [Theirs], [new(0x2_0000_0000, 0x1000)], [],
                RmError.MemInvalid },
        };
    }

    [Theory]
    [MemberData(nameof(BadCreations))]
    public void A_bad_list_is_refused_and_nothing_changes(
        string what, RmMessageId id, AclEntry[] acl, SglEntry[] sgl, AttributeEntry[] attributes, RmError expected)
    {
        SecondaryVm.Allocate(_machine);
        HypervisorCounts before = _machine.Counts();
        var request = new MemoryCreateRequest(MemoryType.Normal, MemoryCreateFlags.None, 0, acl, sgl, attributes);
        Assert.True(Client.Error(id, request) == expected, what);
        Assert.Equal(before, _machine.Counts());
        Assert.Equal(0u, Client.Call<MemoryCreateRequest,
            MemoryHandleReply>(RmMessageId.MemLend, Create([Theirs], [new(At, 0x1000)])).Handle);
    }

    [Fact]
    public void M08_M10_lists_have_their_limit_and_the_last_may_be_missing()
    {
        SecondaryVm.Allocate(_machine);
        SglEntry[] many = [.. Enumerable.Range(0, 513).Select(i => new SglEntry(At + ((ulong)i * 0x2000), 0x1000))];
        Assert.Equal(RmError.NoResource, Client.Error(RmMessageId.MemLend, Create([Theirs], many)));
        Assert.Equal(RmError.Ok, Client.Error(RmMessageId.MemLend, Create([Theirs], many[..512])));
        byte[] bytes = Create([Theirs], [new(0x7000_0000, 0x1000)]).ToBytes();
        Assert.Equal(RmError.Ok, Client.Call(RmMessageId.MemLend, bytes).Error);
        Assert.Equal(RmError.Ok, Client.Call(RmMessageId.MemLend,
            Create([Theirs], [new(0x7100_0000, 0x1000)]).ToBytes().AsSpan()[..^4]).Error);
    }

    [Fact]
    public void M11_an_owner_has_at_most_64_parcels()
    {
        SecondaryVm.Allocate(_machine);
        for (uint i = 0; i < 64; i++)
            Assert.Equal(i, Client.Call<MemoryCreateRequest,
                MemoryHandleReply>(RmMessageId.MemLend, Create([Theirs], [new(At + (i * 0x1000), 0x1000)])).Handle);
        Assert.Equal(RmError.Denied, Client.Error(RmMessageId.MemLend, Create([Theirs], [new(At + 0x10_0000, 0x1000)])));
        Client.Call(RmMessageId.MemReclaim, new MemoryReturnRequest(7, MemoryReturnFlags.None));
        Assert.Equal(64u, Client.Call<MemoryCreateRequest,
            MemoryHandleReply>(RmMessageId.MemLend, Create([Theirs], [new(At + 0x10_0000, 0x1000)])).Handle);
    }

    [Fact]
    public void Memory_is_appended_until_the_last_part_and_a_failed_part_leaves_the_others()
    {
        SecondaryVm.Allocate(_machine);
        MemoryCreateRequest request = Create([Theirs], [new(At, 0x1000)]) with { Flags = MemoryCreateFlags.Append };
        Assert.Equal(RmError.Ok, Client.Error(RmMessageId.MemLend, request));
        HypervisorCounts before = _machine.Counts();
        Assert.Equal(RmError.MemInvalid, Client.Error(RmMessageId.MemAppend,
            new MemoryAppendRequest(0, 0, [new(At + 0x1000, 0x1000), new(At, 0x1000)])));
        Assert.Equal(before, _machine.Counts());
        Assert.Equal(RmError.ArgumentInvalid, Client.Error(RmMessageId.MemAppend, new MemoryAppendRequest(0, 0, default)));
        Assert.Equal(RmError.HandleInvalid, Client.Error(RmMessageId.MemAppend,
            new MemoryAppendRequest(1, 0, [new(At + 0x1000, 0x1000)])));
        Assert.Equal(RmError.Ok, Client.Error(RmMessageId.MemAppend,
            new MemoryAppendRequest(0, MemoryAppendFlags.Last, [new(At + 0x1000, 0x1000)])));
        Assert.Equal(RmError.Denied, Client.Error(RmMessageId.MemAppend,
            new MemoryAppendRequest(0, 0, [new(At + 0x2000, 0x1000)])));
        Assert.False(_machine.Primary.TryRead(At + 0x1000, new byte[1]));
        Assert.True(_machine.Primary.TryRead(At + 0x2000, new byte[1]));
    }

    [Fact]
    public void M13_M14_M16_M19_a_vm_accepts_and_releases_a_parcel()
    {
        SecondaryVm vm = SecondaryVm.Launch(_machine);
        Assert.True(_machine.Primary.TryWrite(At, [9, 8, 7]));
        uint handle = Client.Call<MemoryCreateRequest, MemoryHandleReply>(
            RmMessageId.MemLend, Create([Theirs], [new(At, 0x1000), new(At + 0x10_0000, 0x2000)])).Handle;

        Assert.Equal(RmError.ArgumentInvalid, vm.Link.Error(RmMessageId.MemAccept, Accept(handle) with { MapVmid = 5 })); // M-16
        // M-13
        MemoryAcceptReply reply = vm.Link.Call<MemoryAcceptRequest, MemoryAcceptReply>(RmMessageId.MemAccept, Accept(handle));
        SglEntry range = Assert.Single(reply.Sgl);
        Assert.Equal(0x3000UL, range.Size);
        var bytes = new byte[3];
        Assert.True(vm.Vcpu.TryRead(range.Ipa, bytes));
        Assert.Equal([9, 8, 7], bytes);
        Assert.True(vm.Vcpu.TryWrite(range.Ipa + 0x2000, bytes));

        Assert.Equal(RmError.Denied, vm.Link.Error(RmMessageId.MemAccept, Accept(handle))); // M-14
        Assert.Equal(RmError.MemInUse, Client.Error(RmMessageId.MemReclaim,
            new MemoryReturnRequest(handle, MemoryReturnFlags.None)));
        Assert.Equal(RmError.Ok, vm.Link.Error(RmMessageId.MemRelease, new MemoryReturnRequest(handle, MemoryReturnFlags.None)));
        Assert.False(vm.Vcpu.TryRead(range.Ipa, bytes));
        Assert.Equal(RmError.MemReleased, vm.Link.Error(RmMessageId.MemRelease,
            new MemoryReturnRequest(handle, MemoryReturnFlags.None))); // M-19
        Assert.Equal(RmError.Ok, Client.Error(RmMessageId.MemReclaim,
            new MemoryReturnRequest(handle, MemoryReturnFlags.Sanitise)));
        Assert.True(_machine.Primary.TryRead(At, bytes));
        Assert.Equal([0, 0, 0], bytes);
    }

    [Fact]
    public void M17_many_regions_are_accepted_in_parts()
    {
        SecondaryVm vm = SecondaryVm.Launch(_machine);
        SglEntry[] regions = [.. Enumerable.Range(0, 600).Select(i => new SglEntry(At + ((ulong)i * 0x2000), 0x1000))];
        Client.Call(RmMessageId.MemLend, Create([Theirs], regions[..512]) with { Flags = MemoryCreateFlags.Append });
        Assert.Equal(RmError.Ok, Client.Error(RmMessageId.MemAppend,
            new MemoryAppendRequest(1, MemoryAppendFlags.Last, regions[512..])));

        MemoryAcceptRequest part = Accept(1) with { Flags = 0 };
        MemoryAcceptReply first = vm.Link.Call<MemoryAcceptRequest, MemoryAcceptReply>(RmMessageId.MemAccept, part);
        Assert.Equal((512, MemoryAcceptReplyFlags.Incomplete), (first.Sgl.Count, first.Flags));
        MemoryAcceptReply second = vm.Link.Call<MemoryAcceptRequest, MemoryAcceptReply>(RmMessageId.MemAccept, part);
        Assert.Equal((88, MemoryAcceptReplyFlags.None), (second.Sgl.Count, second.Flags));
        Assert.False(vm.Vcpu.TryRead(first.Sgl[0].Ipa, new byte[1]));
        Assert.Empty(vm.Link.Call<MemoryAcceptRequest,
            MemoryAcceptReply>(RmMessageId.MemAccept, part with { Flags = MemoryAcceptFlags.Done }).Sgl);
        Assert.True(vm.Vcpu.TryRead(first.Sgl[0].Ipa, new byte[1]));
        Assert.True(vm.Vcpu.TryRead(second.Sgl[87].Ipa, new byte[1]));
    }

    [Fact]
    public void As_many_regions_as_one_list_holds_are_accepted_at_once()
    {
        SecondaryVm vm = SecondaryVm.Launch(_machine);
        SglEntry[] regions = [.. Enumerable.Range(0, MemoryParcels.MaxListEntries)
            .Select(i => new SglEntry(At + ((ulong)i * 0x2000), 0x1000))];
        Client.Call(RmMessageId.MemLend, Create([Theirs], regions));
        MemoryAcceptReply reply = vm.Link.Call<MemoryAcceptRequest,
            MemoryAcceptReply>(RmMessageId.MemAccept, Accept(1) with { Flags = 0 });
        Assert.Equal((MemoryParcels.MaxListEntries, MemoryAcceptReplyFlags.None), (reply.Sgl.Count, reply.Flags));
    }

    [Fact]
    public void What_an_acceptance_promised_before_it_failed_is_free_again()
    {
        SecondaryVm vm = SecondaryVm.Launch(_machine);
        uint handle = Client.Call<MemoryCreateRequest, MemoryHandleReply>(
            RmMessageId.MemLend, Create([Theirs], [new(At, 0x1000), new(At + 0x10_0000, 0x1000)])).Handle;
        MemoryAcceptRequest request = Accept(handle) with { Flags = MemoryAcceptFlags.Done };
        SglEntry good = new(0x4000_0000, 0x1000);
        Assert.Equal(RmError.NoResource, vm.Link.Error(RmMessageId.MemAccept,
            request with { Sgl = [good, new(0x8000_0000, 0x1000)] }));
        Assert.Equal(RmError.Ok, vm.Link.Error(RmMessageId.MemAccept, request with { Sgl = [good, new(0x4000_1000, 0x1000)] }));
    }

    [Fact]
    public void Accepting_checks_what_the_acceptor_expects_in_order()
    {
        SecondaryVm vm = SecondaryVm.Launch(_machine);
        uint handle = Client.Call<MemoryCreateRequest,
            MemoryHandleReply>(RmMessageId.MemShare, Create([Own, Theirs], [new(At, 0x2000)])).Handle;
        MemoryAcceptRequest good = Accept(handle) with { Transfer = TransferType.Share };
        RmError Try(MemoryAcceptRequest request) => vm.Link.Error(RmMessageId.MemAccept, request);

        Assert.Equal(RmError.HandleInvalid, Try(good with { Handle = 99 }));
        Assert.Equal(RmError.ArgumentInvalid, Try(good with { Transfer = TransferType.Lend }));
        Assert.Equal(RmError.ValidateFailed, Try(good with { Flags = MemoryAcceptFlags.RequireSanitised }));
        Assert.Equal(RmError.ValidateFailed, Try(good with { Flags = MemoryAcceptFlags.ValidateLabel, Label = 1 }));
        Assert.Equal(RmError.ValidateFailed, Try(good with { Flags = MemoryAcceptFlags.ValidateLists, Acl = [Theirs, Own] }));
        Assert.Equal(RmError.Denied, Try(good with { Flags = MemoryAcceptFlags.MapOther }));
        Assert.Equal(RmError.ArgumentInvalid, Try(good with { Sgl = [new(0x4000_0000, 0x1000)] }));
        Assert.Equal(RmError.ArgumentInvalid, Try(good with { Sgl = [new(0x4000_0800, 0x2000)] }));
        Assert.Equal(RmError.ArgumentInvalid, Try(good with { Sgl = [new(0x4000_0000, 0x2000), new(0x4000_2000, 0x2000)] }));
        Assert.Equal(RmError.NoResource, Try(good with { Sgl = [new(0x8000_0000, 0x2000)] })); // its own RAM
        Assert.Equal(RmError.NoResource, Try(good with { Sgl = [new(0xF_FFFF_F000, 0x2000)] }));
        Assert.Equal(RmError.Denied, Client.Error(RmMessageId.MemAccept, good));
        Assert.Equal(RmError.HandleInvalid, SecondaryVm.Launch(_machine, memory: 0x5100_0000).Link.Error(RmMessageId.MemRelease,
            new MemoryReturnRequest(handle, 0)));
        Assert.Equal(RmError.Ok,
            Try(good with
            {
                Flags = MemoryAcceptFlags.ValidateLists | MemoryAcceptFlags.Contiguous
                | MemoryAcceptFlags.Done,
                Acl = [Own, Theirs],
                Sgl = [new(0x4000_0000, 0x2000)]
            }));
        Assert.True(vm.Vcpu.TryWrite(0x4000_0000, [42]));
        var there = new byte[1];
        Assert.True(_machine.Primary.TryRead(At, there));
        Assert.Equal(42, there[0]);
    }

    [Fact]
    public void M20_notices_reach_who_they_are_for()
    {
        SecondaryVm vm = SecondaryVm.Launch(_machine);
        uint handle = Client.Call<MemoryCreateRequest, MemoryHandleReply>(
            RmMessageId.MemLend, Create([Theirs], [new(At, 0x1000), new(At + 0x2000, 0x3000)]) with { Label = 7 }).Handle;
        RmError Notify(RpcProbe who, int kind, uint tag, params VmidEntry[] vmids) =>
            who.Error(RmMessageId.MemNotify, new MemoryNotifyRequest(handle, (MemoryNotifyKind)kind, tag, vmids));

        Assert.Equal(RmError.ArgumentInvalid, Notify(Client, 3, 5, new VmidEntry(Vm))); // M-20
        Assert.Equal(RmError.Denied, Notify(vm.Link, 1, 5, new VmidEntry(Vm)));
        Assert.Equal(RmError.ArgumentInvalid, Notify(Client, 1, 5));
        Assert.Equal(RmError.VmidInvalid, Notify(Client, 1, 5, new VmidEntry(0x99)));
        Assert.Equal(RmError.ArgumentInvalid, Notify(Client, 1, 5, new VmidEntry(Hlos)));
        Assert.Equal(RmError.Ok, Notify(Client, 1, 5, new VmidEntry(Vm)));
        vm.Link.Drain();
        Received shared = Assert.Single(vm.Link.TakeNotifications());
        Assert.Equal(RmMessageId.MemShared, shared.Id);
        Assert.Equal(RmError.Ok, RpcPayload.TryRead(shared.Payload, out MemorySharedNotification notice));
        Assert.Equal((handle, 7u, 5u, Hlos), (notice.Handle, notice.Label, notice.Tag, notice.Owner));
        Assert.Equal([new RegionSize(0x1000), new RegionSize(0x3000)], notice.Sizes);

        Assert.Equal(RmError.ArgumentInvalid, Notify(Client, 8, 6, new VmidEntry(Vm)));
        Assert.Equal(RmError.MemReleased, Notify(vm.Link, 4, 5));
        vm.Link.Call(RmMessageId.MemAccept, Accept(handle));
        Assert.Equal(RmError.MemInUse, Notify(vm.Link, 2, 5));
        Assert.Equal(RmError.Ok, Notify(vm.Link, 4, 5));
        Client.Drain();
        Assert.Equal((RmMessageId.MemAccepted, "010000008000000005000000"), TakeOne(Client));
        Assert.Equal(RmError.Ok, Notify(Client, 8, 5, new VmidEntry(Vm)));
        vm.Link.Drain();
        Assert.Equal((RmMessageId.MemRecall, "0100000005000000"), TakeOne(vm.Link));
        vm.Link.Call(RmMessageId.MemRelease, new MemoryReturnRequest(handle, 0));
        Assert.Equal(RmError.Ok, Notify(vm.Link, 2, 5));
        Client.Drain();
        Assert.Equal((RmMessageId.MemReleased, "010000008000000005000000"), TakeOne(Client));
    }

    [Fact]
    public void M23_a_reset_releases_what_the_vm_held_and_tells_the_owner_but_keeps_the_parcels()
    {
        SecondaryVm vm = SecondaryVm.Launch(_machine);
        uint handle = Client.Call<MemoryCreateRequest,
            MemoryHandleReply>(RmMessageId.MemLend, Create([Theirs], [new(At, 0x1000)])).Handle;
        vm.Link.Call(RmMessageId.MemAccept, Accept(handle));
        vm.Stop();
        Assert.Equal(RmError.MemInUse, Client.Error(RmMessageId.MemReclaim, new MemoryReturnRequest(vm.Handle, 0)));
        Client.TakeNotifications();
        vm.Reset();
        Assert.Equal(
            ["000000008000000000000000", "010000008000000000000000"],
            Client.TakeNotifications().Where(message => message.Id == RmMessageId.MemReleased).Select(message => message.Hex));
        Assert.False(_machine.Primary.TryRead(At, new byte[1]));
        Assert.Equal(RmError.Ok, Client.Error(RmMessageId.MemReclaim, new MemoryReturnRequest(handle, 0)));
        vm.Reclaim();
        Assert.True(_machine.Primary.TryRead(vm.Memory, new byte[1]));
    }

    [Fact]
    public void M25_a_vm_that_does_not_run_yet_is_not_told_of_memory()
    {
        SecondaryVm vm = SecondaryVm.Allocate(_machine);
        vm.Lend(new());
        vm.Configure();
        vm.Initialise();
        uint handle = Client.Call<MemoryCreateRequest,
            MemoryHandleReply>(RmMessageId.MemLend, Create([Theirs], [new(At, 0x1000)])).Handle;
        Client.TakeNotifications();
        var notice = new MemoryNotifyRequest(handle, MemoryNotifyKind.Shared, 0, [new(Vm)]);
        Assert.Equal(RmError.MemReleased, Client.Error(RmMessageId.MemNotify, notice));
        Assert.Empty(Client.TakeNotifications());
    }

    [Fact]
    public void The_image_of_a_live_vm_can_be_neither_released_nor_reclaimed()
    {
        SecondaryVm vm = SecondaryVm.Allocate(_machine);
        vm.Lend(new());
        vm.Configure();
        Assert.Equal(RmError.Denied, Client.Error(RmMessageId.MemReclaim, new MemoryReturnRequest(vm.Handle, 0)));
        vm.Initialise();
        vm.Start();
        Assert.Equal(RmError.Denied, vm.Link.Error(RmMessageId.MemRelease, new MemoryReturnRequest(vm.Handle, 0)));
    }

    [Fact]
    public void Too_many_regions_for_the_root_vm_fail_and_leave_nothing()
    {
        var machine = new TestMachine(options: new() { RootCapabilities = 200 });
        SecondaryVm.Allocate(machine);
        HypervisorCounts before = machine.Counts();
        SglEntry[] many = [.. Enumerable.Range(0, 500).Select(i => new SglEntry(At + ((ulong)i * 0x2000), 0x1000))];
        Assert.Equal(RmError.NoMem, machine.Hlos.Error(RmMessageId.MemLend, Create([Theirs], many)));
        Assert.Equal(before, machine.Counts());
        Assert.True(machine.Primary.TryWrite(At, new byte[Page.Size]));
    }

    [Fact]
    public void Sanitised_memory_is_clean_before_anybody_else_sees_it()
    {
        SecondaryVm vm = SecondaryVm.Launch(_machine);
        Assert.True(_machine.Primary.TryWrite(At, [1, 2, 3]));
        uint handle = Client.Call<MemoryCreateRequest, MemoryHandleReply>(
            RmMessageId.MemLend, Create([Theirs], [new(At, 0x1000)]) with { Flags = MemoryCreateFlags.Sanitise }).Handle;
        MemoryAcceptRequest request = Accept(handle) with { Flags = MemoryAcceptFlags.Done | MemoryAcceptFlags.RequireSanitised };
        SglEntry range = vm.Link.Call<MemoryAcceptRequest, MemoryAcceptReply>(RmMessageId.MemAccept, request).Sgl[0];
        var bytes = new byte[3];
        Assert.True(vm.Vcpu.TryRead(range.Ipa, bytes));
        Assert.Equal([0, 0, 0], bytes);
    }

    private static (RmMessageId, string) TakeOne(RpcProbe who)
    {
        Received one = Assert.Single(who.TakeNotifications(), message => message.Id != RmMessageId.VmStatus);
        return (one.Id, one.Hex);
    }

    private static MemoryCreateRequest Create(AclEntry[] acl, SglEntry[] sgl) =>
        new(MemoryType.Normal, MemoryCreateFlags.None, 0, acl, sgl, default);

    private static MemoryAcceptRequest Accept(uint handle) =>
        new(handle, MemoryType.Normal, TransferType.Lend, MemoryAcceptFlags.Contiguous | MemoryAcceptFlags.Done, 0, default,
        default, default);
}
