using System.Runtime.InteropServices;
using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Programs;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Benchmarks.SideBySide;

/// <summary>
/// Two pages mapped and taken away again, which recalls their host addresses: with no vCPU in the VM, with one that does not run,
/// and with one whose engine reads and writes them without pause on another thread.
/// </summary>
internal static class RecallContest
{
    private const ulong Window = 0x4000_0000;
    private const ulong Size = 2 * Page.Size;
    private const int Batch = 20;
    private const int Rounds = 1_000;

    public static void Run()
    {
        var machine = new BenchMachine();
        var message = new QueuePair(machine, 240);
        CapId empty = machine.Create(ObjectType.AddressSpace);
        BenchMachine.Require(machine.Root.AddressSpaceConfigure(empty, 200));
        BenchMachine.Require(machine.Root.Activate(empty));
        var alone = new Mapping(machine, empty);
        var idle = new Mapping(machine, machine.NewVm().Space);
        (Vcpu vcpu, CapId cap, _, CapId space) = machine.NewVm();
        var busy = new Mapping(machine, space);
        machine.Start(cap, static () => new Reader());
        bool isOver = false;
        var engine = new Thread(() =>
        {
            while (!Volatile.Read(ref isOver))
                vcpu.Thread.Run(1);
        });
        engine.Start();
        Console.WriteLine("Two pages mapped and taken away: time / 240 bytes sent and received, bytes allocated");
        Contest.Run(
            [
                new("240 bytes sent and received", message.RepeatTyped),
                new("map and unmap, no vCPU", alone.Repeat),
                new("map and unmap, a vCPU that does not run", idle.Repeat),
                new("map and unmap beside an engine in its slice", busy.Repeat),
            ],
            Batch,
            Rounds);
        Volatile.Write(ref isOver, true);
        engine.Join();
    }

    private sealed class Mapping
    {
        private readonly VcpuPort _root;
        private readonly CapId _space;
        private readonly CapId _extent;

        public Mapping(BenchMachine machine, CapId space)
        {
            (_root, _space) = (machine.Root, space);
            _extent = machine.NewExtent(Size);
        }

        public void Repeat(int count)
        {
            for (int i = 0; i < count; i++)
            {
                BenchMachine.Require(_root.Map(_space, _extent, Window, MemoryAccess.All));
                BenchMachine.Require(_root.Unmap(_space, _extent, Window));
            }
        }
    }

    /// <summary>Reads and writes a word of each page, and comes to a safe point after every hundred.</summary>
    private sealed class Reader : IVcpuProgram
    {
        private const int Accesses = 100;

        public VcpuStep Run(IVcpu vcpu, int budget)
        {
            IGuestPages pages = vcpu.Pages;
            ulong generation = pages.Enter();
            for (int slice = 0; slice < 50; slice++)
            {
                bool found = pages.Find(Window, MemoryAccess.ReadWrite, isUser: false, out HostPage page) == GunyahError.Ok;
                for (int i = 0; i < Accesses && found && Volatile.Read(in pages.Generation) == generation; i++)
                    Marshal.WriteInt64(page.Address, Marshal.ReadInt64(page.Address) + 1);
                generation = pages.Poll();
            }

            pages.Leave();
            return VcpuStep.Yield;
        }
    }
}
