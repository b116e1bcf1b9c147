using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Rpc;
using Gunyah.Abi.Vcpus;
using Gunyah.Guest.Kernel;
using Gunyah.Guest.Mailboxes;
using Gunyah.Guest.Rpc;
using Gunyah.Guest.Tests.Fakes;
using Gunyah.Guest.VmManager;

namespace Gunyah.Guest.Tests.VmManager;

public class VirtualMachineTests
{
    private const ulong MemoryAddress = 0x5000_0000;
    private const int MemorySize = 0x10_0000;
    private const ulong VcpuCap = 20;
    private const uint WakeupIntid = 970;

    private static readonly byte[] _image = [1, 2, 3, 4, 5];

    private readonly FakeVcpu _vcpu = new();
    private readonly FakeServer _server;
    private readonly FakeResourceManager _manager;
    private readonly byte[] _memory;
    private readonly List<string> _log = [];
    private readonly Queue<VcpuRunResult> _runs = new();
    private readonly FakeQueue _toVm;
    private readonly FakeQueue _fromVm;
    private bool _vmIsOn;

    public VirtualMachineTests()
    {
        _server = new(_vcpu);
        _memory = _vcpu.Memory.Map(MemoryAddress, MemorySize);
        _toVm = _vcpu.AddQueue(21, new(4));
        _fromVm = _vcpu.AddQueue(22, new(4) { NotEmpty = () => _vcpu.Controller.Assert(972) });
        _manager = new(_server)
        {
            OnPower = on =>
            {
                _vmIsOn = on;
                _vcpu.Controller.Assert(WakeupIntid);
            },
            Resources =
            [
                Resource(ResourceType.VirtualCpu, 0, VcpuCap, WakeupIntid),
                Resource(ResourceType.MessageQueueSend, 5, 21, 971),
                Resource(ResourceType.MessageQueueReceive, 5, 22, 972),
                Resource(ResourceType.DoorbellSource, 1, 23, 0),
            ],
        };
        _vcpu.OnCall = Hypercall;
    }

    [Fact]
    public void A_vm_is_made_started_used_stopped_and_destroyed_in_the_order_of_the_protocol()
    {
        Run(async (context, client) =>
        {
            VmCreation creation = await VirtualMachine.CreateAsync(context, client, Settings());
            VirtualMachine machine = creation.Machine!;
            Assert.Empty(creation.Failures);
            Assert.Equal((FakeResourceManager.Vmid, VmState.Ready), (machine.Vmid, machine.State));

            MailboxChannel channel = machine.OpenMailbox(5,
                new() { RxCallback = (_, message) => _log.Add(Convert.ToHexString(message)) })!;
            Assert.Null(await machine.StartAsync());
            Assert.Equal(VmState.Running, machine.State);
            Assert.True((await channel.SendAsync(new byte[] { 0xAA })).IsSent);
            _fromVm.Put(0xBB);
            await context.YieldAsync();
            await context.YieldAsync();

            Assert.Null(await machine.StopAsync());
            Assert.Equal(VmExitType.VmStopForced, (await machine.WaitForExitAsync())!.Value.Type);
            Assert.Empty(await machine.DestroyAsync());
            Assert.Equal(VmState.None, machine.State);
            Assert.False(channel.IsBound);
            Assert.True(machine.Vcpus[0].HasEnded);
        });

        Assert.Equal([0xAA], _toVm.Take());
        Assert.Equal(["BB"], _log);
        Assert.Equal(
            [
                RmMessageId.VmAllocate, RmMessageId.MemLend, RmMessageId.VmConfigImage, RmMessageId.VmInit,
                RmMessageId.VmGetHypResources, RmMessageId.VmStart, RmMessageId.VmStop, RmMessageId.VmGetState,
                RmMessageId.VmReset, RmMessageId.VmGetState, RmMessageId.MemReclaim, RmMessageId.VmDeallocate,
            ],
            _manager.Log);
        AssertNothingLeft();
    }

    [Fact]
    public void Image_and_devicetree_are_in_memory_and_the_requests_say_where()
    {
        byte[] tree = new VmConfiguration { ImageName = "test" }.ToBlob();
        Array.Fill(_memory, (byte)0xCC);
        Run(async (context, client) =>
        {
            VmCreation creation = await VirtualMachine.CreateAsync(context, client, Settings() with { Devicetree = tree });
            Assert.Empty(await creation.Machine!.DestroyAsync());
        });

        MemoryCreateRequest parcel = _manager.LastParcel!.Value;
        Assert.Equal([new(FakeResourceManager.Vmid, MemoryRights.All)], parcel.Acl);
        Assert.Equal([new(MemoryAddress, MemorySize)], parcel.Sgl);
        Assert.Equal(0u, parcel.Label);
        VmConfigImageRequest image = _manager.Image!.Value;
        Assert.Equal((0u, 0UL, 0UL, 0x1000UL), (image.MemoryParcel, image.ImageOffset, image.ImageSize, image.DevicetreeOffset));
        Assert.True(image.DevicetreeSize >= 2 * ((ulong)tree.Length + (16 * 1024)) && image.DevicetreeSize % 4096 == 0);
        Assert.Equal(_image, _memory[.._image.Length]);
        Assert.Equal(tree, _memory[0x1000..(0x1000 + tree.Length)]);
        Assert.All(_memory[(0x1000 + tree.Length)..(int)(0x1000 + image.DevicetreeSize)], value => Assert.Equal(0, value));
        Assert.Equal(0xCC, _memory[(int)(0x1000 + image.DevicetreeSize)]);
    }

    [Theory]
    [InlineData(RmMessageId.VmAllocate, VmStep.Allocate)]
    [InlineData(RmMessageId.MemLend, VmStep.GiveMemory)]
    [InlineData(RmMessageId.VmConfigImage, VmStep.ConfigureImage)]
    [InlineData(RmMessageId.VmInit, VmStep.Initialise)]
    [InlineData(RmMessageId.VmGetHypResources, VmStep.GetResources)]
    public void A_step_that_fails_undoes_every_step_before_it(RmMessageId failing, VmStep step)
    {
        foreach (bool changesState in (bool[])[true, false])
        {
            _manager.FailuresChangeState = changesState;
            _manager.Failures[failing] = RmError.NoResource;
            int before = _manager.Log.Count;
            Run(async (context, client) =>
            {
                VmCreation creation = await VirtualMachine.CreateAsync(context, client, Settings());
                Assert.Null(creation.Machine);
                VmFailure failure = creation.Failures[0];
                Assert.Equal((step, RmError.NoResource), (failure.Step, failure.Reply!.Value.Error));
                client.Close();

                // In INIT after a failed VM_INIT there is no way out but VM_INIT again, which fails again.
                bool stuck = failing == RmMessageId.VmInit && !changesState;
                Assert.Equal(stuck, creation.Failures.Length > 1);
            });
            Assert.Contains(failing, _manager.Log.Skip(before));
            if (failing != RmMessageId.VmInit || changesState)
                AssertNothingLeft();
            else
                break;
        }
    }

    [Fact]
    public void A_vm_that_does_not_start_can_still_be_destroyed()
    {
        _manager.Failures[RmMessageId.VmStart] = RmError.NoResource;
        Run(async (context, client) =>
        {
            VirtualMachine machine = (await VirtualMachine.CreateAsync(context, client, Settings())).Machine!;
            Assert.Equal(VmStep.Start, (await machine.StartAsync())!.Step);
            Assert.Equal(VmState.InitFailed, machine.State);
            Assert.Empty(await machine.DestroyAsync());
        });
        AssertNothingLeft();
    }

    [Fact]
    public void A_reply_that_was_lost_changes_nothing_about_the_way_back()
    {
        _manager.Unanswered.Add(RmMessageId.VmStart);
        GuestKernel kernel = Run(
            async (context, client) =>
            {
                VirtualMachine machine = (await VirtualMachine.CreateAsync(context, client, Settings())).Machine!;
                VmFailure? failure = await machine.StartAsync();
                Assert.Equal(RpcStatus.TimedOut, failure!.Reply!.Value.Status);
                Assert.Empty(await machine.DestroyAsync());
            },
            completes: false);

        _vcpu.Advance(ResourceManagerClient.DefaultTimeLimit);
        Exchange(kernel);

        Assert.True(kernel.IsMainCompleted);
        AssertNothingLeft();
    }

    [Fact]
    public void A_cancelled_creation_stops_between_two_steps_and_leaves_nothing()
    {
        for (int calls = 0; calls < 5; calls++)
        {
            using var source = new CancellationTokenSource();
            int remaining = calls;
            Func<RpcHeader, byte[], byte[]?> answer = _server.OnRequest!;
            if (remaining == 0)
                source.Cancel();
            _server.OnRequest = (header, payload) =>
            {
                if (--remaining == 0)
                    _cancel = source;
                return answer(header, payload);
            };
            Run(async (context, client) =>
            {
                VmCreation creation = await VirtualMachine.CreateAsync(context, client, Settings(), source.Token);
                Assert.Null(creation.Machine);
                Assert.Equal("cancelled", Assert.Single(creation.Failures).Message);
                client.Close();
            });
            _server.OnRequest = answer;
            AssertNothingLeft();
        }
    }

    [Fact]
    public void Bad_settings_and_memory_that_cannot_be_written_are_refused()
    {
        Run(async (context, client) =>
        {
            await Fails(VmStep.Settings, Settings() with { MemoryAddress = MemoryAddress + 8 });
            await Fails(VmStep.Settings, Settings() with { MemorySize = 0 });
            await Fails(VmStep.Settings, Settings() with { MemorySize = 0x2000 });
            await Fails(VmStep.Settings, Settings() with { MoreMemory = [new(1, 5, 4096)] });
            Assert.Empty(_manager.Log);
            await Fails(VmStep.CopyImage, Settings() with { MemoryAddress = 0x9000_0000 });

            async Task Fails(VmStep step, VmSettings settings)
            {
                VmCreation creation = await VirtualMachine.CreateAsync(context, client, settings);
                Assert.Equal(step, Assert.Single(creation.Failures).Step);
            }
        });
        AssertNothingLeft();
    }

    [Fact]
    public void Shared_memory_lists_the_owner_too()
    {
        Run(async (context, client) =>
        {
            VmSettings settings = Settings() with { MoreMemory = [new(9, 0x6000_0000, 0x2000, IsShared: true)] };
            VmCreation creation = await VirtualMachine.CreateAsync(context, client, settings);
            Assert.Equal(2, _manager.Parcels.Count);
            Assert.Empty(await creation.Machine!.DestroyAsync());
        });
        MemoryCreateRequest parcel = _manager.LastParcel!.Value;
        Assert.Equal([new(FakeResourceManager.Vmid, MemoryRights.All), new(3, MemoryRights.All)], parcel.Acl);
        Assert.Equal(9u, parcel.Label);
        AssertNothingLeft();
    }

    [Fact]
    public void A_vm_that_ends_by_itself_is_heard_of_and_destroyed_without_a_stop()
    {
        Run(async (context, client) =>
        {
            VirtualMachine machine = (await VirtualMachine.CreateAsync(context, client, Settings())).Machine!;
            await machine.StartAsync();
            Assert.Null(await machine.WaitForExitAsync(context.Timers.After(TimeSpan.Zero)));
            _manager.VmExits(VmExitType.PlatformOff);
            Assert.Equal(VmExitType.PlatformOff, (await machine.WaitForExitAsync())!.Value.Type);
            Assert.Empty(await machine.DestroyAsync());
        });
        Assert.DoesNotContain(RmMessageId.VmStop, _manager.Log);
        AssertNothingLeft();
    }

    [Fact]
    public void A_running_vm_is_stopped_by_destroying_it()
    {
        Run(async (context, client) =>
        {
            VirtualMachine machine = (await VirtualMachine.CreateAsync(context, client, Settings())).Machine!;
            await machine.StartAsync();
            Assert.Empty(await machine.DestroyAsync());
            Assert.Empty(await machine.DestroyAsync());
            Assert.Equal(VmExitType.VmStopForced, machine.Exit!.Value.Type);
        });
        AssertNothingLeft();
    }

    [Fact]
    public void What_cannot_be_taken_back_is_reported_and_the_rest_is_taken_back()
    {
        _manager.ResetHangs = true;
        GuestKernel kernel = Run(
            async (context, client) =>
            {
                VirtualMachine machine = (await VirtualMachine.CreateAsync(context, client, Settings())).Machine!;
                foreach (VmFailure failure in await machine.DestroyAsync())
                    _log.Add($"{failure.Step}");
            },
            completes: false);

        _vcpu.Advance(TimeSpan.FromSeconds(30));
        Exchange(kernel);

        Assert.Equal(["Reset", "Reclaim", "Deallocate"], _log);
        Assert.False(_vcpu.Controller[WakeupIntid].Enabled);
    }

    [Fact]
    public void A_vm_that_does_not_settle_is_asked_eight_times_and_given_up()
    {
        Func<RpcHeader, byte[], byte[]?> answer = _server.OnRequest!;
        int asked = 0;
        Run(async (context, client) =>
        {
            VirtualMachine machine = (await VirtualMachine.CreateAsync(context, client, Settings())).Machine!;
            _server.OnRequest = (header, payload) =>
            {
                if (header.MessageId != RmMessageId.VmGetState)
                    return header.MessageId == RmMessageId.VmInit ? [0, 0, 0, 0] : answer(header, payload);
                asked++;
                return [0, 0, 0, 0, .. new VmStateReply(VmState.Init, OsState.None, 0).ToBytes()];
            };
            Assert.Contains(await machine.DestroyAsync(), failure =>
                failure.Message == "the VM does not settle, it is in the state Init");
        });
        Assert.Equal(8, asked);
    }

    [Fact]
    public void A_vcpu_is_run_again_after_each_state_as_its_meaning_demands()
    {
        var accesses = new List<VmmioAccess>();
        var resumes = new List<ulong>();
        VcpuRunResult[] states =
        [
            new(VcpuRunState.Ready, 0, 0, 0),
            new(VcpuRunState.Blocked, 0, 0, 0),
            new(VcpuRunState.VmmioRead, 0x1000, 4, 0),
            new(VcpuRunState.VmmioWrite, 0x1004, 2, 99),
            new(VcpuRunState.ExpectsWakeup, 0, 1, 0),
        ];
        foreach (VcpuRunResult state in states)
            _runs.Enqueue(state);
        GuestKernel kernel = Run(
            async (context, client) =>
            {
                VmSettings settings = Settings() with
                {
                    Vmmio = access =>
                    {
                        accesses.Add(access);
                        return 77;
                    },
                };
                _onRun = resume => resumes.Add(resume.X1);
                VirtualMachine machine = (await VirtualMachine.CreateAsync(context, client, settings)).Machine!;
                await machine.StartAsync();
                while (machine.Vcpus[0].Runs < 5)
                    await context.YieldAsync();
                _log.Add($"{machine.Vcpus[0].LastResult.State}");
                await machine.WaitForExitAsync();
                Assert.Empty(await machine.DestroyAsync());
            },
            completes: false);
        Assert.Equal(["ExpectsWakeup"], _log);
        Assert.Equal([new(0x1000, 4, false, 0), new(0x1004, 2, true, 99)], accesses);

        // The sixth run is for the wake-up that switching the vCPU on has raised.
        Assert.Equal([0, 0, 0, 77, 0, 0], resumes);

        // A reset is reported until the Resource Manager has killed the vCPU.
        _runs.Enqueue(new(VcpuRunState.PsciSystemReset, 1UL << 63, 0, 0));
        _vcpu.Controller.Assert(WakeupIntid);
        _vcpu.RunToIdle(kernel);
        Assert.Equal(7, resumes.Count);
        _manager.VmExits(VmExitType.PlatformReset);
        Exchange(kernel);
        Assert.True(kernel.IsMainCompleted);
        AssertNothingLeft();
    }

    [Fact]
    public void The_owners_own_tasks_get_their_turn_while_a_vcpu_is_always_ready()
    {
        Run(async (context, client) =>
        {
            VirtualMachine machine = (await VirtualMachine.CreateAsync(context, client, Settings())).Machine!;
            _alwaysReady = true;
            await machine.StartAsync();
            ulong before = machine.Vcpus[0].Runs;
            for (int i = 0; i < 10; i++)
                await context.YieldAsync();
            Assert.InRange(machine.Vcpus[0].Runs - before, 9UL, 11UL);
            Assert.Empty(await machine.DestroyAsync());
        });
        AssertNothingLeft();
    }

    [Fact]
    public void A_vcpu_that_the_hypervisor_schedules_is_not_run()
    {
        _manager.Resources = [Resource(ResourceType.VirtualCpu, 3, VcpuCap, HypervisorResource.NoVirq)];
        Run(async (context, client) =>
        {
            VirtualMachine machine = (await VirtualMachine.CreateAsync(context, client, Settings())).Machine!;
            await machine.StartAsync();
            await context.YieldAsync();
            Assert.Equal(0UL, machine.Vcpus[0].Runs);
            Assert.Null(machine.Vcpus[0].Vcpu.WakeupIntid);
            Assert.Empty(await machine.DestroyAsync());
        });
        AssertNothingLeft();
    }

    [Fact]
    public void A_wakeup_interrupt_that_is_taken_undoes_the_creation()
    {
        Run(async (context, client) =>
        {
            using InterruptRegistration other = context.Interrupts.Request(WakeupIntid, InterruptTrigger.EdgeRising, () => { });
            VmCreation creation = await VirtualMachine.CreateAsync(context, client, Settings());
            Assert.Equal(VmStep.GetResources, Assert.Single(creation.Failures).Step);
            Assert.True(_vcpu.Controller[WakeupIntid].Enabled);
        });
        AssertNothingLeft();
    }

    [Fact]
    public void A_label_without_a_queue_opens_no_mailbox()
    {
        Run(async (context, client) =>
        {
            VirtualMachine machine = (await VirtualMachine.CreateAsync(context, client, Settings())).Machine!;
            Assert.Null(machine.OpenMailbox(6, new()));
            Assert.NotNull(machine.OpenMailbox(5, new()));
            Assert.Null(machine.OpenMailbox(5, new()));
            Assert.Empty(await machine.DestroyAsync());
        });
    }

    private CancellationTokenSource? _cancel;
    private Action<HypercallArguments>? _onRun;
    private bool _alwaysReady;

    [Fact]
    public void Another_vms_exit_and_state_are_not_this_ones()
    {
        Run(async (context, client) =>
        {
            VirtualMachine machine = (await VirtualMachine.CreateAsync(context, client, Settings())).Machine!;
            Assert.Null(await machine.StartAsync());
            const ushort other = FakeResourceManager.Vmid + 1;
            _server.Notify(RmMessageId.VmStatus, new VmStatusNotification(other, VmState.Exited, OsState.None, 0));
            _server.Notify(RmMessageId.VmExited, new VmExitedNotification(other, VmExitType.VmExit, default, default));
            Assert.Null(await machine.WaitForExitAsync(context.Timers.After(TimeSpan.Zero)));
            for (int i = 0; i < 10; i++)
                await context.YieldAsync();
            Assert.Equal(VmState.Running, machine.State);
            Assert.Null(machine.Exit);

            Assert.Null(await machine.StopAsync());
            Assert.Equal(FakeResourceManager.Vmid, (await machine.WaitForExitAsync())!.Value.Vmid);
            Assert.Empty(await machine.DestroyAsync());
        });
    }

    private static HypervisorResource Resource(ResourceType type, uint label, ulong cap, uint virq) =>
        new(type, type == ResourceType.VirtualCpu ? (ushort)0 : FakeResourceManager.Vmid, 0, label, cap, 0, virq, 0, 0);

    private static VmSettings Settings() => new()
    {
        MemoryAddress = MemoryAddress,
        MemorySize = MemorySize,
        Image = _image,
        Devicetree = new VmConfiguration { ImageName = "test" }.ToBlob(),
    };

    private HypercallResult Hypercall(HypercallRow number, HypercallArguments arguments)
    {
        Assert.Equal((VcpuCalls.Run, VcpuCap), (number, arguments.X0));
        _onRun?.Invoke(arguments);
        if (!_vmIsOn)
            return Result(new(VcpuRunState.PoweredOff, 1, 0, 0));
        if (_runs.TryDequeue(out VcpuRunResult next))
            return Result(next);
        return Result(new(_alwaysReady ? VcpuRunState.Ready : VcpuRunState.ExpectsWakeup, 0, _alwaysReady ? 0UL : 1, 0));

        static HypercallResult Result(VcpuRunResult run) => new(0, (ulong)run.State, run.Data0, run.Data1, run.Data2);
    }

    private GuestKernel Run(Func<GuestContext, ResourceManagerClient, Task> main, bool completes = true)
    {
        var kernel = new GuestKernel(async context =>
        {
            context.Spawn(() => CancelOnDemand(context));
            ResourceManagerClient? client = ResourceManagerClient.Open(context, FakeServer.Channel(context));
            await main(context, client!);
        });
        Exchange(kernel);
        Assert.Equal(completes, kernel.IsMainCompleted);
        return kernel;
    }

    /// <summary>Cancels on the guest's own thread of control, once the server has said so.</summary>
    private async Task CancelOnDemand(GuestContext context)
    {
        for (int i = 0; i < 100; i++)
        {
            _cancel?.Cancel();
            _cancel = null;
            await context.YieldAsync();
        }
    }

    private void Exchange(GuestKernel kernel)
    {
        for (int i = 0; i < 10_000; i++)
        {
            VcpuStep step = kernel.Run(_vcpu, 1);
            if (!_server.Serve() && step == VcpuStep.WaitForInterrupt)
                return;
        }
        Assert.Fail("the guest never came to rest");
    }

    private void AssertNothingLeft()
    {
        Assert.Equal(VmState.None, _manager.State);
        Assert.Empty(_manager.Parcels);
        Assert.False(_vcpu.Controller[971].Enabled || _vcpu.Controller[972].Enabled);
    }
}
