using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.Interpreting;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Compiling;

/// <summary>What the flags are made of, while nobody has needed them: an operation whose operands are kept.</summary>
internal enum FlagKind
{
    /// <summary>They are in the state.</summary>
    InState,

    /// <summary>ADDS of 32 bits, and so on: the flags are what the computation of that name would set.</summary>
    Adds32,
    Adds64,
    Subs32,
    Subs64,

    /// <summary>A logical result, which is the first operand.</summary>
    Logical32,
    Logical64,

    /// <summary>With the carry as a third operand.</summary>
    Adcs32,
    Adcs64,
}

/// <summary>
/// Flags that are computed late. A conditional comparison adds to its kind <see cref="IsConditional"/> and the flags that it sets
/// where its condition did not hold; the third operand is 1 where it did.
/// </summary>
internal static unsafe class LateFlags
{
    /// <summary>Set in the number of a conditional comparison.</summary>
    public const int IsConditional = 0x100;

    private const int ElseShift = 12;
    private const int KindMask = 0xFF;

    /// <summary>The number of a conditional comparison.</summary>
    /// <param name="kind">What it sets the flags by where its condition holds.</param>
    /// <param name="otherwise">Its field nzcv.</param>
    public static int Conditional(FlagKind kind, int otherwise) => (int)kind | IsConditional | otherwise << ElseShift;

    /// <summary>The kind in a number.</summary>
    public static FlagKind KindOf(int number) => (FlagKind)(number & KindMask);

    /// <summary>The flags of a conditional comparison whose condition did not hold, as NZCV has them.</summary>
    public static uint OtherwiseOf(int number) => (uint)number >> ElseShift << 28;

    /// <summary>Computes them into the state.</summary>
    /// <param name="state">The core.</param>
    /// <param name="number">A kind, or what <see cref="Conditional"/> answered.</param>
    /// <param name="first">The first operand; of 32 bits without anything above.</param>
    /// <param name="second">The second operand, likewise.</param>
    /// <param name="third">The third one.</param>
    public static void Store(CoreState* state, int number, ulong first, ulong second, ulong third)
    {
        if ((number & IsConditional) != 0 && third == 0)
        {
            state->Nzcv = OtherwiseOf(number);
            return;
        }

        switch (KindOf(number))
        {
            case FlagKind.Adds32:
                Flags.Add32(state, (uint)first, (uint)second);
                break;
            case FlagKind.Adds64:
                Flags.Add64(state, first, second);
                break;
            case FlagKind.Subs32:
                Flags.Subtract32(state, (uint)first, (uint)second);
                break;
            case FlagKind.Subs64:
                Flags.Subtract64(state, first, second);
                break;
            case FlagKind.Logical32:
                Flags.Logical32(state, (uint)first);
                break;
            case FlagKind.Logical64:
                Flags.Logical64(state, first);
                break;
            case FlagKind.Adcs32:
                state->C = (uint)third;
                Flags.AddWithCarry32(state, (uint)first, (uint)second);
                break;
            case FlagKind.Adcs64:
                state->C = (uint)third;
                Flags.AddWithCarry64(state, first, second);
                break;
        }
    }
}

/// <summary>What a word has to do with the flags.</summary>
internal static class FlagUse
{
    /// <summary>True if it sets all flags, whatever they were, and can do nothing else than that and to registers.</summary>
    public static bool Sets(Operation operation, Word word) => operation switch
    {
        Operation.AddImmediate or Operation.AddShifted or Operation.AddExtended or Operation.AddCarry => word.Bit(29),
        Operation.LogicalImmediate or Operation.LogicalShifted => word.Bits(29, 2) == 3,
        Operation.ConditionalCompare => true,
        _ => false,
    };

    /// <summary>True if it reads some of them.</summary>
    public static bool Reads(Operation operation, Word word) => operation switch
    {
        Operation.AddCarry or Operation.ConditionalCompare or Operation.ConditionalSelect => true,
        Operation.BranchConditional => word.Bits(0, 4) < 14,
        _ => false,
    };

    /// <summary>True if it only computes in registers: nothing of the core is seen at it.</summary>
    public static bool OnlyComputes(Operation operation) => operation is >= Operation.Adr and <= Operation.ThreeSource;
}
