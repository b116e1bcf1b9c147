using System.Runtime.Intrinsics;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Copies of lanes and immediates. <c>Ra</c> is the number of a lane, <c>Immediate</c> of another.</summary>
internal static unsafe class VectorCopyHandlers
{
    /// <summary>A lane into every lane.</summary>
    public static Instruction* Broadcast<T>(CoreState* state, Instruction* i)
        where T : unmanaged
    {
        VectorRegisters.SetResult(state, i, Vector128.Create(VectorRegisters.Lanes<T>(state, i->Rn)[i->Ra]));
        return i + 1;
    }

    /// <summary>A general register into every lane.</summary>
    public static Instruction* BroadcastGeneral<T>(CoreState* state, Instruction* i)
        where T : unmanaged
    {
        ulong value = state->X[i->Rn];
        VectorRegisters.SetResult(state, i, Vector128.Create(*(T*)&value));
        return i + 1;
    }

    public static Instruction* InsertGeneral<T>(CoreState* state, Instruction* i)
        where T : unmanaged
    {
        ulong value = state->X[i->Rn];
        VectorRegisters.Lanes<T>(state, i->Rd)[i->Ra] = *(T*)&value;
        return i + 1;
    }

    public static Instruction* InsertElement<T>(CoreState* state, Instruction* i)
        where T : unmanaged
    {
        VectorRegisters.Lanes<T>(state, i->Rd)[i->Ra] = VectorRegisters.Lanes<T>(state, i->Rn)[i->Immediate];
        return i + 1;
    }

    public static Instruction* MoveByte(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = VectorRegisters.Lanes<byte>(state, i->Rn)[i->Ra];
        return i + 1;
    }

    public static Instruction* MoveHalfword(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = VectorRegisters.Lanes<ushort>(state, i->Rn)[i->Ra];
        return i + 1;
    }

    public static Instruction* MoveWord(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = VectorRegisters.Lanes<uint>(state, i->Rn)[i->Ra];
        return i + 1;
    }

    public static Instruction* MoveDoubleword(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = VectorRegisters.Lanes<ulong>(state, i->Rn)[i->Ra];
        return i + 1;
    }

    /// <summary>SMOV of a byte; <c>Immediate</c> has the bits that its destination has.</summary>
    public static Instruction* MoveSignedByte(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = (ulong)VectorRegisters.Lanes<sbyte>(state, i->Rn)[i->Ra] & (ulong)i->Immediate;
        return i + 1;
    }

    public static Instruction* MoveSignedHalfword(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = (ulong)VectorRegisters.Lanes<short>(state, i->Rn)[i->Ra] & (ulong)i->Immediate;
        return i + 1;
    }

    public static Instruction* MoveSignedWord(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = (ulong)VectorRegisters.Lanes<int>(state, i->Rn)[i->Ra];
        return i + 1;
    }

    /// <summary>MOVI, MVNI and FMOV: the immediate in both halves, or in one.</summary>
    public static Instruction* MoveImmediate(CoreState* state, Instruction* i)
    {
        VectorRegisters.SetResult(state, i, Vector128.Create((ulong)i->Immediate));
        return i + 1;
    }

    public static Instruction* OrImmediate(CoreState* state, Instruction* i)
    {
        VectorRegisters.SetResult(
            state, i, VectorRegisters.Get<ulong>(state, i->Rd) | Vector128.Create((ulong)i->Immediate));
        return i + 1;
    }

    public static Instruction* ClearImmediate(CoreState* state, Instruction* i)
    {
        VectorRegisters.SetResult(
            state, i, VectorRegisters.Get<ulong>(state, i->Rd) & ~Vector128.Create((ulong)i->Immediate));
        return i + 1;
    }

    /// <summary>FMOV from a general register to the low lane, the rest cleared.</summary>
    public static Instruction* FromGeneral(CoreState* state, Instruction* i)
    {
        ulong value = state->X[i->Rn];
        VectorRegisters.SetResult(state, i, Vector128.CreateScalar(value));
        return i + 1;
    }
}
