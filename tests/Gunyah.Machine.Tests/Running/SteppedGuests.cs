using System.Buffers.Binary;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Images;
using Gunyah.Abi.Programs;
using Gunyah.Guest.Kernel;
using Gunyah.Hypervisor.Tests.Engines;

namespace Gunyah.Machine.Tests.Running;

/// <summary>A call that a guest makes in the last of <see cref="SteppedGuests.StepsOfCall"/> steps, with X0 to X4.</summary>
internal sealed record SteppedCall(HypercallRow Row, params ulong[] X);

/// <summary>
/// One guest for several engines: it does nothing for some steps, makes a call in the next, and so on, then waits for an
/// interrupt. What a step is, is the engine's business (an instruction, 64 instructions, a continuation), and nothing else
/// differs.
/// </summary>
internal static class SteppedGuests
{
    /// <summary>Room for X0 to X4, a word each, and the call.</summary>
    public const int StepsOfCall = 6;

    private const int Registers = 5;
    private const int InstructionsOfStep = 64;

    /// <summary>The engines: from calls and the address of the image to the image.</summary>
    public static IReadOnlyDictionary<string, Func<SteppedCall[], ProgramBook, byte[]>> Images { get; } =
        new Dictionary<string, Func<SteppedCall[], ProgramBook, byte[]>>
        {
            ["C#"] = (calls, book) => GuestImage.Create(book.Add(() => new GuestKernel(context => MakeAsync(context, calls)))),
            ["register machine"] = static (calls, _) => RegisterImage(calls),
            ["A64"] = static (calls, _) => ArmImage(calls),
        };

    private static async Task MakeAsync(GuestContext context, SteppedCall[] calls)
    {
        byte[] buffer = new byte[MessageQueueLimits.MaxMessageSize];
        await context.YieldAsync(); // The mark of the register machine's images is an instruction.
        foreach (SteppedCall call in calls)
        {
            for (int i = 0; i < StepsOfCall; i++)
                await context.YieldAsync();
            ulong[] x = call.X;
            if (call.Row == MessageQueueCalls.Send)
                context.Port.Send(new(x[0]), buffer.AsSpan(0, (int)x[1]));
            else if (call.Row == MessageQueueCalls.Receive)
                context.Port.Receive(new(x[0]), buffer.AsSpan(0, (int)x[2]));
            else
                context.Port.Call(call.Row, new(x[0], x[1], x[2], x[3], x[4]));
        }
    }

    private static byte[] RegisterImage(SteppedCall[] calls)
    {
        var code = new RegisterCode();
        foreach (SteppedCall call in calls)
            code.Call(call.Row, call.X);
        return code.Add(Operation.WaitForInterrupt).ToArray();
    }

    private static byte[] ArmImage(SteppedCall[] calls)
    {
        const uint Nop = 0xD503_201F;
        const uint WaitForInterrupt = 0xD503_207F;
        int instructions = InstructionsOfStep + (calls.Length * StepsOfCall * InstructionsOfStep) + 2;
        var words = new uint[instructions + (calls.Length * Registers * 2)];
        Array.Fill(words, Nop, 0, instructions);
        int literal = instructions;
        int end = InstructionsOfStep;
        foreach (SteppedCall call in calls)
        {
            end += StepsOfCall * InstructionsOfStep;
            for (int i = 0; i < Registers; i++, literal += 2)
            {
                int at = end - 1 - Registers + i;
                words[at] = 0x5800_0000 | (uint)(literal - at) << 5 | (uint)i; // ldr xi, literal
                words[literal] = (uint)call.X[i];
                words[literal + 1] = (uint)(call.X[i] >> 32);
            }

            words[end - 1] = 0xD400_0002 | (uint)call.Row.Immediate << 5; // hvc
        }

        words[end] = WaitForInterrupt;
        words[end + 1] = 0x17FF_FFFF; // b to the wait
        var image = new byte[words.Length * sizeof(uint)];
        for (int i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(i * sizeof(uint)), words[i]);
        return image;
    }
}

/// <summary>Programs by the names in their images.</summary>
internal sealed class ProgramBook
{
    private readonly List<Func<IVcpuProgram>> _programs = [];

    /// <returns>The name.</returns>
    public string Add(Func<IVcpuProgram> program)
    {
        _programs.Add(program);
        return $"stepped-{_programs.Count - 1}";
    }

    public IVcpuProgram? Make(string name) => _programs[int.Parse(name["stepped-".Length..], null)]();
}
