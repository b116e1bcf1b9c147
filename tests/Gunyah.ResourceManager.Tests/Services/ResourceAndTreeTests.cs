using Devicetree;
using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Rpc;
using Gunyah.ResourceManager.Tests.Harness;

namespace Gunyah.ResourceManager.Tests.Services;

/// <summary>Conformance cases of gunyah-rm.md 11.5.</summary>
public class ResourceAndTreeTests
{
    private const string Cpu = """device_type = "cpu"; compatible = "arm,armv8"; enable-method = "psci";""";
    private const string TwoCpus = $"cpu@0 {{ reg = <0>; {Cpu} }}; cpu@1 {{ reg = <1>; {Cpu} }};";
    private const string Bells =
        """
        a { vdevice-type = "doorbell"; label = <5>; peer-default; };
        b { vdevice-type = "doorbell"; qcom,label = <6>; label = <1>; peer-default; };
        """;

    private readonly TestMachine _machine = new();

    [Fact]
    public void D01_D02_D07_the_owner_lists_vcpus_then_vdevices_and_no_link()
    {
        SecondaryVm vm = Ready(new() { Cpus = TwoCpus, Vdevices = VmTree.RpcLink + Bells });
        // The primary VM's own link has 960 and 961.
        Assert.Equal(
            [
                (ResourceType.VirtualCpu, 0, 0u, 962u), (ResourceType.VirtualCpu, 0, 1u, 963u),
                (ResourceType.DoorbellSource, vm.Vmid, 5u, 0u), (ResourceType.DoorbellSource, vm.Vmid, 6u, 0u),
            ],
            vm.Resources.Select(resource => (resource.Type, (int)resource.PartnerVmid, resource.Label, resource.Virq)));
        Assert.Equal(4 + 4 + (4 * 44), _machine.Hlos.Call(RmMessageId.VmGetHypResources,
            new VmidRequest(vm.Vmid)).Payload.Length);
        Assert.Single(_machine.Hlos.Frames);
    }

    [Fact]
    public void D04_D05_the_list_is_empty_for_oneself_and_an_error_before_there_is_a_configuration()
    {
        SecondaryVm vm = SecondaryVm.Allocate(_machine);
        RmError Ask(ushort vmid) => _machine.Hlos.Error(RmMessageId.VmGetHypResources, new VmidRequest(vmid));
        Assert.Equal(RmError.NoResource, Ask(vm.Vmid));
        Assert.Equal(RmError.ArgumentInvalid, Ask(0));
        Assert.Equal(RmError.ArgumentInvalid, Ask(0x99));
        Assert.Equal("0000000000000000", _machine.Hlos.Call(RmMessageId.VmGetHypResources, new VmidRequest(3)).Hex);

        HypervisorResource root = Assert.Single(
            _machine.Hlos.Call<VmidRequest, HypervisorResourcesReply>(RmMessageId.VmGetHypResources, new(0xFF)).Resources);
        Assert.Equal((ResourceType.VirtualCpu, 2UL, HypervisorResource.NoVirq), (root.Type, root.CapabilityId, root.Virq));
    }

    [Fact]
    public void Only_the_primary_vm_is_told_of_the_resource_managers_vcpus()
    {
        SecondaryVm vm = SecondaryVm.Launch(_machine);
        Assert.DoesNotContain(
            vm.Link.Call<VmidRequest, HypervisorResourcesReply>(RmMessageId.VmGetHypResources, new(0xFF)).Resources,
            resource => resource.Type == ResourceType.VirtualCpu);
    }

    [Fact]
    public void A_vm_lists_its_own_ends_by_asking_for_its_owner_and_they_work()
    {
        SecondaryVm vm = SecondaryVm.Launch(_machine, new()
        {
            Vdevices = VmTree.RpcLink + """pair { vdevice-type = "message-queue-pair"; label = <9>; peer-default; };""",
        });
        HypervisorResource[] own = [.. vm.Link.Call<VmidRequest,
            HypervisorResourcesReply>(RmMessageId.VmGetHypResources, new(3)).Resources];
        Assert.Equal(
            [(ResourceType.MessageQueueSend, (ushort)3, 9u), (ResourceType.MessageQueueReceive, (ushort)3, 9u)],
            own.Select(resource => (resource.Type, resource.PartnerVmid, resource.Label)));
        Assert.Equal("0000000000000000", vm.Link.Call(RmMessageId.VmGetHypResources, new VmidRequest(vm.Vmid)).Hex);

        HypervisorResource[] theirs = [.. vm.Resources.Where(resource => resource.Type != ResourceType.VirtualCpu)];
        var buffer = new byte[8];
        Assert.Equal(GunyahError.Ok, _machine.Primary.Send(new(theirs[0].CapabilityId), [1, 2, 3]).Error);
        Assert.Equal(3, vm.Vcpu.Receive(new(own[1].CapabilityId), buffer).Size);
        Assert.Equal(GunyahError.Ok, vm.Vcpu.Send(new(own[0].CapabilityId), [4, 5]).Error);
        Assert.Equal(2, _machine.Primary.Receive(new(theirs[1].CapabilityId), buffer).Size);

        // Each side can do what it is there for, and nothing else.
        Assert.Equal(GunyahError.InsufficientRights, _machine.Primary.Receive(new(theirs[0].CapabilityId), buffer).Error);
        Assert.Equal(GunyahError.InsufficientRights, vm.Vcpu.Send(new(own[1].CapabilityId), [1]).Error);
        Assert.Equal(GunyahError.InsufficientRights, _machine.Primary.MessageQueueUnbindSend(new(theirs[0].CapabilityId)));
    }

    [Fact]
    public void A_doorbell_lets_its_source_clear_only_where_the_configuration_says_so()
    {
        SecondaryVm vm = Ready(new()
        {
            Vdevices = """
                a { vdevice-type = "doorbell"; label = <1>; peer-default; };
                b { vdevice-type = "doorbell"; label = <2>; peer-default; source-can-clear; };
                """,
        });
        ulong[] caps = [.. vm.Resources.Where(resource => resource.Type == ResourceType.DoorbellSource)
            .Select(resource => resource.CapabilityId)];
        Assert.Equal(GunyahError.Ok, _machine.Primary.DoorbellSend(new(caps[0]), 1, out _));
        Assert.Equal(GunyahError.InsufficientRights, _machine.Primary.DoorbellMask(new(caps[0]), 1, 1));
        Assert.Equal(GunyahError.Ok, _machine.Primary.DoorbellMask(new(caps[1]), 1, 1));
    }

    [Fact]
    public void D08_an_interrupt_that_the_configuration_demands_is_given_and_others_keep_clear_of_it()
    {
        Tree tree = Final(new()
        {
            Vdevices = """
                a { vdevice-type = "doorbell"; label = <1>; peer-default; };
                b { vdevice-type = "doorbell"; label = <2>; peer-default; interrupts = <0 928 4>; };
                c { vdevice-type = "doorbell"; label = <3>; peer-default; interrupts = <0 5>; };
                d { vdevice-type = "doorbell"; label = <4>; peer-default; interrupts = <0 5 1>; };
                """,
        });
        Assert.Equal(
            [(1u, "0 929 1"), (2u, "0 928 4"), (3u, "0 930 1"), (4u, "0 5 1")],
            tree.Find("/hypervisor")!.Children
                .Where(node => node.Property("label") is not null)
                .Select(node => (node.Property("label")!.Cell(0), string.Join(' ', Cells(node, "interrupts"))))
                .OrderBy(each => each.Item1));
    }

    [Theory]
    [InlineData("D-10: a hypervisor node", """hypervisor { };""", "chosen { };", "")]
    [InlineData("no chosen node", "", "", "")]
    [InlineData("a node for buffers that cannot say where they are", "reserved-memory { #address-cells = <9>; };", "chosen { };",
        "")]
    public void D10_a_tree_that_cannot_take_the_overlay_fails_the_start(string what, string root, string chosen,
    string properties)
    {
        SecondaryVm vm = Ready(new() { Root = root, Chosen = chosen, Properties = properties });
        Assert.True(vm.TryStart() == RmError.NoResource, what);
        Assert.Equal(VmState.InitFailed, vm.State);
        vm.Reset();
        vm.Reclaim();
        vm.Deallocate();
    }

    public static TheoryData<string, string, string, string, string, string, string> BadConfigurations()
    {
        const string proxy = """affinity = "proxy";""";
        const string cpu = $"cpu@0 {{ reg = <0>; {Cpu} }};";
        return new()
        {
            { "V-14: no name", "", "", cpu, proxy, "", "" },
            { "a name that is too long", new string('n', 80), "", cpu, proxy, "", "" },
            { "a malformed GUID", "vm", """vm-guid = "00112233";""", cpu, proxy, "", "" },
            { "another operating system", "vm", """vm-type = "arm-guest";""", cpu, proxy, "", "" },
            { "D-11: memory that is no /memory", "vm", "", cpu, proxy, "",
                """memory@40000000 { device_type = "memory"; reg = <0 0 0 0>; };""" },
            { "D-13: no affinity map", "vm", "", TwoCpus, """affinity = "static";""", "", "" },
            { "an affinity map for another number of CPUs", "vm", "", TwoCpus, """affinity = "static"; affinity-map = <0>;""",
                "", "" },
            { "D-14: a second CPU that cannot be enabled", "vm", "",
                """cpu@0 { device_type = "cpu"; }; cpu@1 { device_type = "cpu"; };""", proxy, "", "" },
            { "no boot CPU", "vm", "", """cpu@0 { device_type = "cpu"; status = "disabled"; enable-method = "psci"; };""", proxy,
                "", "" },
            { "PSCI without idle states", "vm", "", TwoCpus, """affinity = "static"; affinity-map = <0 1>;""", "", "" },
            { "D-16: too many strings for the link", "vm", "", cpu, proxy,
                """r { vdevice-type = "rm-rpc"; generate = "/hypervisor/rm"; push-compatible = "a", "b", "c", "d"; };""", "" },
            { "a link without a place", "vm", "", cpu, proxy, """r { vdevice-type = "rm-rpc"; };""", "" },
            { "two links", "vm", "", cpu, proxy, VmTree.RpcLink
                + """r { vdevice-type = "rm-rpc"; generate = "/hypervisor/rm"; };""", "" },
            { "D-17: shared memory whose child has another name", "vm", "", cpu, proxy,
                """s { vdevice-type = "shm"; label = <1>; peer-default; memory@0 { }; };""", "" },
            { "a vdevice that nobody knows", "vm", "", cpu, proxy, """s { vdevice-type = "teapot"; };""", "" },
            { "a doorbell without a peer", "vm", "", cpu, proxy, """s { vdevice-type = "doorbell"; label = <1>; };""", "" },
            { "a doorbell without a label", "vm", "", cpu, proxy, """s { vdevice-type = "doorbell"; peer-default; };""", "" },
            { "a peer of no known form", "vm", "", cpu, proxy,
                """s { vdevice-type = "doorbell"; label = <1>; peer = "bob"; };""", "" },
            { "a queue in both directions", "vm", "", cpu, proxy,
                """s { vdevice-type = "message-queue"; label = <1>; peer-default; is-sender; is-receiver; };""", "" },
            { "a queue in no direction", "vm", "", cpu, proxy,
                """s { vdevice-type = "message-queue"; label = <1>; peer-default; };""", "" },
            { "a node that cannot be", "vm", "", cpu, proxy,
                """s { vdevice-type = "doorbell"; label = <1>; peer-default; generate = "/a b"; };""", "" },
        };
    }

    [Theory]
    [MemberData(nameof(BadConfigurations))]
    public void A_configuration_that_cannot_be_read_fails_the_vm(
        string what, string name, string properties, string cpus, string vcpus, string vdevices, string root)
    {
        SecondaryVm vm = Configured(new()
        {
            ImageName = name,
            Properties = properties,
            Cpus = cpus,
            Vcpus = vcpus,
            Vdevices = vdevices,
            Root = root,
        });
        HypervisorCounts before = _machine.Counts();
        Assert.True(vm.TryInitialise() == RmError.MemInvalid, $"{what}: {_machine.Notes}");
        Assert.Equal(VmState.InitFailed, vm.State);
        Assert.Equal(before, _machine.Counts());
        vm.Reset();
        vm.Reclaim();
        vm.Deallocate();
    }

    [Theory]
    [InlineData("crash-fatal without trust", """vm-attrs = "crash-fatal";""", "")]
    [InlineData("is-direct without trust", "", "is-direct;")]
    [InlineData("size-min larger than size-max", "", "size-min = <0 0x200000>; size-max = <0 0x100000>;")]
    [InlineData("memory with error correction only", "", "base-mem-constraints = <1 0>;")]
    [InlineData("a platform constraint", "", "base-mem-constraints = <0 1>;")]
    public void A_configuration_that_cannot_be_applied_fails_the_vm(string what, string properties, string memory)
    {
        SecondaryVm vm = Configured(new() { Properties = properties, Memory = "base-address = <0 0x80000000>;" + memory });
        Assert.True(vm.TryInitialise() == RmError.ArgumentInvalid, $"{what}: {_machine.Notes}");
        Assert.Equal(VmState.InitFailed, vm.State);
    }

    [Theory]
    [InlineData("<0 0x200000>", "<0 0x200000>", true, "")]
    [InlineData("<0 0x201000>", "<0 0x201000>", true, "less memory than size-min")]
    [InlineData("<0 0>", "<0 0x1ff000>", false, "larger than size-max")]
    public void An_image_may_be_as_small_and_as_large_as_is_configured(string least, string most, bool starts, string note)
    {
        string sizes = $"size-min = {least}; size-max = {most};";
        SecondaryVm vm = Ready(new() { Memory = "base-address = <0 0x80000000>;" + sizes });

        Assert.Equal(starts, vm.TryStart() == RmError.Ok);
        Assert.Equal(note.Length > 0, _machine.Notes.Contains("size-m", StringComparison.Ordinal));
        Assert.Contains(note, _machine.Notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shared memory",
        """s { vdevice-type = "shm"; label = <1>; peer-default; memory { label = <1>; allocate-base; }; };""", "")]
    [InlineData("another peer", """s { vdevice-type = "doorbell"; label = <1>; peer = "vm-name:other"; };""", "")]
    [InlineData("nobody's GUID",
        """s { vdevice-type = "doorbell"; label = <1>; peer = "vm-guid:00000000-0000-0000-0000-000000000000"; };""", "")]
    [InlineData("a link of small messages",
        """r { vdevice-type = "rm-rpc"; generate = "/hypervisor/rm"; message-size = <64>; };""", "")]
    [InlineData("a queue of no depth",
        """s { vdevice-type = "message-queue"; label = <1>; peer-default; is-sender; queue-depth = <0>; };""", "")]
    [InlineData("the same interrupt twice", """
        a { vdevice-type = "doorbell"; label = <1>; peer-default; interrupts = <0 5 1>; };
        b { vdevice-type = "doorbell"; label = <2>; peer-default; interrupts = <0 5 1>; };
        """, "")]
    [InlineData("a priority that is not below the owner's", "", """cpu-idle-states = <0>;""")]
    public void What_cannot_be_made_fails_the_vm_and_leaves_nothing(string what, string vdevices, string idle)
    {
        VmTree tree = new() { Vdevices = VmTree.RpcLink + vdevices };
        if (vdevices.Contains("rm-rpc", StringComparison.Ordinal))
            tree = tree with { Vdevices = vdevices };
        if (idle.Length > 0)
        {
            tree = tree with
            {
                Cpus = $"cpu@0 {{ reg = <0>; {Cpu} {idle} }};",
                Vcpus = """affinity = "static"; affinity-map = <0>; sched-timeslice = <5000>;""",
            };
        }
        SecondaryVm vm = Configured(tree);
        HypervisorCounts before = _machine.Counts();
        Assert.True(vm.TryInitialise() == RmError.NoResource, $"{what}: {_machine.Notes}");
        Assert.Equal(before, _machine.Counts());
        vm.Reset();
    }

    [Fact]
    public void A_vm_that_the_hypervisor_schedules_runs_by_itself()
    {
        SecondaryVm vm = SecondaryVm.Launch(_machine, new()
        {
            Cpus = $"cpu@0 {{ reg = <0>; {Cpu} cpu-idle-states = <0>; }};",
            Vcpus = """affinity = "static"; affinity-map = <3>; sched-priority = <(-1)>; sched-timeslice = <5000>;""",
        });
        HypervisorResource vcpu = Assert.Single(vm.Resources, resource => resource.Type == ResourceType.VirtualCpu);
        Assert.Equal((3u, HypervisorResource.NoVirq), (vcpu.Label, vcpu.Virq));
        Assert.Equal(vm.Vmid, vm.Link.Call<EmptyPayload, VmidReply>(RmMessageId.VmGetVmid, default).Vmid);
    }

    [Fact]
    public void D22_ram_that_follows_the_image_is_one_range_with_it()
    {
        SecondaryVm vm = SecondaryVm.Allocate(_machine);
        vm.Lend(new());
        const ulong more = 0x400_0000;
        _machine.Hlos.Call(
            RmMessageId.MemLend,
            new MemoryCreateRequest(MemoryType.Normal, MemoryCreateFlags.None, 0, [new(vm.Vmid, MemoryRights.All)],
                [new(0x6000_0000, more)], default));
        vm.Configure();
        vm.Initialise();
        vm.Start();
        Tree tree = Vectors.TreeOf(_machine.Events.Devicetree("vm", DevicetreeStage.Final));
        Assert.Equal([0u, 0x8000_0000u, 0u, (uint)(SecondaryVm.ImageSize + more)], Cells(tree.Find("/memory")!, "reg"));
        Assert.True(vm.Vcpu.TryWrite(0x8000_0000 + SecondaryVm.ImageSize + more - 8, new byte[8]));
    }

    [Fact]
    public void An_image_in_scattered_pieces_is_one_range_to_the_vm_and_its_tree_may_lie_across_them()
    {
        SecondaryVm vm = SecondaryVm.Allocate(_machine);
        vm.Write(new());
        // The second half lies elsewhere, and the cut goes through the devicetree.
        const ulong cut = SecondaryVm.DevicetreeOffset + 0x1000;
        const ulong elsewhere = 0x7000_0000;
        var rest = new byte[SecondaryVm.ImageSize - cut];
        Assert.True(_machine.Primary.TryRead(vm.Memory + cut, rest));
        Assert.True(_machine.Primary.TryWrite(elsewhere, rest));
        byte[] blob = new VmTree().Blob;
        var padded = new byte[0x1800];
        blob.CopyTo(padded, 0);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(padded.AsSpan(4), (uint)padded.Length);
        Assert.True(_machine.Primary.TryWrite(vm.Memory + SecondaryVm.DevicetreeOffset, padded.AsSpan(0, 0x1000)));
        Assert.True(_machine.Primary.TryWrite(elsewhere, padded.AsSpan(0x1000)));
        uint handle = _machine.Hlos.Call<MemoryCreateRequest, MemoryHandleReply>(
            RmMessageId.MemLend,
            new(
                MemoryType.Normal, MemoryCreateFlags.None, 0, [new(vm.Vmid, MemoryRights.All)],
                [new(vm.Memory, cut), new(elsewhere, SecondaryVm.ImageSize - cut)], default)).Handle;
        Assert.Equal(RmError.Ok, _machine.Hlos.Error(RmMessageId.VmConfigImage,
            vm.ConfigureRequest with { MemoryParcel = handle }));
        vm.Initialise();
        vm.Start();
        byte[] final = _machine.Events.Devicetree("vm", DevicetreeStage.Final);
        var there = new byte[final.Length];
        Assert.True(vm.Vcpu.TryRead(0x8000_0000 + SecondaryVm.DevicetreeOffset, there));
        Assert.Equal(final, there);
    }

    [Fact]
    public void Other_memory_is_described_as_a_buffer()
    {
        SecondaryVm vm = SecondaryVm.Allocate(_machine);
        vm.Lend(new());
        _machine.Hlos.Call(
            RmMessageId.MemShare,
            new MemoryCreateRequest(
                MemoryType.Normal, MemoryCreateFlags.None, 7,
                [new(vm.Vmid, MemoryRights.Read | MemoryRights.Write), new(3, MemoryRights.All)],
                [new(0x6000_0000, 0x2000)], default));
        vm.Configure();
        vm.Initialise();
        vm.Start();
        Tree tree = Vectors.TreeOf(_machine.Events.Devicetree("vm", DevicetreeStage.Final));
        Node buffer = Assert.Single(tree.Find("/reserved-memory")!.Children);
        Assert.Equal("buffer@40000000", buffer.Name);
        Assert.Equal([0u, 0x4000_0000u, 0u, 0x2000u], Cells(buffer, "reg"));
        Assert.Equal([vm.Vmid, 3u], Cells(buffer, "peers"));
        Assert.Equal([1u], Cells(buffer, "qcom,rm-mem-handle"));
        Assert.Equal([7u], Cells(buffer, "qcom,label"));
        Assert.NotNull(buffer.Phandle);
        Assert.True(vm.Vcpu.TryWrite(0x4000_0000, [5]));
    }

    [Fact]
    public void A_gic_without_addresses_gets_the_hypervisors()
    {
        Tree tree = Final(new() { GicReg = "", Cpus = TwoCpus });
        Node gic = tree.Find("/intc@3fff0000")!;
        Assert.Equal([0u, 0x0800_0000u, 0u, 0x1_0000u, 0u, 0x080A_0000u, 0u, 0x4_0000u], Cells(gic, "reg"));
        Assert.Equal([1u], Cells(gic, "#redistributor-regions"));
    }

    [Theory]
    [InlineData(Guest.Platform.Dialect.V6, "gunyah-hypervisor-1.0,gunyah-hypervisor",
        "gunyah-resource-manager-1-0,gunyah-resource-manager")]
    [InlineData(Guest.Platform.Dialect.Upstream, "gunyah-hypervisor", "gunyah-resource-manager")]
    public void A_secondary_vm_finds_the_dialect_that_was_asked_for(Guest.Platform.Dialect dialect, string hypervisor,
    string manager)
    {
        var machine = new TestMachine(options: new() { Dialect = dialect });
        SecondaryVm.Launch(machine);
        Tree tree = Vectors.TreeOf(machine.Events.Devicetree("vm", DevicetreeStage.Final));
        Assert.Equal(hypervisor, Strings(tree.Find("/hypervisor")!));
        Node rm = tree.Find("/hypervisor/rm@0")!;
        Assert.Equal(manager, Strings(rm));
        Assert.Equal(["compatible", "interrupts", "reg"], rm.Properties.Select(property => property.Name).Order());
    }

    [Fact]
    public void An_image_must_be_lent_to_the_vm_alone_where_the_platform_is_not_for_debugging()
    {
        var machine = new TestMachine(options: new() { AcceptsSharedImages = false });
        SecondaryVm vm = SecondaryVm.Allocate(machine);
        vm.Share(new());
        vm.Configure();
        vm.Initialise();
        Assert.Equal(RmError.NoResource, vm.TryStart());
        SecondaryVm.Launch(machine, memory: 0x5100_0000);
    }

    [Fact]
    public void A_devicetree_without_room_to_grow_fails_the_start()
    {
        SecondaryVm vm = SecondaryVm.Allocate(_machine);
        vm.Lend(new());
        ulong exact = (ulong)new VmTree().Blob.Length;
        Assert.Equal(
            RmError.Ok,
            _machine.Hlos.Error(RmMessageId.VmConfigImage, vm.ConfigureRequest with { DevicetreeSize = exact }));
        vm.Initialise();
        Assert.Equal(RmError.NoResource, vm.TryStart());
    }

    /// <summary>
    /// gunyah-rm.md 7.3, step 4: what is merged in a buffer needs no room of its own, larger trees twice their size.
    /// </summary>
    [Theory]
    [InlineData(1_000, -1_000, RmError.Ok)]
    [InlineData(20_000, 0, RmError.Ok)]
    [InlineData(20_000, -1, RmError.NoResource)]
    public void A_devicetree_that_is_merged_in_place_needs_twice_the_room_of_the_finished_one(
        int padding, int less, RmError expected)
    {
        string bytes = string.Concat(Enumerable.Repeat("5a", padding));
        var tree = new VmTree { Root = $"padding {{ bytes = [{bytes}]; }};" };
        var first = new TestMachine();
        SecondaryVm.Launch(first, tree);
        long finished = (tree.Blob.Length + 3 & -4) + first.Events.Devicetree("vm", DevicetreeStage.Overlay).Length;

        SecondaryVm vm = SecondaryVm.Allocate(_machine);
        vm.Lend(tree);
        Assert.Equal(
            RmError.Ok,
            _machine.Hlos.Error(
                RmMessageId.VmConfigImage, vm.ConfigureRequest with { DevicetreeSize = (ulong)((2 * finished) + less) }));
        vm.Initialise();
        Assert.Equal(expected, vm.TryStart());
    }

    private SecondaryVm Configured(VmTree tree)
    {
        SecondaryVm vm = SecondaryVm.Allocate(_machine);
        vm.Lend(tree);
        vm.Configure();
        return vm;
    }

    private SecondaryVm Ready(VmTree tree)
    {
        SecondaryVm vm = Configured(tree);
        vm.Initialise();
        return vm;
    }

    private Tree Final(VmTree tree)
    {
        SecondaryVm.Launch(_machine, tree);
        return Vectors.TreeOf(_machine.Events.Devicetree("vm", DevicetreeStage.Final));
    }

    private static uint[] Cells(Node node, string name) =>
        node.Property(name)!.TryGetCells(out uint[]? cells) ? cells : [];

    private static string Strings(Node node) =>
        node.Property("compatible")!.TryGetStrings(out string[]? strings) ? string.Join(',', strings) : "";
}
