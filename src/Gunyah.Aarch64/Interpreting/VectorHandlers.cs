using System.Numerics;
using System.Runtime.Intrinsics;
using Gunyah.Aarch64.State;
using Gunyah.Aarch64.Vectors;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>
/// Advanced SIMD whose lanes are as wide as their sources. <c>Extra</c> is the width of the result in bytes, <c>Ra</c> a shift.
/// </summary>
internal static unsafe class VectorHandlers
{
    public static Instruction* Whole<TOperation, T>(CoreState* state, Instruction* i)
        where TOperation : struct, IVectorOperation
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        Vector128<T> result = TOperation.Apply(
            VectorRegisters.Get<T>(state, i->Rd), VectorRegisters.Get<T>(state, i->Rn), VectorRegisters.Get<T>(state, i->Rm));
        VectorRegisters.SetResult(state, i, result);
        return i + 1;
    }

    public static Instruction* Each<TOperation, T>(CoreState* state, Instruction* i)
        where TOperation : struct, IElementOperation
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        T* d = VectorRegisters.Lanes<T>(state, i->Rd);
        T* n = VectorRegisters.Lanes<T>(state, i->Rn);
        T* m = VectorRegisters.Lanes<T>(state, i->Rm);
        Vector128<T> result = default;
        var to = (T*)&result;
        int count = i->Extra / sizeof(T);
        int shift = i->Ra;
        bool isSaturated = false;
        for (int lane = 0; lane < count; lane++)
            to[lane] = TOperation.Apply(d[lane], n[lane], m[lane], shift, ref isSaturated);
        if (isSaturated)
            state->Fpsr |= VectorRegisters.Saturated;
        VectorRegisters.Set(state, i->Rd, result);
        return i + 1;
    }

    /// <summary>ADDP and its like: the pairs of both sources, one behind the other.</summary>
    public static Instruction* Pairwise<TOperation, T>(CoreState* state, Instruction* i)
        where TOperation : struct, IVectorOperation
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        Vector128<T> n = VectorRegisters.Get<T>(state, i->Rn);
        Vector128<T> m = VectorRegisters.Get<T>(state, i->Rm);
        if (i->Extra != VectorRegisters.Width)
            n = m = Vector128.Create(n.GetLower(), m.GetLower());
        Vector128<T> result = TOperation.Apply(default, Permutation.Even(n, m), Permutation.Odd(n, m));
        VectorRegisters.SetResult(state, i, result);
        return i + 1;
    }

    /// <summary>ADDV and its like: all lanes of a source of <c>Rm</c> bytes become one.</summary>
    public static Instruction* Across<TOperation, T>(CoreState* state, Instruction* i)
        where TOperation : struct, IVectorOperation
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        Vector128<T> value = VectorRegisters.Get<T>(state, i->Rn);
        for (int width = i->Rm; width > sizeof(T); width /= 2)
        {
            int half = width / 2;
            Vector128<byte> upper = Vector128.Create((byte)half) + Vector128<byte>.Indices;
            value = TOperation.Apply(default, value, Vector128.Shuffle(value.AsByte(), upper).As<byte, T>());
        }

        VectorRegisters.SetResult(state, i, value);
        return i + 1;
    }

    public static Instruction* ShiftLeft<T>(CoreState* state, Instruction* i)
        where T : unmanaged, IBinaryInteger<T>
    {
        VectorRegisters.SetResult(state, i, VectorRegisters.Get<T>(state, i->Rn) << i->Ra);
        return i + 1;
    }

    /// <summary>To the right, by less than a lane.</summary>
    public static Instruction* ShiftRight<T>(CoreState* state, Instruction* i)
        where T : unmanaged, IBinaryInteger<T>
    {
        VectorRegisters.SetResult(state, i, VectorRegisters.Get<T>(state, i->Rn) >> i->Ra);
        return i + 1;
    }

    /// <summary>REV16, REV32 and REV64: the lane whose number differs by <c>Ra</c>.</summary>
    public static Instruction* Reverse<T>(CoreState* state, Instruction* i)
        where T : unmanaged
    {
        T* n = VectorRegisters.Lanes<T>(state, i->Rn);
        Vector128<T> result = default;
        var to = (T*)&result;
        for (int lane = 0; lane < Vector128<T>.Count; lane++)
            to[lane] = n[lane ^ i->Ra];
        VectorRegisters.SetResult(state, i, result);
        return i + 1;
    }

    public static Instruction* UnzipEven<T>(CoreState* state, Instruction* i)
        where T : unmanaged
    {
        Vector128<T> n = VectorRegisters.Get<T>(state, i->Rn);
        Vector128<T> m = VectorRegisters.Get<T>(state, i->Rm);
        if (i->Extra != VectorRegisters.Width)
            n = m = Vector128.Create(n.GetLower(), m.GetLower());
        VectorRegisters.SetResult(state, i, Permutation.Even(n, m));
        return i + 1;
    }

    public static Instruction* UnzipOdd<T>(CoreState* state, Instruction* i)
        where T : unmanaged
    {
        Vector128<T> n = VectorRegisters.Get<T>(state, i->Rn);
        Vector128<T> m = VectorRegisters.Get<T>(state, i->Rm);
        if (i->Extra != VectorRegisters.Width)
            n = m = Vector128.Create(n.GetLower(), m.GetLower());
        VectorRegisters.SetResult(state, i, Permutation.Odd(n, m));
        return i + 1;
    }

    /// <summary>ZIP1 and ZIP2: lanes of both sources in turn, from the part that begins at byte <c>Immediate</c>.</summary>
    public static Instruction* Zip<T>(CoreState* state, Instruction* i)
        where T : unmanaged
    {
        T* n = VectorRegisters.Half<T>(state, i, i->Rn);
        T* m = VectorRegisters.Half<T>(state, i, i->Rm);
        Vector128<T> result = default;
        var to = (T*)&result;
        int pairs = i->Extra / sizeof(T) / 2;
        for (int pair = 0; pair < pairs; pair++)
        {
            to[pair * 2] = n[pair];
            to[pair * 2 + 1] = m[pair];
        }

        VectorRegisters.Set(state, i->Rd, result);
        return i + 1;
    }

    /// <summary>TRN1 and TRN2: the lanes of pairs with number <c>Ra</c>, of both sources.</summary>
    public static Instruction* Transpose<T>(CoreState* state, Instruction* i)
        where T : unmanaged
    {
        T* n = VectorRegisters.Lanes<T>(state, i->Rn);
        T* m = VectorRegisters.Lanes<T>(state, i->Rm);
        Vector128<T> result = default;
        var to = (T*)&result;
        int count = i->Extra / sizeof(T);
        for (int lane = 0; lane < count; lane += 2)
        {
            to[lane] = n[lane + i->Ra];
            to[lane + 1] = m[lane + i->Ra];
        }

        VectorRegisters.Set(state, i->Rd, result);
        return i + 1;
    }

    /// <summary>EXT: from byte <c>Ra</c> of the first source on into the second.</summary>
    public static Instruction* Extract(CoreState* state, Instruction* i)
    {
        byte* both = stackalloc byte[VectorRegisters.Width * 2];
        VectorRegisters.Get<byte>(state, i->Rn).Store(both);
        VectorRegisters.Get<byte>(state, i->Rm).Store(both + i->Extra);
        VectorRegisters.SetResult(state, i, Vector128.Load(both + i->Ra));
        return i + 1;
    }

    /// <summary>TBL and TBX (with <c>Immediate</c> 1): bytes of <c>Ra</c> registers from <c>Rn</c> on.</summary>
    public static Instruction* Table(CoreState* state, Instruction* i)
    {
        byte* indexes = VectorRegisters.Lanes<byte>(state, i->Rm);
        Vector128<byte> result = i->Immediate != 0 ? VectorRegisters.Get<byte>(state, i->Rd) : default;
        var to = (byte*)&result;
        int length = i->Ra * VectorRegisters.Width;
        for (int lane = 0; lane < i->Extra; lane++)
        {
            int index = indexes[lane];
            // The register behind V31 is V0.
            int register = i->Rn + index / VectorRegisters.Width & 31;
            if (index < length)
                to[lane] = VectorRegisters.Lanes<byte>(state, register)[index % VectorRegisters.Width];
        }

        VectorRegisters.SetResult(state, i, result);
        return i + 1;
    }
}
