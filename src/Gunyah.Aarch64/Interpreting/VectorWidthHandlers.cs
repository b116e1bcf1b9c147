using System.Numerics;
using System.Runtime.Intrinsics;
using Gunyah.Aarch64.State;
using Gunyah.Aarch64.Vectors;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>
/// Advanced SIMD whose results are twice or half as wide as their sources. <c>Extra</c> is how many lanes there are,
/// <c>Immediate</c> the byte where the narrow lanes begin in their register, 0 or 8.
/// </summary>
internal static unsafe class VectorWidthHandlers
{
    public static Instruction* Long<TOperation, TNarrow, TWide>(CoreState* state, Instruction* i)
        where TOperation : struct, ILongOperation
        where TNarrow : unmanaged, IBinaryInteger<TNarrow>
        where TWide : unmanaged, IBinaryInteger<TWide>
    {
        TWide* d = VectorRegisters.Lanes<TWide>(state, i->Rd);
        TNarrow* n = VectorRegisters.Half<TNarrow>(state, i, i->Rn);
        TNarrow* m = VectorRegisters.Half<TNarrow>(state, i, i->Rm);
        Vector128<TWide> result = default;
        var to = (TWide*)&result;
        for (int lane = 0; lane < i->Extra; lane++)
        {
            to[lane] = TWide.CreateTruncating(TOperation.Apply(
                long.CreateTruncating(d[lane]), long.CreateTruncating(n[lane]), long.CreateTruncating(m[lane])));
        }

        VectorRegisters.Set(state, i->Rd, result);
        return i + 1;
    }

    /// <summary>SADDW and its like: the first source is as wide as the result.</summary>
    public static Instruction* Wide<TOperation, TNarrow, TWide>(CoreState* state, Instruction* i)
        where TOperation : struct, ILongOperation
        where TNarrow : unmanaged, IBinaryInteger<TNarrow>
        where TWide : unmanaged, IBinaryInteger<TWide>
    {
        TWide* n = VectorRegisters.Lanes<TWide>(state, i->Rn);
        TNarrow* m = VectorRegisters.Half<TNarrow>(state, i, i->Rm);
        Vector128<TWide> result = default;
        var to = (TWide*)&result;
        for (int lane = 0; lane < i->Extra; lane++)
        {
            to[lane] = TWide.CreateTruncating(
                TOperation.Apply(0, long.CreateTruncating(n[lane]), long.CreateTruncating(m[lane])));
        }

        VectorRegisters.Set(state, i->Rd, result);
        return i + 1;
    }

    /// <summary>SSHLL, USHLL and SHLL, by <c>Ra</c>.</summary>
    public static Instruction* ShiftLong<TNarrow, TWide>(CoreState* state, Instruction* i)
        where TNarrow : unmanaged, IBinaryInteger<TNarrow>
        where TWide : unmanaged, IBinaryInteger<TWide>
    {
        TNarrow* n = VectorRegisters.Half<TNarrow>(state, i, i->Rn);
        Vector128<TWide> result = default;
        var to = (TWide*)&result;
        for (int lane = 0; lane < i->Extra; lane++)
            to[lane] = TWide.CreateTruncating(long.CreateTruncating(n[lane]) << i->Ra);
        VectorRegisters.Set(state, i->Rd, result);
        return i + 1;
    }

    /// <summary>SADDLP, UADDLP and, with <c>Ra</c> 1, the two that add to the destination.</summary>
    public static Instruction* PairwiseLong<TNarrow, TWide>(CoreState* state, Instruction* i)
        where TNarrow : unmanaged, IBinaryInteger<TNarrow>
        where TWide : unmanaged, IBinaryInteger<TWide>
    {
        TWide* d = VectorRegisters.Lanes<TWide>(state, i->Rd);
        TNarrow* n = VectorRegisters.Lanes<TNarrow>(state, i->Rn);
        Vector128<TWide> result = default;
        var to = (TWide*)&result;
        for (int lane = 0; lane < i->Extra; lane++)
        {
            TWide sum = TWide.CreateTruncating(n[lane * 2]) + TWide.CreateTruncating(n[lane * 2 + 1]);
            to[lane] = i->Ra != 0 ? d[lane] + sum : sum;
        }

        VectorRegisters.Set(state, i->Rd, result);
        return i + 1;
    }

    /// <summary>SADDLV and UADDLV.</summary>
    public static Instruction* AcrossLong<TNarrow, TWide>(CoreState* state, Instruction* i)
        where TNarrow : unmanaged, IBinaryInteger<TNarrow>
        where TWide : unmanaged, IBinaryInteger<TWide>
    {
        TNarrow* n = VectorRegisters.Lanes<TNarrow>(state, i->Rn);
        Vector128<TWide> result = default;
        TWide sum = TWide.Zero;
        for (int lane = 0; lane < i->Extra; lane++)
            sum += TWide.CreateTruncating(n[lane]);
        *(TWide*)&result = sum;
        VectorRegisters.Set(state, i->Rd, result);
        return i + 1;
    }

    /// <summary>SQDMULL, and with <c>Ra</c> 1 SQDMLAL, with 2 SQDMLSL.</summary>
    public static Instruction* DoublingLong<TNarrow, TWide>(CoreState* state, Instruction* i)
        where TNarrow : unmanaged, IBinaryInteger<TNarrow>
        where TWide : unmanaged, IBinaryInteger<TWide>, IMinMaxValue<TWide>
    {
        TWide* d = VectorRegisters.Lanes<TWide>(state, i->Rd);
        TNarrow* n = VectorRegisters.Half<TNarrow>(state, i, i->Rn);
        TNarrow* m = VectorRegisters.Half<TNarrow>(state, i, i->Rm);
        Vector128<TWide> result = default;
        var to = (TWide*)&result;
        bool isSaturated = false;
        for (int lane = 0; lane < i->Extra; lane++)
        {
            Int128 twice = 2 * Int128.CreateTruncating(n[lane]) * Int128.CreateTruncating(m[lane]);
            TWide product = Saturation.Saturate<TWide>(twice, ref isSaturated);
            Int128 addend = Int128.CreateTruncating(d[lane]);
            to[lane] = i->Ra switch
            {
                0 => product,
                1 => Saturation.Saturate<TWide>(addend + Int128.CreateTruncating(product), ref isSaturated),
                _ => Saturation.Saturate<TWide>(addend - Int128.CreateTruncating(product), ref isSaturated),
            };
        }

        if (isSaturated)
            state->Fpsr |= VectorRegisters.Saturated;
        VectorRegisters.Set(state, i->Rd, result);
        return i + 1;
    }

    /// <summary>
    /// ADDHN and its like: the upper half of a sum, or of a difference with <c>Ra</c> 1; <c>Ra</c> 2 more rounds.
    /// </summary>
    public static Instruction* NarrowHigh<TWide, TNarrow>(CoreState* state, Instruction* i)
        where TWide : unmanaged, IBinaryInteger<TWide>
        where TNarrow : unmanaged, IBinaryInteger<TNarrow>
    {
        TWide* n = VectorRegisters.Lanes<TWide>(state, i->Rn);
        TWide* m = VectorRegisters.Lanes<TWide>(state, i->Rm);
        int bits = sizeof(TNarrow) * 8;
        TWide half = (i->Ra & 2) != 0 ? TWide.One << (bits - 1) : TWide.Zero;
        ulong result = 0;
        var to = (TNarrow*)&result;
        for (int lane = 0; lane < i->Extra; lane++)
        {
            TWide sum = (i->Ra & 1) != 0 ? n[lane] - m[lane] : n[lane] + m[lane];
            to[lane] = TNarrow.CreateTruncating(sum + half >>> bits);
        }

        SetHalf(state, i, result);
        return i + 1;
    }

    /// <summary>XTN, SHRN and RSHRN: shifted to the right by <c>Ra</c>, with <c>Rm</c> 1 rounded.</summary>
    public static Instruction* Narrow<TWide, TNarrow>(CoreState* state, Instruction* i)
        where TWide : unmanaged, IBinaryInteger<TWide>
        where TNarrow : unmanaged, IBinaryInteger<TNarrow>
    {
        TWide* n = VectorRegisters.Lanes<TWide>(state, i->Rn);
        TWide half = i->Rm != 0 ? TWide.One << (i->Ra - 1) : TWide.Zero;
        ulong result = 0;
        var to = (TNarrow*)&result;
        for (int lane = 0; lane < i->Extra; lane++)
            to[lane] = TNarrow.CreateTruncating(n[lane] + half >>> i->Ra);
        SetHalf(state, i, result);
        return i + 1;
    }

    /// <summary>The same within the range of the narrow lanes.</summary>
    public static Instruction* NarrowSaturating<TWide, TNarrow>(CoreState* state, Instruction* i)
        where TWide : unmanaged, IBinaryInteger<TWide>
        where TNarrow : unmanaged, IBinaryInteger<TNarrow>, IMinMaxValue<TNarrow>
    {
        TWide* n = VectorRegisters.Lanes<TWide>(state, i->Rn);
        Int128 half = i->Rm != 0 ? (Int128)1 << (i->Ra - 1) : 0;
        ulong result = 0;
        var to = (TNarrow*)&result;
        bool isSaturated = false;
        for (int lane = 0; lane < i->Extra; lane++)
            to[lane] = Saturation.Saturate<TNarrow>(Int128.CreateTruncating(n[lane]) + half >> i->Ra, ref isSaturated);
        if (isSaturated)
            state->Fpsr |= VectorRegisters.Saturated;
        SetHalf(state, i, result);
        return i + 1;
    }

    /// <summary>PMULL of doublewords.</summary>
    public static Instruction* PolynomialMultiply(CoreState* state, Instruction* i)
    {
        UInt128 product = Polynomial.Multiply(
            *VectorRegisters.Half<ulong>(state, i, i->Rn), *VectorRegisters.Half<ulong>(state, i, i->Rm));
        VectorRegisters.Set(state, i->Rd, Vector128.Create((ulong)product, (ulong)(product >> 64)));
        return i + 1;
    }

    /// <summary>What is narrow goes into the lower half and clears the upper one, or into the upper half.</summary>
    private static void SetHalf(CoreState* state, Instruction* i, ulong result)
    {
        if (i->Immediate == 0)
            VectorRegisters.SetLow(state, i->Rd, result);
        else
            *VectorRegisters.Half<ulong>(state, i, i->Rd) = result;
    }
}
