using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Gunyah.Aarch64.Vectors;

/// <summary>Polynomials over {0, 1}.</summary>
internal static class Polynomial
{
    /// <summary>The product of two polynomials of 64 bits.</summary>
    public static UInt128 Multiply(ulong n, ulong m)
    {
        if (Pclmulqdq.IsSupported)
        {
            Vector128<ulong> product = Pclmulqdq.CarrylessMultiply(
                Vector128.CreateScalar(n).AsInt64(), Vector128.CreateScalar(m).AsInt64(), 0).AsUInt64();
            return new(product.GetElement(1), product.ToScalar());
        }

        return MultiplyByBits(n, m);
    }

    /// <summary>The same on any host.</summary>
    public static UInt128 MultiplyByBits(ulong n, ulong m)
    {
        UInt128 product = 0;
        for (int bit = 0; bit < 64; bit++)
            product ^= (m >> bit & 1) != 0 ? (UInt128)n << bit : 0;
        return product;
    }
}
