using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Gunyah.Aarch64.FloatingPoint;

/// <summary>
/// The host's own arithmetic, where its result and its flags are provably Arm's: rounding to nearest, operands and result
/// normal and far from both ends of the range, and whether the result is exact known from what is left of it. That error is
/// computed without one of its own there: by two sums, by a fused multiplication, or in double precision for single.
/// </summary>
internal static class HostArithmetic<TFormat>
    where TFormat : struct, IFormat
{
    /// <summary>What the runtime makes up for a host that cannot multiply and add at once is not relied on.</summary>
    private static bool HasFusedMultiply => Fma.IsSupported || AdvSimd.IsSupported;

    /// <summary>How many exponents at either end of the range are left out: more than the bits of two fractions.</summary>
    private static int Margin => TFormat.Bits == 64 ? 120 : 2;

    public static bool TryAdd(ulong n, ulong m, ref FloatEnvironment environment, out ulong result)
    {
        result = 0;
        if (!IsUsual(n) || !IsUsual(m) || environment.Rounding != Rounding.NearestEven)
            return false;
        bool isExact;
        if (TFormat.Bits == 64)
        {
            double a = BitConverter.UInt64BitsToDouble(n);
            double b = BitConverter.UInt64BitsToDouble(m);
            double sum = a + b;
            double part = sum - a;
            isExact = a - (sum - part) + (b - part) == 0;
            result = BitConverter.DoubleToUInt64Bits(sum);
        }
        else
        {
            float a = BitConverter.UInt32BitsToSingle((uint)n);
            float b = BitConverter.UInt32BitsToSingle((uint)m);
            float sum = a + b;
            float part = sum - a;
            isExact = a - (sum - part) + (b - part) == 0;
            result = BitConverter.SingleToUInt32Bits(sum);
        }

        return IsDone(result, isExact, ref environment);
    }

    public static bool TryMultiply(ulong n, ulong m, ref FloatEnvironment environment, out ulong result)
    {
        result = 0;
        if (!IsUsual(n) || !IsUsual(m) || environment.Rounding != Rounding.NearestEven)
            return false;
        bool isExact;
        if (TFormat.Bits == 64)
        {
            if (!HasFusedMultiply)
                return false;
            double a = BitConverter.UInt64BitsToDouble(n);
            double b = BitConverter.UInt64BitsToDouble(m);
            double product = a * b;
            isExact = environment.IsInexact || Math.FusedMultiplyAdd(a, b, -product) == 0;
            result = BitConverter.DoubleToUInt64Bits(product);
        }
        else
        {
            double exact = (double)BitConverter.UInt32BitsToSingle((uint)n) * BitConverter.UInt32BitsToSingle((uint)m);
            var product = (float)exact;
            isExact = product == exact;
            result = BitConverter.SingleToUInt32Bits(product);
        }

        return IsDone(result, isExact, ref environment);
    }

    public static bool TryDivide(ulong n, ulong m, ref FloatEnvironment environment, out ulong result)
    {
        result = 0;
        if (!IsUsual(n) || !IsUsual(m) || environment.Rounding != Rounding.NearestEven)
            return false;
        bool isExact;
        if (TFormat.Bits == 64)
        {
            if (!HasFusedMultiply)
                return false;
            double a = BitConverter.UInt64BitsToDouble(n);
            double b = BitConverter.UInt64BitsToDouble(m);
            double quotient = a / b;
            isExact = environment.IsInexact || Math.FusedMultiplyAdd(-quotient, b, a) == 0;
            result = BitConverter.DoubleToUInt64Bits(quotient);
        }
        else
        {
            float a = BitConverter.UInt32BitsToSingle((uint)n);
            float b = BitConverter.UInt32BitsToSingle((uint)m);
            float quotient = a / b;
            isExact = (double)quotient * b == a;
            result = BitConverter.SingleToUInt32Bits(quotient);
        }

        return IsDone(result, isExact, ref environment);
    }

    public static bool TrySquareRoot(ulong n, ref FloatEnvironment environment, out ulong result)
    {
        result = 0;
        if (!IsUsual(n) || Float<TFormat>.IsNegative(n) || environment.Rounding != Rounding.NearestEven)
            return false;
        bool isExact;
        if (TFormat.Bits == 64)
        {
            if (!HasFusedMultiply)
                return false;
            double a = BitConverter.UInt64BitsToDouble(n);
            double root = Math.Sqrt(a);
            isExact = environment.IsInexact || Math.FusedMultiplyAdd(-root, root, a) == 0;
            result = BitConverter.DoubleToUInt64Bits(root);
        }
        else
        {
            float a = BitConverter.UInt32BitsToSingle((uint)n);
            float root = MathF.Sqrt(a);
            isExact = (double)root * root == a;
            result = BitConverter.SingleToUInt32Bits(root);
        }

        return IsDone(result, isExact, ref environment);
    }

    /// <summary>Only where one more inexact result is nothing new.</summary>
    public static bool TryMultiplyAdd(ulong a, ulong n, ulong m, ref FloatEnvironment environment, out ulong result)
    {
        result = 0;
        if (!HasFusedMultiply || !environment.IsInexact || environment.Rounding != Rounding.NearestEven)
            return false;
        if (!IsUsual(a) || !IsUsual(n) || !IsUsual(m))
            return false;
        result = TFormat.Bits == 64
            ? BitConverter.DoubleToUInt64Bits(Math.FusedMultiplyAdd(
                BitConverter.UInt64BitsToDouble(n), BitConverter.UInt64BitsToDouble(m), BitConverter.UInt64BitsToDouble(a)))
            : BitConverter.SingleToUInt32Bits(MathF.FusedMultiplyAdd(
                BitConverter.UInt32BitsToSingle((uint)n), BitConverter.UInt32BitsToSingle((uint)m),
                BitConverter.UInt32BitsToSingle((uint)a)));
        return IsUsual(result);
    }

    private static bool IsDone(ulong result, bool isExact, ref FloatEnvironment environment)
    {
        if (!IsUsual(result))
            return false;
        if (!isExact)
            environment.Raise(FloatEnvironment.Inexact);
        return true;
    }

    /// <summary>Normal, and within the margins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsUsual(ulong bits)
    {
        int exponent = (int)(bits >> TFormat.FractionBits) & Float<TFormat>.MostExponent;
        return (uint)(exponent - Margin) < (uint)(Float<TFormat>.MostExponent - 2 * Margin);
    }
}
