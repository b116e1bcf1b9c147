using System.Numerics;
using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.FloatingPoint;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Conversions between formats and integers.</summary>
internal static unsafe class FloatConversionTranslation
{
    /// <summary>Translates a conversion.</summary>
    /// <returns>False if it is none.</returns>
    public static bool TryTranslate(BlockBuilder block, Word word, Operation operation, int size)
    {
        if (RoundingOf(operation) is { } rounding)
        {
            Emit(block, word, ToIntegers(size), size, fractionBits: 0).Ra = (byte)rounding;
            return true;
        }

        bool isDouble = size == 3;
        switch (operation)
        {
            case Operation.Scvtf:
            case Operation.Ucvtf:
                Emit(block, word, FromIntegers(size), size, fractionBits: 0);
                return true;
            case Operation.ScvtfFixed:
            case Operation.UcvtfFixed:
                size = BitOperations.Log2((uint)word.Bits(19, 4));
                Emit(block, word, FromIntegers(size), size, (16 << size) - word.Bits(16, 7));
                return true;
            case Operation.FcvtzsFixed:
            case Operation.FcvtzuFixed:
                size = BitOperations.Log2((uint)word.Bits(19, 4));
                Emit(block, word, ToIntegers(size), size, (16 << size) - word.Bits(16, 7)).Ra = (byte)Rounding.TowardZero;
                return true;
            case Operation.ConvertToGeneral:
                ref Instruction to = ref EmitGeneral(block, word, isDouble
                    ? &FloatConversionHandlers.ToGeneral<DoublePrecision>
                    : &FloatConversionHandlers.ToGeneral<SinglePrecision>, size);
                to.Rd = Slot.Destination(word.Rd);
                // The field rmode, but for FCVTAS and FCVTAU.
                to.Ra = (byte)(word.Bit(18) ? (int)Rounding.NearestAway : word.Bits(19, 2));
                return true;
            case Operation.ConvertFromGeneral:
                EmitGeneral(block, word, isDouble
                    ? &FloatConversionHandlers.FromGeneral<DoublePrecision>
                    : &FloatConversionHandlers.FromGeneral<SinglePrecision>, size);
                return true;
            case Operation.Fcvt:
                VectorTranslation.Emit(block, word, Convert(word.Bits(22, 2), word.Bits(15, 2)), size);
                return true;
            case Operation.Fcvtl:
                EmitHalf(block, word, isDouble
                    ? &FloatConversionHandlers.Lengthen<SinglePrecision, DoublePrecision>
                    : &FloatConversionHandlers.Lengthen<HalfPrecision, SinglePrecision>, size);
                return true;
            case Operation.Fcvtn:
                EmitHalf(block, word, isDouble
                    ? &FloatConversionHandlers.Narrow<DoublePrecision, SinglePrecision>
                    : &FloatConversionHandlers.Narrow<SinglePrecision, HalfPrecision>, size);
                return true;
            case Operation.Fcvtxn:
                EmitHalf(block, word, &FloatConversionHandlers.Narrow<DoublePrecision, SinglePrecision>, size).Ra = 1;
                return true;
            default:
                return false;
        }
    }

    private static Rounding? RoundingOf(Operation operation) => operation switch
    {
        Operation.Fcvtns or Operation.Fcvtnu => Rounding.NearestEven,
        Operation.Fcvtas or Operation.Fcvtau => Rounding.NearestAway,
        Operation.Fcvtps or Operation.Fcvtpu => Rounding.TowardPlus,
        Operation.Fcvtms or Operation.Fcvtmu => Rounding.TowardMinus,
        Operation.Fcvtzs or Operation.Fcvtzu => Rounding.TowardZero,
        _ => null,
    };

    private static Handler ToIntegers(int size) => size == 3
        ? &FloatConversionHandlers.ToIntegers<DoublePrecision> : &FloatConversionHandlers.ToIntegers<SinglePrecision>;

    private static Handler FromIntegers(int size) => size == 3
        ? &FloatConversionHandlers.FromIntegers<DoublePrecision> : &FloatConversionHandlers.FromIntegers<SinglePrecision>;

    private static ref Instruction Emit(BlockBuilder block, Word word, Handler handler, int size, int fractionBits)
    {
        ref Instruction i = ref VectorTranslation.Emit(block, word, handler, size);
        i.Rm = (byte)fractionBits;
        i.Immediate = word.U ? 1 : 0;
        return ref i;
    }

    private static ref Instruction EmitGeneral(BlockBuilder block, Word word, Handler handler, int size)
    {
        ref Instruction i = ref VectorTranslation.Emit(block, word, handler, size);
        i.Rm = (byte)(word.Bit(21) ? 0 : 64 - word.Bits(10, 6));
        i.Extra = word.Sf ? 64 : 32;
        i.Immediate = word.Bits(16, 1);
        return ref i;
    }

    private static ref Instruction EmitHalf(BlockBuilder block, Word word, Handler handler, int size)
    {
        ref Instruction i = ref VectorTranslation.Emit(block, word, handler, size);
        bool isScalar = word.Bit(28);
        i.Extra = isScalar ? 1 : size == 3 ? 2 : 4;
        i.Immediate = !isScalar && word.Q ? 8 : 0;
        return ref i;
    }

    /// <summary>FCVT by the numbers that it has for the formats: 0 single, 1 double, 3 half.</summary>
    private static Handler Convert(int from, int to) => (from, to) switch
    {
        (0, 1) => &FloatConversionHandlers.Convert<SinglePrecision, DoublePrecision>,
        (0, _) => &FloatConversionHandlers.Convert<SinglePrecision, HalfPrecision>,
        (1, 0) => &FloatConversionHandlers.Convert<DoublePrecision, SinglePrecision>,
        (1, _) => &FloatConversionHandlers.Convert<DoublePrecision, HalfPrecision>,
        (_, 0) => &FloatConversionHandlers.Convert<HalfPrecision, SinglePrecision>,
        _ => &FloatConversionHandlers.Convert<HalfPrecision, DoublePrecision>,
    };
}
