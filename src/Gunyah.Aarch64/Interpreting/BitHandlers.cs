using System.Buffers.Binary;
using System.Numerics;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Bit fields, extractions, and the order and number of bits.</summary>
internal static unsafe class BitHandlers
{
    private const ulong OddBits = 0x5555_5555_5555_5555;
    private const ulong OddPairs = 0x3333_3333_3333_3333;
    private const ulong OddNibbles = 0x0F0F_0F0F_0F0F_0F0F;
    private const ulong OddBytes = 0x00FF_00FF_00FF_00FF;

    /// <summary>UBFM that moves right: the bits of <c>Immediate</c> from bit <c>Extra</c> up.</summary>
    public static Instruction* ExtractField(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = state->X[i->Rn] >> i->Extra & (ulong)i->Immediate;
        return i + 1;
    }

    /// <summary>UBFM that moves left: the bits of <c>Immediate</c>, to bit <c>Extra</c>.</summary>
    public static Instruction* PlaceField(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = (state->X[i->Rn] & (ulong)i->Immediate) << i->Extra;
        return i + 1;
    }

    /// <summary>SBFM: left by <c>Ra</c>, so that the field's sign is on top, and right by <c>Extra</c>.</summary>
    public static Instruction* SignedField64(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = (ulong)((long)(state->X[i->Rn] << i->Ra) >> i->Extra);
        return i + 1;
    }

    /// <summary>The same of 32 bits.</summary>
    public static Instruction* SignedField32(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = (uint)((long)(state->X[i->Rn] << i->Ra) >> i->Extra);
        return i + 1;
    }

    /// <summary>BFM: the bits of <c>Immediate</c> come from <c>Rn</c>, rotated right by <c>Extra</c>; the others stay.</summary>
    public static Instruction* InsertField64(CoreState* state, Instruction* i)
    {
        var mask = (ulong)i->Immediate;
        state->X[i->Rd] = state->X[i->Rm] & ~mask | BitOperations.RotateRight(state->X[i->Rn], i->Extra) & mask;
        return i + 1;
    }

    /// <summary>The same of 32 bits.</summary>
    public static Instruction* InsertField32(CoreState* state, Instruction* i)
    {
        var mask = (uint)i->Immediate;
        state->X[i->Rd] = (uint)state->X[i->Rm] & ~mask | BitOperations.RotateRight((uint)state->X[i->Rn], i->Extra) & mask;
        return i + 1;
    }

    /// <summary>EXTR by 1 to 63 bits.</summary>
    public static Instruction* Extract64(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = state->X[i->Rm] >> i->Extra | state->X[i->Rn] << (64 - i->Extra);
        return i + 1;
    }

    /// <summary>EXTR by 0 to 31 bits.</summary>
    public static Instruction* Extract32(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = (uint)(((ulong)(uint)state->X[i->Rn] << 32 | (uint)state->X[i->Rm]) >> i->Extra);
        return i + 1;
    }

    public static Instruction* ReverseBits64(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = Reversed(state->X[i->Rn]);
        return i + 1;
    }

    public static Instruction* ReverseBits32(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = Reversed(state->X[i->Rn]) >> 32;
        return i + 1;
    }

    public static Instruction* ReverseHalfWords64(CoreState* state, Instruction* i)
    {
        ulong value = state->X[i->Rn];
        state->X[i->Rd] = value >> 8 & OddBytes | (value & OddBytes) << 8;
        return i + 1;
    }

    public static Instruction* ReverseHalfWords32(CoreState* state, Instruction* i)
    {
        ulong value = (uint)state->X[i->Rn];
        state->X[i->Rd] = value >> 8 & OddBytes | (value & OddBytes) << 8;
        return i + 1;
    }

    /// <summary>REV32: the bytes of each word.</summary>
    public static Instruction* ReverseWords(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = BitOperations.RotateRight(BinaryPrimitives.ReverseEndianness(state->X[i->Rn]), 32);
        return i + 1;
    }

    public static Instruction* Reverse64(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = BinaryPrimitives.ReverseEndianness(state->X[i->Rn]);
        return i + 1;
    }

    public static Instruction* Reverse32(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = BinaryPrimitives.ReverseEndianness((uint)state->X[i->Rn]);
        return i + 1;
    }

    public static Instruction* LeadingZeros64(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = (ulong)BitOperations.LeadingZeroCount(state->X[i->Rn]);
        return i + 1;
    }

    public static Instruction* LeadingZeros32(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = (ulong)BitOperations.LeadingZeroCount((uint)state->X[i->Rn]);
        return i + 1;
    }

    /// <summary>CLS: how many bits below the sign are equal to it.</summary>
    public static Instruction* LeadingSigns64(CoreState* state, Instruction* i)
    {
        var value = (long)state->X[i->Rn];
        state->X[i->Rd] = (ulong)BitOperations.LeadingZeroCount((ulong)(value ^ value >> 63)) - 1;
        return i + 1;
    }

    public static Instruction* LeadingSigns32(CoreState* state, Instruction* i)
    {
        var value = (int)state->X[i->Rn];
        state->X[i->Rd] = (ulong)BitOperations.LeadingZeroCount((uint)(value ^ value >> 31)) - 1;
        return i + 1;
    }

    private static ulong Reversed(ulong value)
    {
        value = value >> 1 & OddBits | (value & OddBits) << 1;
        value = value >> 2 & OddPairs | (value & OddPairs) << 2;
        value = value >> 4 & OddNibbles | (value & OddNibbles) << 4;
        return BinaryPrimitives.ReverseEndianness(value);
    }
}
