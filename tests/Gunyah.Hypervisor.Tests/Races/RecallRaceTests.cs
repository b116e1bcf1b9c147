using System.Diagnostics;
using System.Runtime.InteropServices;
using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Programs;
using Gunyah.Hypervisor.Memory;
using Gunyah.Hypervisor.Tests.Harness;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Tests.Races;

/// <summary>Memory that changes hands beside an engine that keeps host addresses of it (docs/decisions/0208).</summary>
public class RecallRaceTests
{
    private const long Foreign = 0x5EC2_E75E_C2E7_5EC2;
    private const long Own = 0x0BAD_F00D;

    /// <summary>How long the engine is waited for before it gets the core: both may have to share one.</summary>
    private const int SpinsBeforeYield = 2_000;

    private readonly TestMachine _machine = new();

    /// <summary>
    /// Without the wait of <see cref="GuestPages.WaitForRecall"/> one round in 200 finds the guest's bytes in memory that is
    /// not its own any more, and the guest reads foreign ones.
    /// </summary>
    [Fact]
    public void An_engine_that_reads_and_writes_without_pause_meets_no_foreign_memory()
    {
        long accesses = 0;
        long seen = 0;
        KeptPages? kept = null;
        var guest = new TestGuest(_machine, "engine", (vcpu, _) =>
        {
            kept ??= new KeptPages(vcpu.Pages);
            accesses += Slice(kept, ref seen);
            return VcpuStep.Yield;
        });
        int written = Race(guest, turn: 1, () => Volatile.Read(ref accesses));
        Assert.Equal((0, 0L), (written, seen));
        Assert.True(accesses > 0 && kept!.Drops > MovingMemory.Ways.Count, "the engine had memory and lost it again and again");
    }

    /// <summary>The same with machine code, whose engine has a TLB and comes to a safe point after each instruction.</summary>
    [Fact]
    public void Machine_code_that_reads_and_writes_without_pause_meets_no_foreign_memory()
    {
        var guest = new TestGuest(_machine, "code", static (_, _) => VcpuStep.Yield);
        ulong physical = TestMachine.RamBase + TestMachine.RootSize + (10 * TestGuest.Size) + TestGuest.Entry;
        Assert.True(_machine.Hypervisor.PhysicalMemory.TryWrite(physical, RegisterLoop.At(TestGuest.Entry, Own, Foreign)));
        int written = Race(guest, turn: 4_096, () => (long)RegisterLoop.AccessesOf(ref guest.Port.Registers));
        Assert.Equal((0, 0UL), (written, RegisterLoop.ForeignOf(ref guest.Port.Registers)));
        Assert.True(RegisterLoop.AbortsOf(ref guest.Port.Registers) > 0, "the code had memory and lost it again and again");
    }

    /// <summary>
    /// The store of what is held and the load of the generation, when a slice begins: <see cref="GuestPages.Enter"/>. Without
    /// <see cref="GuestMemory.FenceAll"/> a write lands in memory that was taken away in one of 30,000 rounds, so a
    /// short run may miss it.
    /// </summary>
    [Fact]
    public void A_slice_that_begins_while_its_memory_is_taken_away_is_waited_for_or_drops_it()
    {
        var guest = new TestGuest(_machine, "engine", (_, _) => VcpuStep.Yield);
        StageTwoTable table = guest.Port.AttachedAddressSpace!.Table;
        StageTwoEntry entry = AddressTree<StageTwoEntry>.Find(table.Entries, 0)!.Value with
        {
            Guest = new(MovingMemory.Window, MovingMemory.Size),
            Physical = MovingMemory.Physical,
        };
        var kept = new KeptPages(guest.Port.Pages);
        byte[] word = new byte[sizeof(long)];
        byte[] zero = new byte[sizeof(long)];
        long[] lines = new long[256];
        int late = 0;
        bool isLate = false;
        Prepare();
        AlignedRounds.Run(
            50_000,
            () =>
            {
                table.Clear();
                ulong generation = table.BeginGeneration();
                GuestMemory.FenceAll();
                guest.Port.Memory.Pages.WaitForRecall(generation);
                _machine.Hypervisor.PhysicalMemory.TryWrite(MovingMemory.Physical, zero);
                Thread.SpinWait(16);
                _machine.Hypervisor.PhysicalMemory.TryRead(MovingMemory.Physical, word);
                isLate = MemoryMarshal.Read<long>(word) != 0;
            },
            () =>
            {
                lines.AsSpan().Fill(1); // The stores that are still on their way when the slice begins.
                kept.Enter();
                for (int i = 0; i < 4 && kept.TryFind(0, out nint host); i++)
                {
                    KeptPages.Write(host, Own);
                    Thread.SpinWait(1);
                }

                kept.Leave();
            },
            _ =>
            {
                late += isLate ? 1 : 0;
                Prepare();
                return true;
            });
        Assert.Equal(0, late);

        void Prepare()
        {
            lines.AsSpan().Clear();
            table.Overwrite(entry);
            kept.Enter();
            Assert.True(kept.TryFind(0, out nint _));
            kept.Leave();
        }
    }

    /// <summary>Each is in a slice when it calls. It hangs if a call does not leave the slice.</summary>
    [Fact]
    public void Two_vcpus_that_change_their_own_address_space_at_once_do_not_wait_for_each_other()
    {
        var guest = new TestGuest(_machine, "engine", (_, _) => VcpuStep.Yield, vic: _machine.Vic(2));
        Vcpu second = _machine.ActiveVcpu(_machine.NewVcpu(guest.Vic, 1, guest.Space));
        Action left = Changes(guest.Vcpu.Port, guest.Space, 0x100_0000);
        Action right = Changes(second.Port, guest.Space, 0x200_0000);
        AlignedRounds.Run(5_000, left, right, _ => true);
        Assert.Equal(16UL, _machine.Hypervisor.Inspection.MappedPages(guest.Port.Vmid));
    }

    /// <summary>
    /// Takes memory and gives it back while a guest runs that reads and writes it, and tells what a recall costs.
    /// </summary>
    /// <returns>How often the guest wrote to memory that was not its own any more.</returns>
    private int Race(TestGuest guest, int turn, Func<long> accesses)
    {
        var memory = new MovingMemory(_machine, guest.Space);
        _machine.Platform.CountsRunnable = false;
        TestMachine.Ok(_machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        bool stops = false;
        Exception? failure = null;
        var engine = new Thread(() =>
        {
            try
            {
                while (!Volatile.Read(ref stops) && guest.Vcpu.Thread.Run(turn) == VcpuTurn.Runnable)
                {
                }
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                failure = e;
            }
        });
        engine.Start();
        int written = 0;
        int round = 0;
        long taking = 0;
        var limit = new RoundLimit(2_000);
        try
        {
            for (; limit.Allows(round); round++)
            {
                string way = MovingMemory.Ways[round % MovingMemory.Ways.Count];
                long start = Stopwatch.GetTimestamp();
                memory.Take(way);
                taking += Stopwatch.GetTimestamp() - start;
                written += IsForeignAllOver() ? 0 : 1;
                memory.GiveBack(way);
                // The engine finds the pages again, else nothing would be there to recall.
                long before = accesses();
                for (int spins = 0; accesses() == before && engine.IsAlive; spins++)
                {
                    if (spins < SpinsBeforeYield)
                        Thread.SpinWait(4);
                    else
                        Thread.Yield();
                }
            }
        }
        finally
        {
            Volatile.Write(ref stops, true);
            engine.Join();
        }

        Assert.Null(failure);
        limit.Report(round);
        limit.Report("a recall took", Stopwatch.GetElapsedTime(0, taking) / Math.Max(round, 1));
        return written;
    }

    private Action Changes(VcpuPort vcpu, CapId space, ulong address)
    {
        CapId extent = _machine.Extent(address, 0x1000);
        return () =>
        {
            vcpu.Pages.Enter();
            TestMachine.Ok(vcpu.Map(space, extent, address, MemoryAccess.All));
            vcpu.Pages.Enter();
            TestMachine.Ok(vcpu.Unmap(space, extent, address));
            vcpu.Pages.Enter();
            vcpu.Pages.Leave();
        };
    }

    /// <summary>Thousands of accesses, with safe points between them; the end of the turn ends the slice.</summary>
    private static int Slice(KeptPages kept, ref long seen)
    {
        const int Polls = 4;
        const int Between = 1_024;
        int done = 0;
        kept.Enter();
        for (int i = 0; i < Polls; i++)
        {
            for (int word = i; word < i + (Between * 17); word += 17)
            {
                if (!kept.TryFind(word, out nint host))
                    continue;
                seen += KeptPages.Read(host) == Foreign ? 1 : 0;
                KeptPages.Write(host, Own);
                done++;
            }

            kept.Poll();
        }

        return done;
    }

    /// <summary>The new owner fills the memory, finds it as it left it a moment later, and clears it.</summary>
    private bool IsForeignAllOver()
    {
        Span<long> words = stackalloc long[(int)MovingMemory.Size / sizeof(long)];
        words.Fill(Foreign);
        _machine.Hypervisor.PhysicalMemory.TryWrite(MovingMemory.Physical, MemoryMarshal.AsBytes(words));
        Thread.SpinWait(20);
        _machine.Hypervisor.PhysicalMemory.TryRead(MovingMemory.Physical, MemoryMarshal.AsBytes(words));
        bool isWhole = !words.ContainsAnyExcept(Foreign);
        words.Clear();
        _machine.Hypervisor.PhysicalMemory.TryWrite(MovingMemory.Physical, MemoryMarshal.AsBytes(words));
        return isWhole;
    }
}
