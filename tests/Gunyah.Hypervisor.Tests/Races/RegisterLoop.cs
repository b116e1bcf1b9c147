using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Engines;
using Gunyah.Hypervisor.Tests.Harness;

namespace Gunyah.Hypervisor.Tests.Races;

/// <summary>
/// Machine code that reads and writes all over <see cref="MovingMemory"/> without an end. It counts in registers: accesses that
/// succeeded, foreign words that it read, and accesses that ended in an abort, after which it goes on with the next word.
/// </summary>
internal static class RegisterLoop
{
    private const int Accesses = 5;
    private const int Foreign = 6;
    private const int Aborts = 15;
    private const int WordSize = sizeof(ulong);

    /// <summary>Not a divisor of a page: neighbouring accesses are in other lines, and every page is met.</summary>
    private const int Stride = 17 * WordSize;

    /// <summary>How often the code that was started there read and wrote a word.</summary>
    public static ulong AccessesOf(ref GuestRegisters registers) => Volatile.Read(ref registers.X[Accesses]);

    /// <summary>How often it read a word of somebody else.</summary>
    public static ulong ForeignOf(ref GuestRegisters registers) => registers.X[Foreign];

    /// <summary>How often it met memory that was not there.</summary>
    public static ulong AbortsOf(ref GuestRegisters registers) => registers.X[Aborts];

    /// <summary>The code.</summary>
    /// <param name="entry">Where it will be.</param>
    /// <param name="own">What it writes.</param>
    /// <param name="foreign">What it must never read.</param>
    public static byte[] At(ulong entry, long own, long foreign)
    {
        const int Address = 1, Own = 2, Other = 3, Read = 4, Step = 7, First = 8, Difference = 9, One = 10, Left = 11, All = 12;
        const int Handler = 13, Next = 14;
        RegisterCode Assemble(ulong handler, ulong next, out int handlerAt, out int nextAt)
        {
            var code = new RegisterCode();
            code.Literal(Address, MovingMemory.Window).Literal(Own, (ulong)own).Literal(Other, (ulong)foreign)
                .Literal(Step, Stride).Literal(First, MovingMemory.Window).Literal(One, 1)
                .Literal(Left, MovingMemory.Size / Stride).Literal(All, MovingMemory.Size / Stride)
                .Literal(Handler, handler).Literal(Next, next)
                .Add(Operation.SetVector, Handler);
            int loop = code.Here;
            code.Add(Operation.Load, Read, Address, WordSize).Add(Operation.Subtract, Difference, Read, Other);
            code.To(Operation.BranchIfNotZero, code.Here + 8, Difference).Add(Operation.Add, Foreign, Foreign, One);
            code.Add(Operation.Store, Own, Address, WordSize).Add(Operation.Add, Accesses, Accesses, One);
            nextAt = code.Here;
            code.Add(Operation.Add, Address, Address, Step).Add(Operation.Subtract, Left, Left, One)
                .To(Operation.BranchIfNotZero, loop, Left)
                .Add(Operation.Move, Address, First).Add(Operation.Move, Left, All).To(Operation.Branch, loop);
            handlerAt = code.Here;
            return code.Add(Operation.Add, Aborts, Aborts, One).Add(Operation.BranchTo, Next);
        }

        // The literals that hold addresses have one size whatever they hold.
        Assemble(0, 0, out int handler, out int next);
        return Assemble(entry + (ulong)handler, entry + (ulong)next, out _, out _).ToArray();
    }
}
