using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>How handlers reach the vector registers. A result that is narrower than a register clears what is above it.</summary>
internal static unsafe class VectorRegisters
{
    /// <summary>FPSR.QC: a result was saturated.</summary>
    public const uint Saturated = 1u << 27;

    /// <summary>The bytes of a register.</summary>
    public const int Width = 16;

    /// <summary>The lanes of a register, the lowest first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T* Lanes<T>(CoreState* state, int slot)
        where T : unmanaged => (T*)(state->Vector + slot * 2);

    /// <summary>A register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Get<T>(CoreState* state, int slot)
        where T : unmanaged => Vector128.Load(Lanes<T>(state, slot));

    /// <summary>Writes a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Set<T>(CoreState* state, int slot, Vector128<T> value)
        where T : unmanaged => value.Store(Lanes<T>(state, slot));

    /// <summary>Writes as many low bytes of the destination as <c>Extra</c> says, and clears the rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SetResult<T>(CoreState* state, Instruction* i, Vector128<T> value)
        where T : unmanaged
    {
        if (i->Extra == Width)
            Set(state, i->Rd, value);
        else
            SetLow(state, i->Rd, value.AsUInt64().ToScalar() & (ulong.MaxValue >> (64 - i->Extra * 8)));
    }

    /// <summary>Writes the lower half and clears the upper one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SetLow(CoreState* state, int slot, ulong value)
    {
        ulong* register = Lanes<ulong>(state, slot);
        register[0] = value;
        register[1] = 0;
    }

    /// <summary>The lower or the upper half, by <c>Immediate</c>: the byte where it begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T* Half<T>(CoreState* state, Instruction* i, int slot)
        where T : unmanaged => (T*)((byte*)(state->Vector + slot * 2) + i->Immediate);
}
