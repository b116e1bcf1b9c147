using System.Runtime.CompilerServices;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>The base, to which a register, <c>Rm</c>, and an immediate are added behind the access.</summary>
internal unsafe struct PostRegister : IAddressing
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, Instruction* i) => state->X[i->Rn];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteBack(CoreState* state, Instruction* i, ulong address) =>
        state->X[i->Rn] = address + state->X[i->Rm] + (ulong)i->Immediate;
}
