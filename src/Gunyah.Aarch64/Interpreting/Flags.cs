using System.Runtime.CompilerServices;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Sums, differences and logical results that set the flags N, Z, C and V.</summary>
internal static unsafe class Flags
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Add64(CoreState* state, ulong first, ulong second)
    {
        ulong result = first + second;
        state->N = (long)result;
        state->Z = result;
        state->C = result < first ? 1u : 0;
        state->V = (uint)(((first ^ result) & (second ^ result)) >> 63);
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Add32(CoreState* state, uint first, uint second)
    {
        uint result = first + second;
        state->N = (int)result;
        state->Z = result;
        state->C = result < first ? 1u : 0;
        state->V = ((first ^ result) & (second ^ result)) >> 31;
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Subtract64(CoreState* state, ulong first, ulong second)
    {
        ulong result = first - second;
        state->N = (long)result;
        state->Z = result;
        state->C = first >= second ? 1u : 0;
        state->V = (uint)(((first ^ second) & (first ^ result)) >> 63);
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Subtract32(CoreState* state, uint first, uint second)
    {
        uint result = first - second;
        state->N = (int)result;
        state->Z = result;
        state->C = first >= second ? 1u : 0;
        state->V = ((first ^ second) & (first ^ result)) >> 31;
        return result;
    }

    /// <summary>With the carry that is set; a difference adds the complement.</summary>
    public static ulong AddWithCarry64(CoreState* state, ulong first, ulong second)
    {
        ulong result = first + second + state->C;
        state->N = (long)result;
        state->Z = result;
        state->C = result < first || (state->C != 0 && result == first) ? 1u : 0;
        state->V = (uint)(((first ^ result) & (second ^ result)) >> 63);
        return result;
    }

    /// <summary>With the carry that is set; a difference adds the complement.</summary>
    public static uint AddWithCarry32(CoreState* state, uint first, uint second)
    {
        ulong sum = (ulong)first + second + state->C;
        var result = (uint)sum;
        state->N = (int)result;
        state->Z = result;
        state->C = (uint)(sum >> 32);
        state->V = ((first ^ result) & (second ^ result)) >> 31;
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Logical64(CoreState* state, ulong result)
    {
        state->N = (long)result;
        state->Z = result;
        state->C = state->V = 0;
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Logical32(CoreState* state, uint result)
    {
        state->N = (int)result;
        state->Z = result;
        state->C = state->V = 0;
        return result;
    }
}
