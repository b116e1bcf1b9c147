using System.Buffers.Binary;
using Gunyah.Aarch64.Interpreting;
using Gunyah.Aarch64.Tests.Harness;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Aarch64.Tests.Interpreting;

/// <summary>What an engine keeps to while it waits for others: devices, a debugger, memory that changes hands.</summary>
public sealed class EngineTests : IDisposable
{
    private const ulong Start = BareCore.RamBase;
    private const ulong Device = 0x0900_0000;

    private readonly BareVcpu _vcpu = new();

    public EngineTests()
    {
        _vcpu.Registers.Pc = Start;
        _vcpu.Registers.X[0] = Device;
    }

    public void Dispose() => _vcpu.Dispose();

    [Fact]
    public void A_load_from_a_device_runs_again_with_the_answer()
    {
        Load(A64.Ldr(1, 0), A64.Stay);
        using var engine = new Aarch64Engine(new());
        VcpuExit exit = engine.Run(_vcpu, 1);
        Assert.Equal((VcpuExitKind.DeviceAccess, new DeviceAccess(Device, 8, IsWrite: false)), (exit.Kind, exit.Access));
        engine.Complete(DeviceAnswer.Done, 42);
        Assert.Equal(VcpuExitKind.BudgetUsed, engine.Run(_vcpu, 1).Kind);
        Assert.Equal(42ul, _vcpu.Registers.X[1]);
    }

    /// <summary>Between an access and its answer others run, and may take memory away.</summary>
    [Fact]
    public void Memory_that_was_taken_away_during_an_access_is_not_run_any_more()
    {
        Load(A64.Ldr(1, 0), A64.Stay);
        using var engine = new Aarch64Engine(new());
        Assert.Equal(VcpuExitKind.DeviceAccess, engine.Run(_vcpu, 1).Kind);
        _vcpu.Ram.Replace();
        Load(A64.Add(5, 5, 1), A64.Stay);
        engine.Complete(DeviceAnswer.Done, 42);
        engine.Run(_vcpu, 1);
        Assert.Equal((0ul, 1ul), (_vcpu.Registers.X[1], _vcpu.Registers.X[5]));
    }

    [Fact]
    public void Memory_that_is_taken_away_while_a_DSB_waits_is_not_run_any_more()
    {
        Load(A64.Sys("TLBI VMALLE1IS", 31), A64.DsbIsh, A64.Add(1, 1, 1), A64.Stay);
        var cluster = new Cluster();
        using var other = new Core(cluster) { Affinity = 1 };
        cluster.Add(other);
        other.Inbox.Enter(other.Mmu);
        using var engine = new Aarch64Engine(cluster);
        int polls = 0;
        _vcpu.Ram.OnPoll = () =>
        {
            // The first safe point is that of the run's beginning.
            if (++polls != 2)
                return;
            _vcpu.Ram.Replace();
            Load(A64.Nop, A64.Nop, A64.Add(1, 1, 16), A64.Stay);
            other.Inbox.Leave();
        };
        engine.Run(_vcpu, 1);
        Assert.True(polls > 1);
        Assert.Equal(16ul, _vcpu.Registers.X[1]);
    }

    [Theory]
    [InlineData(InterruptLine.None, 0)]
    [InlineData(InterruptLine.Irq, 0x80)]
    [InlineData(InterruptLine.Fiq, 0x40)]
    public void What_is_pending_is_read_while_it_is_masked(InterruptLine line, ulong pending)
    {
        Load(A64.Mrs(1, "ISR_EL1"), A64.Stay);
        _vcpu.Line = line;
        using var engine = new Aarch64Engine(new());
        engine.Run(_vcpu, 1);
        Assert.Equal(pending, _vcpu.Registers.X[1]);
    }

    [Fact]
    public void An_access_that_a_debugger_let_pass_reaches_the_device_once()
    {
        Load(A64.Ldr(1, 0), A64.Stay);
        var debugger = new Passing();
        debugger.Stops.SetBreakpoint(Start, on: true);
        using var engine = new Aarch64Engine(new() { Debugger = debugger });
        Assert.Equal(VcpuExitKind.DeviceAccess, engine.Run(_vcpu, 1).Kind);
        engine.Complete(DeviceAnswer.Done, 42);
        Assert.Equal(VcpuExitKind.BudgetUsed, engine.Run(_vcpu, 1).Kind);
        Assert.Equal((1, 42ul), (debugger.Stands, _vcpu.Registers.X[1]));
    }

    /// <summary>Of a core that begins and one that posts, at least one must see the other.</summary>
    [Fact]
    public void A_core_that_begins_follows_what_was_posted_or_is_waited_for()
    {
        const int Rounds = 100_000;
        using var core = new Core(new());
        Inbox inbox = core.Inbox;
        int round = 0;
        int entered = 0;
        bool hasMissed = false;
        var begins = new Thread(() =>
        {
            for (int i = 1; i <= Rounds; i++)
            {
                while (Volatile.Read(ref round) != i)
                    Thread.SpinWait(1);
                inbox.Enter(core.Mmu);
                Volatile.Write(ref entered, i);
            }
        });
        begins.Start();
        for (int i = 1; i <= Rounds; i++)
        {
            Volatile.Write(ref round, i);
            inbox.Post(new(InvalidationKind.Asid, 1));
            bool isAwaited = inbox.MustBeAwaited;
            while (Volatile.Read(ref entered) != i)
                Thread.SpinWait(1);
            hasMissed |= !isAwaited && inbox.MustBeAwaited;
            inbox.Follow(core.Mmu);
            inbox.Leave();
        }

        begins.Join();
        Assert.False(hasMissed);
    }

    private void Load(params ReadOnlySpan<uint> words)
    {
        for (int i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(_vcpu.Ram.At(Start + (ulong)(i * 4)), words[i]);
    }

    /// <summary>A debugger that lets everything pass.</summary>
    private sealed class Passing : IDebugger
    {
        public DebugStops Stops { get; } = new();

        public int Stands { get; private set; }

        public bool WantsStop => false;

        public void Enter(Core core)
        {
        }

        public void Leave(Core core)
        {
        }

        public Onward Stand(Core core, DebugReason reason, ulong address)
        {
            Stands++;
            return Onward.Run;
        }
    }
}
