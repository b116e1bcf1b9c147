using System.Runtime.CompilerServices;
using Gunyah.Aarch64.FloatingPoint;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Lanes of a floating-point format.</summary>
internal static unsafe class FloatLanes
{
    /// <summary>A lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Get<TFormat>(void* lanes, int lane)
        where TFormat : struct, IFormat => TFormat.Bits switch
        {
            16 => ((ushort*)lanes)[lane],
            32 => ((uint*)lanes)[lane],
            _ => ((ulong*)lanes)[lane],
        };

    /// <summary>Sets a lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Set<TFormat>(void* lanes, int lane, ulong value)
        where TFormat : struct, IFormat
    {
        if (TFormat.Bits == 16)
            ((ushort*)lanes)[lane] = (ushort)value;
        else if (TFormat.Bits == 32)
            ((uint*)lanes)[lane] = (uint)value;
        else
            ((ulong*)lanes)[lane] = value;
    }
}

/// <summary>
/// Floating point whose result is a vector register, or a scalar in one. <c>Extra</c> is the width of the result in bytes.
/// </summary>
internal static unsafe class FloatHandlers
{
    public static Instruction* Each<TOperation, TFormat>(CoreState* state, Instruction* i)
        where TOperation : struct, IFloatOperation
        where TFormat : struct, IFormat
    {
        var environment = new FloatEnvironment(state->Fpcr, state->Fpsr);
        void* d = VectorRegisters.Lanes<byte>(state, i->Rd);
        void* n = VectorRegisters.Lanes<byte>(state, i->Rn);
        void* m = VectorRegisters.Lanes<byte>(state, i->Rm);
        UInt128 result = 0;
        int count = i->Extra * 8 / TFormat.Bits;
        for (int lane = 0; lane < count; lane++)
        {
            FloatLanes.Set<TFormat>(&result, lane, TOperation.Apply<TFormat>(
                FloatLanes.Get<TFormat>(d, lane), FloatLanes.Get<TFormat>(n, lane), FloatLanes.Get<TFormat>(m, lane),
                ref environment));
        }

        return Finish(state, i, result, environment);
    }

    /// <summary>FADDP and its like: the pairs of both sources, one behind the other.</summary>
    public static Instruction* Pairwise<TOperation, TFormat>(CoreState* state, Instruction* i)
        where TOperation : struct, IFloatOperation
        where TFormat : struct, IFormat
    {
        var environment = new FloatEnvironment(state->Fpcr, state->Fpsr);
        UInt128 result = 0;
        int pairs = i->Extra * 4 / TFormat.Bits;
        for (int source = 0; source < 2; source++)
        {
            void* lanes = VectorRegisters.Lanes<byte>(state, source == 0 ? i->Rn : i->Rm);
            for (int pair = 0; pair < pairs; pair++)
            {
                FloatLanes.Set<TFormat>(&result, source * pairs + pair, TOperation.Apply<TFormat>(
                    0, FloatLanes.Get<TFormat>(lanes, pair * 2), FloatLanes.Get<TFormat>(lanes, pair * 2 + 1), ref environment));
            }
        }

        return Finish(state, i, result, environment);
    }

    /// <summary>The two lowest lanes, as the scalar FADDP and its like.</summary>
    public static Instruction* Pair<TOperation, TFormat>(CoreState* state, Instruction* i)
        where TOperation : struct, IFloatOperation
        where TFormat : struct, IFormat
    {
        var environment = new FloatEnvironment(state->Fpcr, state->Fpsr);
        void* n = VectorRegisters.Lanes<byte>(state, i->Rn);
        ulong result = TOperation.Apply<TFormat>(
            0, FloatLanes.Get<TFormat>(n, 0), FloatLanes.Get<TFormat>(n, 1), ref environment);
        return Finish(state, i, result, environment);
    }

    /// <summary>FMAXV and its like: of four singles first the pairs, then their results.</summary>
    public static Instruction* Across<TOperation>(CoreState* state, Instruction* i)
        where TOperation : struct, IFloatOperation
    {
        var environment = new FloatEnvironment(state->Fpcr, state->Fpsr);
        uint* n = VectorRegisters.Lanes<uint>(state, i->Rn);
        ulong low = TOperation.Apply<SinglePrecision>(0, n[0], n[1], ref environment);
        ulong high = TOperation.Apply<SinglePrecision>(0, n[2], n[3], ref environment);
        ulong result = TOperation.Apply<SinglePrecision>(0, low, high, ref environment);
        return Finish(state, i, result, environment);
    }

    /// <summary>
    /// FMADD and its like, with the addend <c>Ra</c>: bit 0 of <c>Immediate</c> negates the product, bit 1 the addend.
    /// </summary>
    public static Instruction* MultiplyAdd<TFormat>(CoreState* state, Instruction* i)
        where TFormat : struct, IFormat
    {
        var environment = new FloatEnvironment(state->Fpcr, state->Fpsr);
        ulong sign = Float<TFormat>.SignBit;
        ulong n = FloatLanes.Get<TFormat>(VectorRegisters.Lanes<byte>(state, i->Rn), 0) ^ ((i->Immediate & 1) != 0 ? sign : 0);
        ulong m = FloatLanes.Get<TFormat>(VectorRegisters.Lanes<byte>(state, i->Rm), 0);
        ulong a = FloatLanes.Get<TFormat>(VectorRegisters.Lanes<byte>(state, i->Ra), 0) ^ ((i->Immediate & 2) != 0 ? sign : 0);
        ulong result = Arithmetic<TFormat>.MultiplyAdd(a, n, m, ref environment);
        return Finish(state, i, result, environment);
    }

    /// <summary>FCMP; with <c>Ra</c> 1 FCMPE.</summary>
    public static Instruction* Compare<TFormat>(CoreState* state, Instruction* i)
        where TFormat : struct, IFormat
    {
        var environment = new FloatEnvironment(state->Fpcr, state->Fpsr);
        state->Nzcv = FloatComparison<TFormat>.Compare(
            FloatLanes.Get<TFormat>(VectorRegisters.Lanes<byte>(state, i->Rn), 0),
            FloatLanes.Get<TFormat>(VectorRegisters.Lanes<byte>(state, i->Rm), 0),
            i->Ra != 0, ref environment);
        state->Fpsr = environment.Status;
        return i + 1;
    }

    /// <summary>FCCMP and FCCMPE: if the condition does not hold, the flags are <c>Immediate</c>.</summary>
    public static Instruction* ConditionalCompare<TFormat, TCondition>(CoreState* state, Instruction* i)
        where TFormat : struct, IFormat
        where TCondition : struct, ICondition
    {
        if (TCondition.Holds(state))
            return Compare<TFormat>(state, i);
        state->Nzcv = (uint)i->Immediate;
        return i + 1;
    }

    /// <summary>FCSEL.</summary>
    public static Instruction* Select<TFormat, TCondition>(CoreState* state, Instruction* i)
        where TFormat : struct, IFormat
        where TCondition : struct, ICondition
    {
        int chosen = TCondition.Holds(state) ? i->Rn : i->Rm;
        VectorRegisters.SetLow(
            state, i->Rd, FloatLanes.Get<TFormat>(VectorRegisters.Lanes<byte>(state, chosen), 0));
        return i + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Instruction* Finish(CoreState* state, Instruction* i, UInt128 result, FloatEnvironment environment)
    {
        state->Fpsr = environment.Status;
        *VectorRegisters.Lanes<UInt128>(state, i->Rd) = result;
        return i + 1;
    }
}

/// <summary>The handlers of FCCMP.</summary>
internal readonly unsafe struct FloatConditionalCompare<TFormat> : IConditionalHandlers
    where TFormat : struct, IFormat
{
    public static Handler With<TCondition>()
        where TCondition : struct, ICondition => &FloatHandlers.ConditionalCompare<TFormat, TCondition>;
}

/// <summary>The handlers of FCSEL.</summary>
internal readonly unsafe struct FloatSelect<TFormat> : IConditionalHandlers
    where TFormat : struct, IFormat
{
    public static Handler With<TCondition>()
        where TCondition : struct, ICondition => &FloatHandlers.Select<TFormat, TCondition>;
}
