using System.Numerics;

namespace Gunyah.Aarch64.Decoding;

/// <summary>The immediates of logical instructions (Arm ARM DDI 0487, J1: DecodeBitMasks).</summary>
internal static class Bitmask
{
    /// <summary>
    /// Decodes N, immr and imms: an element of 2 to 64 bits with imms + 1 ones, rotated right by immr, fills the register.
    /// </summary>
    /// <param name="word">The instruction.</param>
    /// <param name="mask">The immediate; 32 bits where the instruction has 32.</param>
    /// <returns>False where the encoding is reserved.</returns>
    public static bool TryDecode(Word word, out ulong mask)
    {
        mask = 0;
        // The highest bit that is set in N:NOT(imms) says how long the element is.
        int sized = word.Bits(22, 1) << 6 | (~word.Bits(10, 6) & 0x3F);
        if (sized < 2 || (!word.Sf && word.Bit(22)))
            return false;
        int size = 1 << BitOperations.Log2((uint)sized);
        int ones = word.Bits(10, 6) & (size - 1);
        if (ones == size - 1)
            return false;
        int rotation = word.Bits(16, 6) & (size - 1);
        ulong element = (2ul << ones) - 1;
        ulong all = ~0ul >> (64 - size);
        element = rotation == 0 ? element : (element >> rotation | element << (size - rotation)) & all;
        for (; size < 64; size *= 2)
            element |= element << size;
        mask = word.Sf ? element : (uint)element;
        return true;
    }
}
