using Gunyah.Aarch64.Decoding;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>The computations that take operands of several kinds.</summary>
internal enum Computation
{
    // In the order of the fields op and S, or opc; then of sf.
#pragma warning disable CS1591 // The names are the manual's, with the width; the types of the same names compute.
    Add32,
    Add64,
    Adds32,
    Adds64,
    Sub32,
    Sub64,
    Subs32,
    Subs64,
    And32,
    And64,
    Orr32,
    Orr64,
    Eor32,
    Eor64,
    Ands32,
    Ands64,
#pragma warning restore CS1591
}

/// <summary>The handlers of computations by kind of operand.</summary>
internal static unsafe class ComputationHandlers
{
    /// <summary>ADD, ADDS, SUB or SUBS, by the fields sf, op and S.</summary>
    public static Computation Sum(Word word) => Computation.Add32 + word.Bits(29, 2) * 2 + word.Bits(31, 1);

    /// <summary>AND, ORR, EOR or ANDS, by the fields sf and opc.</summary>
    public static Computation Logical(Word word) => Computation.And32 + word.Bits(29, 2) * 2 + word.Bits(31, 1);

    /// <summary>The handler for a kind of operand.</summary>
    /// <param name="computation">The computation.</param>
    /// <param name="discards">True if nobody reads the result, but the flags that it sets.</param>
    public static Handler Choose<TOperand>(Computation computation, bool discards)
        where TOperand : struct, IOperand => computation switch
        {
            Computation.Add32 => &IntegerHandlers.Compute<Add32, TOperand>,
            Computation.Add64 => &IntegerHandlers.Compute<Add64, TOperand>,
            Computation.Adds32 when discards => &IntegerHandlers.Test<Adds32, TOperand>,
            Computation.Adds32 => &IntegerHandlers.Compute<Adds32, TOperand>,
            Computation.Adds64 when discards => &IntegerHandlers.Test<Adds64, TOperand>,
            Computation.Adds64 => &IntegerHandlers.Compute<Adds64, TOperand>,
            Computation.Sub32 => &IntegerHandlers.Compute<Sub32, TOperand>,
            Computation.Sub64 => &IntegerHandlers.Compute<Sub64, TOperand>,
            Computation.Subs32 when discards => &IntegerHandlers.Test<Subs32, TOperand>,
            Computation.Subs32 => &IntegerHandlers.Compute<Subs32, TOperand>,
            Computation.Subs64 when discards => &IntegerHandlers.Test<Subs64, TOperand>,
            Computation.Subs64 => &IntegerHandlers.Compute<Subs64, TOperand>,
            Computation.And32 => &IntegerHandlers.Compute<And32, TOperand>,
            Computation.And64 => &IntegerHandlers.Compute<And64, TOperand>,
            Computation.Orr32 => &IntegerHandlers.Compute<Orr32, TOperand>,
            Computation.Orr64 => &IntegerHandlers.Compute<Orr64, TOperand>,
            Computation.Eor32 => &IntegerHandlers.Compute<Eor32, TOperand>,
            Computation.Eor64 => &IntegerHandlers.Compute<Eor64, TOperand>,
            Computation.Ands32 when discards => &IntegerHandlers.Test<Ands32, TOperand>,
            Computation.Ands32 => &IntegerHandlers.Compute<Ands32, TOperand>,
            Computation.Ands64 when discards => &IntegerHandlers.Test<Ands64, TOperand>,
            _ => &IntegerHandlers.Compute<Ands64, TOperand>,
        };

    /// <summary>The handler for <c>Rm</c>, shifted.</summary>
    /// <param name="computation">The computation.</param>
    /// <param name="word">The instruction; its fields sf, shift and imm6 count.</param>
    /// <param name="discards">As for <see cref="Choose"/>.</param>
    public static Handler ChooseShifted(Computation computation, Word word, bool discards) =>
        word.Bits(10, 6) == 0
            ? Choose<RegisterOperand>(computation, discards)
            : (word.Bits(22, 2), word.Sf) switch
            {
                (0, _) => Choose<ShiftedLeft>(computation, discards),
                (1, true) => Choose<ShiftedRight64>(computation, discards),
                (1, false) => Choose<ShiftedRight32>(computation, discards),
                (2, true) => Choose<ShiftedArithmetically64>(computation, discards),
                (2, false) => Choose<ShiftedArithmetically32>(computation, discards),
                (_, true) => Choose<Rotated64>(computation, discards),
                _ => Choose<Rotated32>(computation, discards),
            };

    /// <summary>The handler for the complement of <c>Rm</c>, shifted.</summary>
    /// <param name="computation">The computation.</param>
    /// <param name="word">The instruction; its fields sf, shift and imm6 count.</param>
    /// <param name="discards">As for <see cref="Choose"/>.</param>
    public static Handler ChooseInverted(Computation computation, Word word, bool discards) =>
        word.Bits(10, 6) == 0
            ? Choose<Inverted<RegisterOperand>>(computation, discards)
            : (word.Bits(22, 2), word.Sf) switch
            {
                (0, _) => Choose<Inverted<ShiftedLeft>>(computation, discards),
                (1, true) => Choose<Inverted<ShiftedRight64>>(computation, discards),
                (1, false) => Choose<Inverted<ShiftedRight32>>(computation, discards),
                (2, true) => Choose<Inverted<ShiftedArithmetically64>>(computation, discards),
                (2, false) => Choose<Inverted<ShiftedArithmetically32>>(computation, discards),
                (_, true) => Choose<Inverted<Rotated64>>(computation, discards),
                _ => Choose<Inverted<Rotated32>>(computation, discards),
            };

    /// <summary>The handler for <c>Rm</c>, extended.</summary>
    /// <param name="computation">The computation.</param>
    /// <param name="word">The instruction; its field option counts.</param>
    /// <param name="discards">As for <see cref="Choose"/>.</param>
    public static Handler ChooseExtended(Computation computation, Word word, bool discards) => word.Bits(13, 3) switch
    {
        2 => Choose<ExtendedUnsignedWord>(computation, discards),
        6 => Choose<ExtendedSignedWord>(computation, discards),
        3 or 7 => Choose<ShiftedLeft>(computation, discards),
        _ => Choose<ExtendedPart>(computation, discards),
    };
}
