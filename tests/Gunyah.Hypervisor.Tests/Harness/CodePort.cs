using System.Buffers.Binary;
using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Hypercalls;
using Gunyah.Hypervisor.Tests.Engines;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Tests.Harness;

/// <summary>
/// Each thing that the test does is a few instructions in guest memory, which the register machine runs: calls by their
/// instruction, interrupts by loads, stores and system registers. The code ends in a branch to itself.
/// </summary>
internal sealed class CodePort : IGuestPort
{
    private const int Steps = 16;
    private const int MostTurns = 1_000;

    /// <summary>Messages of the typed face lie this far above the code.</summary>
    private const ulong MessageOffset = 0x1_0000;

    private readonly TestMachine _machine;
    private readonly ulong _entry;

    private CodePort(TestMachine machine, ulong entry)
    {
        (_machine, _entry) = (machine, entry);
        Interrupts = new CodeInterrupts(this);
    }

    public IInterruptController Interrupts { get; }

    /// <summary>Starts the register machine on the root vCPU.</summary>
    public static CodePort Start(TestMachine machine, ulong entry)
    {
        var port = new CodePort(machine, entry);
        port.Put(new RegisterCode(), out _);
        machine.Hypervisor.StartRoot(entry, 0);
        port.Do(new RegisterCode());
        return port;
    }

    /// <summary>Runs code to its end.</summary>
    /// <returns>The registers then.</returns>
    public GuestRegisters Do(RegisterCode code)
    {
        VcpuPort vcpu = _machine.Root;
        Put(code, out ulong end);
        vcpu.Registers.Pc = _entry;
        for (int turns = 0; vcpu.Registers.Pc != end; turns++)
        {
            Assert.Equal(VcpuTurn.Runnable, _machine.RootThread.Run(Steps));
            Assert.True(turns < MostTurns, "the code came to no end");
        }

        return vcpu.Registers;
    }

    public void Hypercall(ushort immediate, ref GuestRegisters registers)
    {
        var code = new RegisterCode();
        for (int i = 0; i < GeneralRegisters.Count; i++)
            code.Literal(i, registers.X[i]);
        code.Add(Operation.Hypercall, 0, (byte)immediate, immediate >> 8);
        registers = Do(code);
    }

    public HypercallResult Call(HypercallRow call, in HypercallArguments arguments)
    {
        ref readonly CallWords words = ref CallWords.At(in arguments);
        var x = new ulong[CallWords.Count];
        for (int i = 0; i < x.Length; i++)
            x[i] = words[i];
        GuestRegisters r = Do(new RegisterCode().Trap(call.Immediate, x));
        return new(r.X[0], r.X[1], r.X[2], r.X[3], r.X[4]);
    }

    public SendResult Send(CapId queue, ReadOnlySpan<byte> message, bool push = false)
    {
        ulong address = _entry + MessageOffset;
        Assert.True(TryWrite(address, message));
        HypercallResult r = Call(MessageQueueCalls.Send, new(queue.Value, (ulong)message.Length, address, push ? 1UL : 0));
        return new(r.Error, r.X1 != 0);
    }

    public ReceiveResult Receive(CapId queue, Span<byte> buffer)
    {
        ulong address = _entry + MessageOffset;
        HypercallResult r = Call(MessageQueueCalls.Receive, new(queue.Value, address, (ulong)buffer.Length));
        Assert.True(TryRead(address, buffer[..(int)r.X1]));
        return new(r.Error, (int)r.X1, r.X2 != 0);
    }

    public bool TryRead(ulong address, Span<byte> destination)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        for (int done = 0; done < destination.Length;)
        {
            int size = SizeOf(destination.Length - done);
            GuestRegisters r = Do(new RegisterCode().Literal(2, address + (ulong)done).Add(Operation.Load, 1, 2, size));
            BinaryPrimitives.WriteUInt64LittleEndian(word, r.X[1]);
            word[..size].CopyTo(destination[done..]);
            done += size;
        }

        return true;
    }

    public bool TryWrite(ulong address, ReadOnlySpan<byte> source)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        for (int done = 0; done < source.Length;)
        {
            int size = SizeOf(source.Length - done);
            word.Clear();
            source.Slice(done, size).CopyTo(word);
            Do(new RegisterCode().Literal(1, BinaryPrimitives.ReadUInt64LittleEndian(word))
                .Literal(2, address + (ulong)done).Add(Operation.Store, 1, 2, size));
            done += size;
        }

        return true;
    }

    private static int SizeOf(int left) => left >= sizeof(ulong) ? sizeof(ulong) : 1;

    private void Put(RegisterCode code, out ulong end)
    {
        int here = code.Here;
        end = _entry + (ulong)here;
        Assert.True(_machine.Hypervisor.PhysicalMemory.TryWrite(_entry, code.To(Operation.Branch, here).ToArray()));
    }
}
