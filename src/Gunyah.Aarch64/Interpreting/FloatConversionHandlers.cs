using Gunyah.Aarch64.FloatingPoint;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>
/// Conversions between formats and integers. <c>Rm</c> is how many bits are behind the point of a fixed-point number,
/// <c>Ra</c> the
/// rounding, <c>Immediate</c> 1 where integers are unsigned.
/// </summary>
internal static unsafe class FloatConversionHandlers
{
    /// <summary>To a general register of <c>Extra</c> bits.</summary>
    public static Instruction* ToGeneral<TFormat>(CoreState* state, Instruction* i)
        where TFormat : struct, IFormat
    {
        var environment = new FloatEnvironment(state->Fpcr, state->Fpsr);
        state->X[i->Rd] = Conversion<TFormat>.ToInteger(
            FloatLanes.Get<TFormat>(VectorRegisters.Lanes<byte>(state, i->Rn), 0), i->Rm, i->Extra, i->Immediate != 0,
            (Rounding)i->Ra, ref environment);
        state->Fpsr = environment.Status;
        return i + 1;
    }

    /// <summary>From a general register of <c>Extra</c> bits.</summary>
    public static Instruction* FromGeneral<TFormat>(CoreState* state, Instruction* i)
        where TFormat : struct, IFormat
    {
        var environment = new FloatEnvironment(state->Fpcr, state->Fpsr);
        ulong value = state->X[i->Rn];
        if (i->Extra == 32)
            value = i->Immediate != 0 ? (uint)value : (ulong)(int)value;
        ulong result = FromInteger<TFormat>(value, i, ref environment);
        return FloatHandlers.Finish(state, i, result, environment);
    }

    /// <summary>Lanes to lanes: numbers to integers.</summary>
    public static Instruction* ToIntegers<TFormat>(CoreState* state, Instruction* i)
        where TFormat : struct, IFormat
    {
        var environment = new FloatEnvironment(state->Fpcr, state->Fpsr);
        void* n = VectorRegisters.Lanes<byte>(state, i->Rn);
        UInt128 result = 0;
        int count = i->Extra * 8 / TFormat.Bits;
        for (int lane = 0; lane < count; lane++)
        {
            FloatLanes.Set<TFormat>(&result, lane, Conversion<TFormat>.ToInteger(
                FloatLanes.Get<TFormat>(n, lane), i->Rm, TFormat.Bits, i->Immediate != 0, (Rounding)i->Ra, ref environment));
        }

        return FloatHandlers.Finish(state, i, result, environment);
    }

    /// <summary>Lanes to lanes: integers to numbers.</summary>
    public static Instruction* FromIntegers<TFormat>(CoreState* state, Instruction* i)
        where TFormat : struct, IFormat
    {
        var environment = new FloatEnvironment(state->Fpcr, state->Fpsr);
        void* n = VectorRegisters.Lanes<byte>(state, i->Rn);
        UInt128 result = 0;
        int count = i->Extra * 8 / TFormat.Bits;
        for (int lane = 0; lane < count; lane++)
        {
            ulong value = FloatLanes.Get<TFormat>(n, lane);
            if (TFormat.Bits == 32 && i->Immediate == 0)
                value = (ulong)(int)value;
            FloatLanes.Set<TFormat>(&result, lane, FromInteger<TFormat>(value, i, ref environment));
        }

        return FloatHandlers.Finish(state, i, result, environment);
    }

    /// <summary>FCVT.</summary>
    public static Instruction* Convert<TFrom, TTo>(CoreState* state, Instruction* i)
        where TFrom : struct, IFormat
        where TTo : struct, IFormat
    {
        var environment = new FloatEnvironment(state->Fpcr, state->Fpsr);
        ulong result = Conversion<TFrom>.To<TTo>(
            FloatLanes.Get<TFrom>(VectorRegisters.Lanes<byte>(state, i->Rn), 0), environment.Rounding, ref environment);
        return FloatHandlers.Finish(state, i, result, environment);
    }

    /// <summary>FCVTL: <c>Extra</c> lanes of the half that begins at byte <c>Immediate</c>.</summary>
    public static Instruction* Lengthen<TFrom, TTo>(CoreState* state, Instruction* i)
        where TFrom : struct, IFormat
        where TTo : struct, IFormat
    {
        var environment = new FloatEnvironment(state->Fpcr, state->Fpsr);
        void* n = VectorRegisters.Half<byte>(state, i, i->Rn);
        UInt128 result = 0;
        for (int lane = 0; lane < i->Extra; lane++)
        {
            FloatLanes.Set<TTo>(&result, lane, Conversion<TFrom>.To<TTo>(
                FloatLanes.Get<TFrom>(n, lane), environment.Rounding, ref environment));
        }

        return FloatHandlers.Finish(state, i, result, environment);
    }

    /// <summary>FCVTN, and with <c>Ra</c> 1 FCVTXN, which rounds to odd: the result goes into that half.</summary>
    public static Instruction* Narrow<TFrom, TTo>(CoreState* state, Instruction* i)
        where TFrom : struct, IFormat
        where TTo : struct, IFormat
    {
        var environment = new FloatEnvironment(state->Fpcr, state->Fpsr);
        void* n = VectorRegisters.Lanes<byte>(state, i->Rn);
        ulong result = 0;
        for (int lane = 0; lane < i->Extra; lane++)
        {
            FloatLanes.Set<TTo>(&result, lane, Conversion<TFrom>.To<TTo>(
                FloatLanes.Get<TFrom>(n, lane), i->Ra != 0 ? Rounding.Odd : environment.Rounding, ref environment));
        }

        state->Fpsr = environment.Status;
        if (i->Immediate == 0)
            VectorRegisters.SetLow(state, i->Rd, result);
        else
            *VectorRegisters.Half<ulong>(state, i, i->Rd) = result;
        return i + 1;
    }

    private static ulong FromInteger<TFormat>(ulong value, Instruction* i, ref FloatEnvironment environment)
        where TFormat : struct, IFormat
    {
        bool isNegative = i->Immediate == 0 && (long)value < 0;
        return Conversion<TFormat>.FromInteger(isNegative ? 0 - value : value, i->Rm, isNegative, ref environment);
    }
}
