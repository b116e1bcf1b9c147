using System.Buffers.Binary;
using Gunyah.Aarch64.Interpreting;
using Gunyah.Aarch64.Tests.Harness;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Aarch64.Tests.Concurrency;

/// <summary>
/// Cores of one VM with one memory, each with a thread and a program of its own. A program goes round a body, a number of times
/// in X3; all begin together, and each ends with an HVC. Bodies have X0 to X2 as they are given, W6 as 1, and X8 to X15 for
/// themselves.
/// </summary>
internal sealed class SharedMachine : IDisposable
{
    private const ulong Base = BareCore.RamBase;
    private const ulong StartCounter = Base + 0x8000;
    private const int ProgramDistance = 0x400;
    private const int Budget = 100;

    private readonly FlatPages _ram;
    private readonly Cluster _cluster = new();
    private volatile bool _hasFailed;

    /// <summary>Makes the memory.</summary>
    /// <param name="size">How many bytes; the first 64 KiB are the machine's own.</param>
    public SharedMachine(ulong size) => _ram = new(Base, size);

    /// <summary>Where programs may have their data.</summary>
    public static ulong Data => Base + 0x1_0000;

    /// <summary>The memory from an address on.</summary>
    public Span<byte> At(ulong address) => _ram.At(address);

    /// <summary>Runs programs to their ends.</summary>
    public void Run(params Body[] bodies)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(At(StartCounter), 0);
        _cluster.Generations.InvalidateAll();
        var threads = new List<Thread>();
        Exception? failure = null;
        for (int i = 0; i < bodies.Length; i++)
        {
            int number = i;
            WriteProgram(Base + (ulong)(number * ProgramDistance), bodies[number]);
            threads.Add(new(() =>
            {
                try
                {
                    Run(bodies[number], number, bodies.Length);
                }
                catch (Exception e)
                {
                    failure = e;
                    _hasFailed = true;
                }
            }));
        }

        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.Null(failure);
    }

    /// <inheritdoc/>
    public void Dispose() => _ram.Dispose();

    private void Run(Body body, int number, int count)
    {
        using var vcpu = new BareVcpu(_ram) { Affinity = (ulong)number };
        using var engine = new Aarch64Engine(_cluster);
        vcpu.Registers.Pc = Base + (ulong)(number * ProgramDistance);
        for (int i = 0; i < body.Arguments.Length; i++)
            vcpu.Registers.X[i] = body.Arguments[i];
        vcpu.Registers.X[3] = (ulong)body.Rounds;
        vcpu.Registers.X[4] = StartCounter;
        vcpu.Registers.X[5] = (ulong)count;
        vcpu.Registers.X[6] = 1;
        while (!_hasFailed)
        {
            VcpuExit exit = engine.Run(vcpu, Budget);
            if (exit.Kind == VcpuExitKind.Hypercall)
                return;
            Assert.Equal(VcpuExitKind.BudgetUsed, exit.Kind);
            // What it waits for may be done by a core whose thread does not run.
            Thread.Yield();
        }
    }

    private void WriteProgram(ulong at, Body body)
    {
        List<uint> words =
        [
            0xB8E6_0087, // ldaddal w6, w7, [x4]
            0x88DF_FC87, // wait: ldar w7, [x4]
            0x6B05_00FF, // cmp w7, w5
            0x54FF_FFC3, // b.lo wait
            .. body.Words,
            0xF100_0463, // subs x3, x3, #1
        ];
        words.Add(0x5400_0001 | (uint)(-(body.Words.Length + 1) & 0x7FFFF) << 5); // b.ne
        words.Add(A64.Hvc(0));
        for (int i = 0; i < words.Count; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(At(at + (ulong)(i * sizeof(uint))), words[i]);
    }
}

/// <summary>What a core does in each round.</summary>
/// <param name="Words">The instructions.</param>
/// <param name="Rounds">How often.</param>
/// <param name="Arguments">X0 to X2.</param>
internal readonly record struct Body(uint[] Words, int Rounds, params ulong[] Arguments);
